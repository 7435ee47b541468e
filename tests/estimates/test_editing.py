"""What an editor offers besides words and prices: undo, paste, roles, effort, packages, terms."""

import datetime as dt
import re

import pytest

from portal.estimates.models import EstimateVersion
from portal.studio.costs import CostRate
from portal.studio.rates import Rate
from portal.studio.terms import Terms
from tests import make
from tests.make_forms import form_of

HERE = "/projects/harbour/estimates/1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
HOURLY = {"kind": "quantity", "unit": "h", "quantity_thousandths": 10_000, "rate_minor": 90_00}
EFFORT = {"low_minutes": 300, "likely_minutes": 600, "high_minutes": 1500, "role": "Design"}


@pytest.fixture(autouse=True)
def rate(database):
    return Rate.add(role="Design", currency="EUR", hour_minor=110_00, from_on=dt.date(2026, 3, 1))


@pytest.fixture
def draft(cast):
    lines = [("Design", None, HOURLY | {"fixed_minor": None}), ("Build", 80_00)]
    return make.estimate(cast.project, by=cast.sam, lines=lines)


@pytest.fixture
def sam(as_, cast):
    return as_(cast.sam)


@pytest.fixture
def save(sam, draft):
    """`save("undo", title="…")` posts the page's form, and returns the answer and the draft."""

    def post(act="save", headers=None, **typed):
        form = form_of(sam, act=act, **typed)
        answer = sam.post(f"{HERE}/draft", data=form, headers=headers)
        return answer, EstimateVersion.get_by_id(draft.id)

    return post


def line(draft, number=1):
    return next(one for _, lines in draft.parts() for one in lines if one.number == number)


def whats(draft):
    return [[one.what for one in lines] for _, lines in draft.parts()]


# Undo and paste ----------------------------------------------------------------------------------


def test_a_removal_is_undone_without_javascript_also_after_a_reload(sam, save):
    answer, draft = save("remove-line:1")
    assert answer.status_code == 303
    assert "Removed “Design”." in sam.get(HERE).text

    _, draft = save("undo")

    assert whats(draft) == [["Design", "Build"]]
    assert "Removed" not in sam.get(HERE).text


def test_pasted_rows_are_shown_as_they_are_read_and_added_only_then(sam, save, draft):
    text = "Texts\t12\th\t85\nFilm\tmany\th\t95"

    answer, draft = save("read-rows", pasted=text)
    assert answer.status_code == 200
    assert "1,020.00" in answer.text
    assert "Quantity “many”: Write a number" in answer.text
    assert whats(draft) == [["Design", "Build"]]

    answer, draft = save("take-rows", pasted=text, pasted_into=str(draft.parts()[0][0].id))
    assert whats(draft) == [["Design", "Build", "Texts"]]
    assert "Film\tmany\th\t95" in answer.text  # Nothing is lost.
    assert "Texts\t12" not in answer.text


def test_rows_pasted_into_a_line_stand_below_it(save):
    answer, draft = save("paste-at:1", pasted="Texts\t12\th\t85\nFilm\t900", headers=PART)
    assert whats(draft) == [["Design", "Texts", "Film", "Build"]]
    assert 'id="line-4-what"' in answer.text
    assert "Added 2 lines." in answer.text


def test_lines_and_sections_are_put_where_they_are_dropped(save):
    _, draft = save("add-section")
    first, second = [section.id for section, _ in draft.parts()]
    _, draft = save(f"place-line:2:{second}:3")
    assert whats(draft) == [["Design"], ["Build", ""]]
    _, draft = save(f"place-section:{second}:{first}")
    assert whats(draft) == [["Build", ""], ["Design"]]


@pytest.mark.parametrize(
    "act", ["place-line:1", "undo:1", "take-rate:x", "take-rows:9", "paste-at"]
)
def test_a_button_that_was_tampered_with_does_nothing(save, act):
    answer, draft = save(act)
    assert answer.status_code == 303
    assert whats(draft) == [["Design", "Build"]]


# Rates and effort --------------------------------------------------------------------------------


def test_a_role_brings_its_rate_and_a_typed_one_stays(sam, save):
    _, draft = save(line__1__role="Design")
    assert line(draft).rate_minor == 110_00
    assert "Design, 110.00 from the rate card of 1 March 2026." in sam.get(HERE).text

    _, draft = save(line__1__rate="105")
    assert (line(draft).role, line(draft).rate_minor) == ("Design", 105_00)
    assert "The rate card says 110.00." in sam.get(HERE).text

    _, draft = save("take-rate:1")
    assert line(draft).rate_minor == 110_00


def test_a_role_chosen_beside_a_typed_rate_takes_nothing_away(save):
    _, draft = save(line__1__role="Design", line__1__rate="100")
    assert line(draft).rate_minor == 100_00


def test_with_htmx_the_rate_of_a_role_comes_back_in_its_field(save):
    answer, _ = save("redraw", line__1__role="Design", headers=PART)
    assert re.search(r'id="line-1-rate"[^>]*value="110"', answer.text)


def test_a_rate_that_has_ended_is_not_taken(save, rate):
    rate.end(on=dt.date(2026, 3, 2))
    _, draft = save(line__1__role="Design")
    assert line(draft).rate_minor == 90_00


@pytest.mark.parametrize(
    ("typed", "minutes"), [("10", 600), ("2d", 960), ("45m", 45), ("1.5 h", 90), ("0", 0)]
)
def test_effort_is_typed_in_hours_or_days(save, typed, minutes):
    _, draft = save(line__1__low=typed)
    assert line(draft).low_minutes == minutes


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"low": "ten"}, "Write a number"),
        ({"low": "-1"}, "Effort is not below zero."),
        ({"low": "5", "likely": "4"}, "Likely is not less than low."),
        ({"likely": "5", "high": "4"}, "High is not less than likely."),
        ({"least": "20"}, "The least is from zero to the quantity."),
        ({"most": "5"}, "The most is not less than the quantity."),
    ],
)
def test_what_cannot_be_is_said_at_its_field(save, typed, sentence):
    answer, _ = save(**{f"line__1__{name}": value for name, value in typed.items()})
    assert answer.status_code == 422
    assert sentence in answer.text


def test_the_expected_hours_become_the_quantity(sam, save):
    typed = {"low": "5", "likely": "10", "high": "25"}
    save(**{f"line__1__{name}": value for name, value in typed.items()})
    assert "Expected 11.7 h, give or take 3.3 h." in sam.get(HERE).text

    answer, draft = save("take-expected:1", headers=PART)

    assert line(draft).quantity_thousandths == 11_667
    assert 'value="11.667"' in answer.text


def test_the_studio_sees_what_the_work_may_cost_and_the_client_never(sam, save, cast, as_, draft):
    CostRate.add(role="Design", currency="EUR", hour_minor=60_00, from_on=dt.date(2026, 3, 1))
    values = {"lines": {1: EFFORT}}
    draft.save_draft(by=cast.sam, edits=draft.edits, values=values)

    page = sam.get(HERE).text
    assert "What the work may cost" in page
    assert "8 times out of 10" in page
    assert "Internal cost" in page
    assert "Internal cost" not in as_(cast.dora).get(HERE).text  # She works on it, and no more.

    sign_off = EstimateVersion.get_by_id(draft.id).send(by=cast.sam, deciders=[cast.cleo])
    shown = as_(cast.cleo).get(sign_off.path).text
    assert "What the work may cost" not in shown
    assert "700.00" not in shown  # 11.7 hours at what they cost.
    assert "role" not in sign_off.snapshot


# The head ----------------------------------------------------------------------------------------


def test_taxes_are_added_and_removed_by_row(sam, save):
    save(tax__1__name="VAT", tax__1__bp="21")
    _, draft = save(tax__2__name="VAT, low", tax__2__bp="9", tax__2__is_reverse="y")
    low = {"number": 2, "name": "VAT, low", "bp": 900, "is_reverse": True}
    assert draft.taxes == [make.VAT, low]

    answer, draft = save("remove-tax:1", headers=PART)
    assert draft.taxes == [low]
    assert 'name="tax-1-name"' not in answer.text


def test_a_tax_without_a_name_or_with_a_bad_share_leaves_the_others_as_they_are(save):
    save(tax__1__name="VAT", tax__1__bp="21")
    answer, draft = save(tax__1__bp="210", tax__2__bp="9", title="Named")
    assert answer.status_code == 422
    assert "Name the tax, for example VAT." in answer.text
    assert (draft.taxes, draft.title) == ([make.VAT], "Named")


def test_a_line_bears_every_tax_until_it_is_said_otherwise(sam, save):
    save(tax__1__name="VAT", tax__1__bp="21")
    assert "line-1-tax-1" not in sam.get(HERE).text
    _, draft = save(tax__2__name="Levy", tax__2__bp="2")
    assert line(draft).taxes is None

    form = form_of(sam)
    del form["line-1-tax-2"]
    sam.post(f"{HERE}/draft", data=form)
    draft = EstimateVersion.get_by_id(draft.id)
    assert (line(draft).taxes, line(draft, 2).taxes) == ([1], None)


def test_a_payment_plan_says_how_much_is_missing(sam, save):
    _, draft = save(payment__1__what="Deposit", payment__1__bp="30")
    day = {"payment__2__when": "day", "payment__2__day": "2026-06-01"}
    answer, draft = save(payment__2__what="Rest", payment__2__bp="60", **day, headers=PART)
    assert draft.payments == [
        {"what": "Deposit", "bp": 3000, "on": "approval"},
        {"what": "Rest", "bp": 6000, "on": "2026-06-01"},
    ]
    assert "The payments make 90 %: 10 % is missing." in answer.text

    answer, _ = save(payment__2__bp="80", headers=PART)
    assert "10 % too much" in answer.text
    answer, _ = save(payment__2__bp="70", headers=PART)
    assert "The payments make" not in answer.text


def test_a_payment_on_a_day_needs_the_day(save):
    answer, draft = save(payment__1__what="Rest", payment__1__bp="60", payment__1__when="day")
    assert answer.status_code == 422
    assert "Say which day." in answer.text
    assert draft.payments == []


def test_one_package_of_each_choice_is_chosen_at_first(sam, save):
    _, draft = save("add-section")
    ids = [section.id for section, _ in draft.parts()]
    _, draft = save(**{f"section__{one}__choice": "Care" for one in ids})
    assert [one.is_chosen_by_default for one, _ in draft.parts()] == [True, False]

    _, draft = save(**{f"section__{ids[1]}__is_chosen_by_default": "y"})
    assert [one.is_chosen_by_default for one, _ in draft.parts()] == [False, True]


def test_a_ballpark_a_discount_and_bounds_are_saved(save):
    typed = {"line__1__least": "5", "line__1__most": "20"}
    _, draft = save(stance="ballpark", discount_bp="7.5", **typed)
    assert (str(draft.stance), draft.discount_bp) == ("ballpark", 750)
    assert (line(draft).least_thousandths, line(draft).most_thousandths) == (5_000, 20_000)


def test_terms_are_the_studios_until_somebody_rewrites_them(sam, save):
    terms = Terms.issue(name="General terms", text="Half now.", from_on=dt.date(2026, 1, 1))
    answer, _ = save("show-terms")
    assert "General terms, version 1" in sam.get(answer.location).text

    _, draft = save("take-terms", terms_from=str(terms.id), terms="What I typed")
    assert (draft.terms, draft.terms_name) == ("Half now.", "General terms, version 1")
    _, draft = save(title="Another")
    assert draft.terms_name == "General terms, version 1"
    _, draft = save(terms="Half now, half later.")
    assert (draft.terms, draft.terms_name) == ("Half now, half later.", "")
