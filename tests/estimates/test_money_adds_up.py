"""Whatever is drafted and chosen: the total is the sum of what is shown, to the last minor unit."""

from itertools import pairwise
from types import SimpleNamespace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.core import money
from portal.estimates import effect, paper, pricing
from portal.estimates.choices import choose
from tests.estimates.test_difference import FACTS

LARGEST = 10**12
COUNTS = settings(max_examples=60, deadline=None)
SHOWN = settings(
    COUNTS, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SHARES = st.sampled_from([0, 1, 333, 825, 1000, 2100, 9999, 10_000])
CHOICES = st.sampled_from(["", "", "Care", "Hosting"])


@st.composite
def lines(draw, number, currency):
    def amount(minor):
        return {"minor": minor, "currency": currency}

    facts = {"number": number, "what": f"Line {number}", "note": "", "spread": None}
    facts |= {"is_optional": draw(st.booleans()), "is_chosen_by_default": draw(st.booleans())}
    facts["taxes"] = draw(st.none() | st.lists(st.sampled_from([1, 2]), unique=True))
    bounds = dict.fromkeys(("least_thousandths", "most_thousandths"))
    if draw(st.booleans()):
        price = draw(st.integers(-LARGEST, LARGEST))
        facts |= {"quantity_thousandths": None, "rate": None, "unit": "", **bounds}
        return facts | {"price": amount(price)}
    quantity, rate = draw(st.integers(0, 10**6)), draw(st.integers(0, 10**6))
    if draw(st.booleans()):
        more = draw(st.integers(1, 10**6))
        bounds = {"least_thousandths": quantity // 2, "most_thousandths": quantity + more}
    price = amount(money.product(quantity, rate))
    facts |= {"quantity_thousandths": quantity, "rate": amount(rate), "unit": "piece", **bounds}
    return facts | {"price": price}


@st.composite
def snapshots(draw):
    """A snapshot as it could be sealed, in a currency of 0, 2 or 3 decimals."""
    currency = draw(st.sampled_from(["JPY", "EUR", "KWD"]))
    counts = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    sections, number, opened = [], 0, set()
    for at, count in enumerate(counts, 1):
        choice = draw(CHOICES)
        facts = {"number": at, "title": f"Part {at}", "choice": choice}
        facts["is_chosen_by_default"] = bool(choice) and choice not in opened
        opened.add(choice)
        facts["lines"] = [draw(lines(number + n, currency)) for n in range(1, count + 1)]
        number += count
        sections.append(facts)
    taxes = draw(st.lists(st.tuples(SHARES, st.booleans()), max_size=2))
    parts = draw(st.lists(st.integers(1, 10_000), max_size=3, unique=True))
    cuts = [0, *sorted(parts), 10_000]
    shares = [after - before for before, after in pairwise(cuts)]
    when = ["approval", "launch", "2026-05-01", None]
    return FACTS | {
        "number": 3,
        "currency": currency,
        "stance": "firm",
        "sections": sections,
        "contingency_bp": draw(SHARES),
        "discount_bp": draw(SHARES),
        "taxes": [
            {"number": n, "name": f"Tax {n}", "bp": bp, "is_reverse": is_reverse}
            for n, (bp, is_reverse) in enumerate(taxes, 1)
        ],
        "payments": [
            {"what": f"Part {n}", "bp": bp, "on": draw(st.sampled_from(when))}
            for n, bp in enumerate(shares, 1)
            if parts and bp
        ],
        "launch_before": None,
    }


@st.composite
def chosen(draw):
    """A snapshot and options that it offers, in any order."""
    facts, options, groups = draw(snapshots()), [], {}
    for section in facts["sections"]:
        if section["choice"]:
            groups.setdefault(section["choice"], []).append(f"s{section['number']}")
        for line in section["lines"]:
            if line["is_optional"] and draw(st.booleans()):
                options.append(str(line["number"]))
            if line["least_thousandths"] is not None and draw(st.booleans()):
                bounds = (line["least_thousandths"], line["most_thousandths"])
                options.append(f"{line['number']}={draw(st.integers(*bounds))}")
    options += [draw(st.sampled_from(group)) for group in groups.values()]
    return facts, tuple(draw(st.permutations(options)))


@COUNTS
@given(chosen())
def test_the_total_is_the_sum_of_what_is_shown(case):
    sheet = pricing.price(*case)
    fixed = sum(section.sum_minor for section in sheet.fixed_sections)
    packages = sum(section.sum_minor for section in sheet.chosen_packages)
    options = sum(line.price_minor for line in sheet.choices if line.is_in)
    on_top = sheet.contingency_minor + sheet.discount_minor
    assert fixed + packages + options + on_top == sheet.total_minor
    assert sheet.total_minor + sum(tax.minor for tax in sheet.taxes) == sheet.with_tax_minor


@COUNTS
@given(chosen())
def test_the_payments_add_up_to_the_total(case):
    sheet = pricing.price(*case)
    if sheet.payments:
        assert sum(one.minor for one in sheet.payments) == sheet.total_minor


@COUNTS
@given(chosen())
def test_what_a_yes_adds_to_the_scope_adds_up_to_the_total(case):
    sheet = pricing.price(*case)
    assert sum(edit.price_minor for edit in effect.edits(sheet)) == sheet.total_minor


@COUNTS
@given(chosen())
def test_two_ways_to_write_a_choice_are_one(case):
    facts, options = case
    sheet = pricing.price(facts, options)
    assert pricing.price(facts, tuple(reversed(options))) == sheet
    assert pricing.price(facts, sheet.options) == sheet
    assert choose(facts, sheet.options).options == sheet.options


@COUNTS
@given(snapshots())
def test_as_sent_is_a_choice_like_any_other(facts):
    sheet = pricing.price(facts)
    assert pricing.price(facts, sheet.options) == sheet


@COUNTS
@given(chosen())
def test_a_tax_on_every_line_is_taken_of_the_total(case):
    sheet = pricing.price(*case)
    counted = [line for line in sheet.lines if line.is_in]
    for tax in sheet.taxes:
        if all(line.taxes is None or tax.number in line.taxes for line in counted):
            assert tax.base_minor == sheet.total_minor


@SHOWN
@given(chosen())
def test_the_page_shows_every_line_price_and_sum(app, case):
    facts, options = case
    sheet = pricing.price(facts, options)
    page = drawn(app, facts, sheet)
    for figure in figures(sheet):
        assert f'<td class="n">{money.show(figure, sheet.currency)}</td>' in page
    for line in sheet.lines:
        assert f'id="line-{line.number}"' in page


@SHOWN
@given(chosen())
def test_the_paper_shows_every_line_price_and_sum(case):
    facts, options = case
    sheet = pricing.price(facts, options)
    said = str(paper.parts(facts, options))
    for figure in figures(sheet):
        assert money.show(figure, sheet.currency) in said
    for line in sheet.lines:
        assert f"'{line.what}'" in said


def figures(sheet):
    """Return every amount that has to stand on a page."""
    yield from (line.price_minor for line in sheet.lines)
    yield from (one.sum_minor for one in sheet.sections if one.choice)
    yield from (one.minor for one in (*sheet.taxes, *sheet.payments))
    yield from filter(None, (sheet.contingency_minor, sheet.discount_minor))
    yield from (sheet.total_minor, *([sheet.with_tax_minor] if sheet.has_tax else []))


def drawn(app, facts, sheet):
    offer = SimpleNamespace(sheet=sheet)
    context = {"offer": offer, "shown": facts, "currency": sheet.currency, "options_form": False}
    with app.test_request_context("/projects/harbour/sign-offs/1"):
        page = app.jinja_env.get_template("estimates/_sheet.html")
        return page.render(studio=SimpleNamespace(logo_url=None), **context)
