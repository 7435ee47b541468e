"""What the studio keeps besides its projects: rates, costs, terms, and a template of the contract."""

from portal.demo.stage import Chapter
from portal.estimates.library import keeping, outline
from portal.studio.costs import CostRate
from portal.studio.rates import Rate
from portal.studio.terms import Terms

chapter = Chapter()

#: What an hour is sold for, and what it costs the studio, in minor units.
HOURS = {"Programming": (95_00, 51_00), "Words": (85_00, 44_00), "Sound": (90_00, 47_00)}
DESIGN_COST_MINOR = 53_00
GENERAL_TERMS = (
    "The prices are fixed. What comes up on the way is offered as a change request, and starts "
    "only after your yes.\n\n"
    "Invoices are payable in 30 days. Each round of revision beyond the agreed ones is offered "
    "first.\n\n"
    "You own what we deliver once it is paid. We may show it as our work."
)


@chapter.scene(-189, "09:00")
def the_rates_are_set(stage):
    for role, (price_minor, cost_minor) in HOURS.items():
        card = {"role": role, "currency": "EUR", "from_on": stage.day(-189)}
        Rate.add(hour_minor=price_minor, **card)
        CostRate.add(hour_minor=cost_minor, **card)
    design = {"role": "Design", "currency": "EUR", "from_on": stage.day(-189)}
    CostRate.add(hour_minor=DESIGN_COST_MINOR, **design)


@chapter.scene(-189, "09:20")
def the_general_terms_are_issued(stage):
    stage.terms = Terms.issue(name="General terms", text=GENERAL_TERMS, from_on=stage.day(-189))


@chapter.scene(-40, "15:10")
def the_contract_becomes_a_template(stage):
    """What of it names the museum is left out, as the page proposes."""
    whole = outline.of(stage.contract.latest)
    texts = keeping.texts(whole, keeping.names_of(stage.tidelines))
    keys = frozenset(text.key for text in texts if not text.names)
    choice = keeping.Choice(keys, has_notes=False, has_prices=True)
    keeping.save(stage.contract.latest, choice, name="Website with a shop", by=stage.mara)
