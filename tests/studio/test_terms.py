"""The studio's terms come in versions, each dated and none ever changed."""

import datetime as dt

import pytest

from portal.core.errors import DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.studio.terms import TEXT_CHARACTERS, Terms

PAGE = "/studio/terms"
JANUARY, MARCH, MAY = (dt.date(2026, month, 1) for month in (1, 3, 5))
FORM = {"name": "General terms", "text": "Pay in **thirty** days.", "from_on": "2026-01-01"}


def issue(text, on=JANUARY, name="General terms"):
    return Terms.issue(name=name, text=text, from_on=on)


def test_each_version_has_the_next_number_whatever_its_capitals(app):
    assert [issue("One.").label, issue("Two.", name="general  TERMS").label] == [
        "General terms, version 1",
        "General terms, version 2",
    ]
    assert issue("Other.", name="Public bodies").version == 1


def test_what_holds_is_the_newest_version_whose_day_has_come(app):
    first, second = issue("One."), issue("Two.", on=MARCH)
    issue("Three.", on=MAY)
    assert Terms.current(day=dt.date(2026, 2, 28)) == first
    assert Terms.current(day=MARCH) == second
    assert Terms.current(day=dt.date(2025, 12, 31)) is None


def test_a_correction_of_an_earlier_day_takes_the_place_of_what_holds(app):
    issue("One.", on=MARCH)
    fixed = issue("One, right.", on=JANUARY)
    assert Terms.current(day=MARCH) == fixed


def test_the_usual_ones_come_first_and_others_by_their_name(app):
    special, usual = issue("S.", name="Public bodies"), issue("G.")
    assert Terms.current(day=MAY) == usual
    assert Terms.current("public bodies", day=MAY) == special
    assert Terms.current("Unknown", day=MAY) is None
    assert Terms.offered(MAY) == [special, usual]


def test_without_usual_ones_the_first_that_is_offered_counts(app):
    only = issue("S.", name="Public bodies")
    assert Terms.current(day=MAY) == only


def test_a_version_is_never_changed_nor_taken_away(app):
    terms = issue("One.")
    terms.text = "Another."
    with pytest.raises(TypeError, match="never changed"):
        terms.save()
    with pytest.raises(TypeError, match="are kept"):
        terms.delete_instance()
    assert Terms.get().text == "One."


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": " "}, "Name the terms"),
        ({"text": " \n"}, "Write the terms"),
        ({"text": "x" * (TEXT_CHARACTERS + 1)}, "at most 10,000"),
        ({}, "says exactly this already"),
    ],
)
def test_what_are_no_terms_is_refused(app, wrong, words):
    issue("One.")
    with pytest.raises(DomainError, match=words):
        Terms.issue(**{"name": "General terms", "text": "One.", "from_on": JANUARY} | wrong)


# Over HTTP ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sam", "ada"])
def test_a_producer_and_an_admin_look_first_and_then_issue(cast, as_, who):
    browser = as_(getattr(cast, who))
    assert "There are none yet" in browser.get(PAGE).text
    looked = browser.post(PAGE, data=FORM | {"preview": "1"})
    assert (looked.status_code, Terms.select().count()) == (200, 0)
    assert "<strong>thirty</strong>" in looked.text
    assert "Pay in **thirty** days." in looked.text

    assert browser.post(PAGE, data=FORM).status_code == 303
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.verb, event.chain) == (Verb.TERMS_ISSUED, "instance")
    assert "General terms, version 1" in browser.get(PAGE).text
    assert "<strong>thirty</strong>" in browser.get(f"{PAGE}/1").text


def test_the_next_version_begins_with_what_the_last_one_says(cast, as_):
    issue("One.")
    issue("Two.")
    page = as_(cast.sam).get(f"{PAGE}?after=general terms").text
    assert ">\nTwo.</textarea>" in page.replace("\r\n", "\n")
    assert "General terms, version 3" in page


def test_what_cannot_be_issued_comes_back_with_what_was_typed(cast, as_):
    sam = as_(cast.sam)
    sam.post(PAGE, data=FORM)
    again = sam.post(PAGE, data=FORM | {"csrf_token": "of a page opened again"})
    assert (again.status_code, "says exactly this already" in again.text) == (422, True)
    no_day = sam.post(PAGE, data=FORM | {"from_on": "soon", "text": "Kept <b>text</b>"})
    assert (no_day.status_code, "Kept &lt;b&gt;text" in no_day.text) == (422, True)
    assert Terms.select().count() == 1


@pytest.mark.parametrize("who", ["dora", "cleo", "vic", "otto"])
def test_nobody_else_reaches_them(cast, as_, who):
    issue("One.")
    browser = as_(getattr(cast, who))
    assert {browser.get(path).status_code for path in (PAGE, f"{PAGE}/1")} == {403}
    assert browser.post(PAGE, data=FORM).status_code == 403
    assert Terms.select().count() == 1
