"""The client's page with choices: the form is a GET, the total is the server's, nothing is lost."""

import re

import pytest

from portal.access.permissions import Role
from portal.estimates.models import LineKind
from portal.signoff.models import Addressee, Ask, Decision, Rule
from tests import make

CHOOSE = "/projects/harbour/sign-offs/1?choose=1"


@pytest.fixture
def sent(cast):
    """Stops that can be 2 to 9, a film on top, care in one of two packages."""
    draft = make.estimate(cast.project, by=cast.sam, lines=[])
    stops = {"quantity_thousandths": 4000, "rate_minor": 100_00, "unit": "piece"}
    bounds = {"least_thousandths": 2000, "most_thousandths": 9000}
    draft.add_line(by=cast.sam, what="Stops", **stops, **bounds)
    film = {"kind": LineKind.FIXED, "fixed_minor": 50_00, "is_optional": True}
    draft.add_line(by=cast.sam, what="Film", **film)
    care = [draft.add_section(by=cast.sam, title=title) for title in ("Basic", "Full")]
    for price, section in enumerate(care, 1):
        fixed = {"kind": LineKind.FIXED, "fixed_minor": price * 10_00}
        draft.add_line(section.id, by=cast.sam, what="Hosting", **fixed)
    values = {"sections": {section.id: {"choice": "Care"} for section in care}}
    draft.save_draft(by=cast.sam, edits=draft.edits, values=values)
    return draft.send(by=cast.sam, deciders=[cast.cleo])


def carried(page):
    """Return the options and the total that the form of the yes holds."""
    form = page.text.split('id="approve"')[1].split("</form>")[0]
    total = re.search(r'name="total" value="(\d+)"', form)[1]
    return re.findall(r'name="option" value="([^"]+)"', form), int(total)


def test_the_page_opens_with_what_was_sent(cast, as_, sent):
    page = as_(cast.cleo).get(sent.path)
    assert carried(page) == (["s2"], 410_00)
    assert re.search(r'name="package-1" value="s2" checked', page.text)


def test_a_choice_is_priced_and_carried_to_the_yes_in_one_spelling(cast, as_, sent):
    cleo = as_(cast.cleo)
    page = cleo.get(f"{CHOOSE}&quantity-1=6.5&package-1=s3&option=2")
    assert page.status_code == 200
    assert carried(page) == (["1=6500", "2", "s3"], 720_00)
    again = cleo.get(f"{CHOOSE}&option=s3&option=2&option=2&quantity-1=6.500")
    assert carried(again) == carried(page)


def test_a_step_is_a_button_that_works_without_a_script(cast, as_, sent):
    page = as_(cast.cleo).get(f"{CHOOSE}&quantity-1=4&more=1")
    assert carried(page) == (["1=5000", "s2"], 510_00)


@pytest.mark.parametrize("typed", ["many", "10", ""])
def test_a_quantity_out_of_bounds_is_kept_and_said_beside_its_field(cast, as_, sent, typed):
    page = as_(cast.cleo).get(f"{CHOOSE}&quantity-1={typed}&package-1=s3&option=2")
    assert page.status_code == 422
    field = re.search(r'<input[^>]*id="quantity-1"[^>]*>', page.text)[0]
    assert f'value="{typed}"' in field
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="quantity-1-hint quantity-1-error"' in field
    assert 'id="quantity-1-error"' in page.text
    assert carried(page) == (["2", "s3"], 470_00)  # The rest stands.


def test_a_number_is_read_as_the_reader_writes_it(cast, as_, sent):
    type(cast.cleo).update(locale="de").execute()
    page = as_(cast.cleo).get(f"{CHOOSE}&quantity-1=6,5")
    assert carried(page) == (["1=6500", "s2"], 660_00)


@pytest.mark.parametrize("query", ["package-1=s9", "option=9", "package-1=s3&option=s2"])
def test_a_choice_that_is_not_offered_is_refused(cast, as_, sent, query):
    assert as_(cast.cleo).get(f"{CHOOSE}&{query}").status_code == 422


def test_the_studio_chooses_in_the_preview_too(cast, as_, sent):
    sent.subject.estimate.revise(by=cast.sam)
    preview = "/projects/harbour/previews/estimate/1?choose=1"
    sam = as_(cast.sam)
    assert "520.00" in sam.get(f"{preview}&quantity-1=5&package-1=s3").text
    assert sam.get(f"{preview}&quantity-1=99").status_code == 422


def test_what_was_chosen_is_what_is_recorded(cast, as_, sent):
    decision = make.answer(sent, by=cast.cleo, options=("s3", "2", "1=6500"))
    assert Decision.get_by_id(decision.id).options == ["1=6500", "2", "s3"]
    assert decision.amount_minor == 720_00
    page = as_(cast.cleo).get(sent.path).text  # As it was signed, not as it was sent.
    assert "6.5 pieces × 100" in page
    assert "Not chosen, not in the total" in page


def test_the_second_of_two_signers_opens_what_the_first_has_chosen(cast, as_, sent):
    type(sent).update(rule=Rule.ALL).execute()
    anna = make.user("Anna", client=cast.client)
    make.member(anna, cast.project, Role.APPROVER)
    Addressee.create(sign_off=sent, user=anna, ask=Ask.DECISION, position=2)
    make.answer(type(sent).get(), by=cast.cleo, options=("s3", "1=6500"))
    assert carried(as_(anna).get(sent.path)) == (["1=6500", "s3"], 670_00)
