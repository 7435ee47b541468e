"""A change request on paper: why, what becomes of each item, the price and the dates."""

from portal.changes import sheet
from portal.core import dates, money
from portal.documents.paper import (
    Fact,
    Facts,
    Group,
    Part,
    Prose,
    Row,
    Table,
    between,
    dates_part,
    day,
    paper,
)

DID = {"added": "Added to", "changed": "Changed in", "removed": "Removed from"}


@paper("change")
def parts(snapshot, options):
    body, currency = sheet.read(snapshot, options), snapshot["currency"]
    found = [Part("Why", [Prose.of(body.why)])]
    if body.origins:
        named = [Fact(one.label.capitalize(), one.words) for one in body.origins]
        found.append(Part("Came of", [Facts(named)]))
    if body.funding:
        note = f"As of {dates.day(body.funding.as_of_on)}, {currency}, excluding tax"
        found.append(Part("The money", [_money(body.funding, currency)], note))
    if body.is_choice:
        found += [_way(body, one, currency, options) for one in body.alternatives]
    elif body.effects:
        found.append(Part("What changes", [_table(body.chosen, currency)], _against(currency)))
    is_chosen = options is not None or not body.is_choice
    open_ = Fact("Launch", "As the alternative says that is chosen", look="quiet")
    launch = _launch(body, body.chosen) if is_chosen else open_
    return [*found, dates_part(snapshot, launch), between(snapshot)]


def _against(currency):
    return f"Against what is signed so far, {currency}, excluding tax"


def _money(funding, currency):
    figures = (
        ("Used so far", funding.used_minor),
        ("Signed so far", funding.approved_minor),
        ("Forecast for the whole", funding.forecast_minor),
    )
    rows = [Row(name, (money.show(minor, currency),)) for name, minor in figures]
    short = Row(
        f"Short, {currency}", (money.show(funding.shortfall_minor, currency),), look="grand"
    )
    return Table(("", currency), [Group("", rows)], [short])


def _way(body, alternative, currency, options):
    """Return the part about one alternative, marked if it is the one that was chosen."""
    note = "Recommended by the studio" if alternative.is_recommended else ""
    if options is not None:
        note = "Chosen" if alternative == body.chosen else "Not chosen"
    facts, tables = [_launch(body, alternative)], []
    if alternative.effects:
        tables.append(_table(alternative, currency, is_counted=alternative == body.chosen))
    else:
        facts.insert(0, Fact("Price", f"{money.show(0, currency)} {currency}, unchanged"))
    return Part(alternative.title, [Prose.of(alternative.summary), *tables, Facts(facts)], note)


def _table(alternative, currency, *, is_counted=True):
    rows = [_row(effect, currency) for effect in alternative.effects]
    sum_ = (money.show_signed(alternative.total_minor, currency, brief=False),)
    name = alternative.title or "This change request"
    totals = [Row(f"{name}, {currency}", sum_, look="grand" if is_counted else "")]
    return Table(("Item", "Was", "Becomes", "Change"), [Group("", rows)], totals)


def _row(effect, currency):
    cells = (
        money.show(effect.was.price_minor, currency) if effect.was else "",
        money.show(effect.becomes_minor, currency),
        money.show_signed(effect.price_minor, currency, brief=False),
    )
    look = "gone" if effect.action == "removed" else ""
    return Row(effect.title, cells, tuple(_notes(effect, currency)), look)


def _notes(effect, currency):
    yield f"{DID[effect.action]} {effect.section or 'the scope'}"
    if effect.is_renamed:
        yield f"Was called “{effect.was.title}”"
    if effect.is_by_rate:
        yield effect.effort(currency)
    if effect.detail and effect.action != "removed":
        yield effect.detail
    if effect.is_reworded:
        yield f"Before: {effect.was.detail or 'nothing said'}"


def _launch(body, alternative):
    before = body.launch_before_on and day(body.launch_before_on.isoformat())
    if alternative.launch_on:
        more = (f"Before: {before}, {body.launch_move(alternative)}",) if before else ()
        return Fact("Launch", day(alternative.launch_on.isoformat()), more)
    if before:
        return Fact("Launch", f"{before}, unchanged")
    return Fact("Launch", "Not touched by this", look="quiet")
