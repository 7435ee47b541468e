"""A pin is open, then addressed or refused, then verified; and can be open again."""

import pytest

from portal.access.permissions import Role
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.mail.models import Letter
from portal.prototypes import queries
from portal.prototypes.models import Pin, PinStatus, Prototype
from portal.prototypes.notices.pins import GATHER_MINUTES
from portal.prototypes.review import Review
from portal.signoff.models import SignOff
from portal.threads.models import Message
from tests import make

HERE = "/projects/harbour/prototypes"
FIRST, SECOND = f"{HERE}/1/versions/1", f"{HERE}/1/versions/2"
OPEN, ADDRESSED, VERIFIED = PinStatus.OPEN, PinStatus.ADDRESSED, PinStatus.VERIFIED


@pytest.fixture
def pin(cast, sent):
    make.pins(sent, by=cast.cleo)
    return Pin.published(sent, 1)


def next_version(cast, sent):
    version = Prototype.find(cast.project, 1).add_version(by=cast.sam)
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return version


def status(number=1):
    return Pin.get(number=number).status


def steps():
    """The facts about pins, oldest first."""
    facts = Event.select().order_by(Event.id)
    return [event for event in facts if event.verb.startswith("pin.")]


def shown(cast, version, reader, role=Role.APPROVER):
    found = Prototype.find(cast.project, version.number).history
    return Review(next(one for one in found if one.version == version.version), reader, role)


# The steps ---------------------------------------------------------------------------------------


def test_each_step_is_one_fact_for_both_sides_and_one_line_of_the_thread(cast, pin):
    pin.address("Green now.", by=cast.dora)
    pin.reopen("Not on my phone.", by=cast.vic)
    pin.decline("The phone's own colour.", by=cast.sam)
    pin.reopen("Then another blue.", by=cast.cleo)
    pin.address("Sea blue.", by=cast.sam)
    pin.verify(by=cast.vic)

    said = Message.select().order_by(Message.number)
    names = ("addressed", "reopened", "declined", "reopened", "addressed", "verified")
    assert [event.verb for event in steps()] == [f"pin.{name}" for name in names]
    assert not any(event.is_internal for event in steps())
    assert [one.did for one in said] == [
        *("addressed", "open", "wont_change", "open", "addressed", "verified")
    ]
    assert status() == VERIFIED


def test_no_words_of_a_step_are_on_the_ledger(cast, pin):
    pin.decline("A word nobody else uses: quagga.", by=cast.sam)
    pin.reopen("Quagga!", by=cast.cleo)

    assert not Event.select().where(Event.line.contains("uagga")).exists()


@pytest.mark.parametrize("step", ["address", "decline", "reopen"])
@pytest.mark.parametrize("words", ["", " \n"])
def test_an_answer_and_a_reopening_have_words(cast, pin, step, words):
    if step == "reopen":
        pin.address("Done.", by=cast.sam)
    by = cast.cleo if step == "reopen" else cast.sam

    with pytest.raises(DomainError, match="Say"):
        getattr(pin, step)(words, by=by)


def test_only_what_is_addressed_can_be_verified(cast, pin):
    with pytest.raises(Conflict, match="no longer addressed"):
        pin.verify(by=cast.cleo)
    pin.decline("It stays.", by=cast.sam)
    with pytest.raises(Conflict, match="no longer addressed"):
        pin.verify(by=cast.cleo)

    assert status() == PinStatus.WONT_CHANGE


@pytest.mark.parametrize("step", ["address", "decline", "verify"])
def test_a_verified_pin_is_only_reopened(cast, pin, step):
    pin.address("Done.", by=cast.sam)
    pin.verify(by=cast.cleo)

    with pytest.raises(Conflict):
        pin.verify(by=cast.vic) if step == "verify" else getattr(pin, step)("x", by=cast.sam)
    pin.reopen("Not quite.", by=cast.cleo)

    assert status() == OPEN


def test_the_side_that_pinned_it_says_whether_it_is_solved(cast, sent, pin):
    make.pins(sent, by=cast.dora, texts=["Ours"])
    ours = Pin.published(sent, 2)
    for one in (pin, ours):
        one.address("Done.", by=cast.sam)

    for one, by in ((pin, cast.sam), (ours, cast.cleo)):
        with pytest.raises(DomainError, match="Whoever pinned it"):
            one.verify(by=by)
        with pytest.raises(DomainError, match="Whoever pinned it"):
            one.reopen("No.", by=by)
    ours.verify(by=cast.sam)

    assert (status(1), status(2)) == (ADDRESSED, VERIFIED)


def test_an_answer_that_was_not_read_is_not_verified(cast, pin, at):
    at("2026-03-12 10:00")
    pin.address("Green.", by=cast.sam)
    seen = pin.answer_seen
    at("2026-03-12 11:00")
    pin.reopen("Too green.", by=cast.cleo)
    pin.address("Less green.", by=cast.sam)

    with pytest.raises(Conflict, match="answered this pin again"):
        pin.verify(by=cast.vic, seen=seen)
    pin.verify(by=cast.vic, seen=pin.answer_seen)


def test_nothing_is_reopened_once_the_prototype_is_approved(cast, sent, pin):
    pin.address("Done.", by=cast.sam)
    make.answer(SignOff.of(sent), by=cast.cleo)

    with pytest.raises(Conflict, match="is approved"):
        pin.reopen("Wait.", by=cast.cleo)
    pin.verify(by=cast.cleo)


# The next version --------------------------------------------------------------------------------


def test_the_next_version_shows_what_is_not_settled_at_its_place(cast, sent):
    make.pins(sent, by=cast.cleo, texts=["Left open", "Done", "Refused", "Settled"])
    Pin.published(sent, 2).address("In version 2.", by=cast.sam)
    Pin.published(sent, 3).decline("It stays.", by=cast.sam)
    Pin.published(sent, 4).address("Done.", by=cast.sam)
    Pin.published(sent, 4).verify(by=cast.cleo)

    review = shown(cast, next_version(cast, sent), cast.cleo)

    assert [(pin.number, pin.is_carried) for pin in review.here] == [(1, 1), (2, 1), (3, 1)]
    assert [pin.number for pin in review.open] == [1]
    assert [pin.number for pin in review.to_verify] == [2]
    assert {pin.of_version for pin in review.pins} == {1}


def test_two_versions_later_only_the_unsettled_is_carried(cast, sent):
    make.pins(sent, by=cast.cleo, texts=["Done", "Refused", "Settled"])
    Pin.published(sent, 1).address("In version 2.", by=cast.sam)
    Pin.published(sent, 2).decline("It stays.", by=cast.sam)
    Pin.published(sent, 3).address("Done.", by=cast.sam)
    Pin.published(sent, 3).verify(by=cast.cleo)
    next_version(cast, sent)

    review = shown(cast, next_version(cast, sent), cast.cleo)

    assert [pin.number for pin in review.pins] == [1]


def test_a_replaced_version_carries_nothing_and_keeps_its_own(cast, sent, pin):
    second = next_version(cast, sent)
    make.pins(second, by=cast.cleo, texts=["Of the second"])
    next_version(cast, sent)

    review = shown(cast, second, cast.cleo)

    assert [(pin.number, pin.is_carried) for pin in review.pins] == [(2, False)]


def test_a_pin_of_a_screen_that_is_gone_is_listed_without_a_place(cast, sent, pin):
    draft = Prototype.find(cast.project, 1).add_version(by=cast.sam, keeps_screens=False)
    draft.add_screens([make.picture("Another", 9)])
    draft.send(by=cast.sam, deciders=[cast.cleo])

    review = shown(cast, draft, cast.cleo)

    assert [pin.on_screen for pin in review.open] == [None]
    assert review.here == []


def test_a_number_means_one_pin_in_all_of_a_project(cast, sent, pin):
    second = next_version(cast, sent)
    make.pins(second, by=cast.vic, texts=["Later"])
    other = make.prototype(cast.project, by=cast.sam)
    other.send(by=cast.sam, deciders=[cast.cleo])
    make.pins(other, by=cast.cleo, texts=["Elsewhere"])

    assert [pin.number for pin in Pin.select().order_by(Pin.id)] == [1, 2, 3]


def test_what_is_reopened_counts_as_open_on_the_newest_version(cast, sent, pin):
    pin.address("Done.", by=cast.sam)
    second = next_version(cast, sent)
    assert shown(cast, second, cast.cleo).open == []

    pin.reopen("Still blue.", by=cast.cleo)

    assert [one.is_reopened for one in shown(cast, second, cast.cleo).open] == [True]


# Over HTTP ---------------------------------------------------------------------------------------


def test_a_client_verifies_and_reopens_on_the_next_versions_page(cast, sent, as_):
    make.pins(sent, by=cast.cleo, texts=["One", "Two"])
    for number in (1, 2):
        Pin.published(sent, number).address(f"Answer {number}.", by=cast.sam)
    next_version(cast, sent)
    vic = as_(cast.vic)
    page = vic.get(SECOND).text
    assert "From version 1" in page
    assert "Answer 2." in page

    verified = vic.post(f"{HERE}/pins/1/verification?on=2&screen=1")
    reopened = vic.post(f"{HERE}/pins/2/reopening?on=2&screen=1", data={"words": "Still."})

    assert verified.location == f"{SECOND}?screen=1#pin-1"
    assert reopened.status_code == 303
    assert (status(1), status(2)) == (VERIFIED, OPEN)


def test_a_stale_press_says_what_happened(cast, pin, as_):
    pin.address("Green.", by=cast.sam)

    answer = as_(cast.cleo).post(f"{HERE}/pins/1/verification", data={"seen": "2020-01-01"})

    assert answer.status_code == 409
    assert "answered this pin again" in answer.text


@pytest.mark.parametrize(("path", "field"), [("answers", "answer"), ("reopening", "words")])
def test_an_empty_sentence_comes_back_beside_its_field(cast, pin, as_, path, field):
    if path == "reopening":
        pin.address("Done.", by=cast.sam)
    who = cast.cleo if path == "reopening" else cast.sam

    answer = as_(who).post(f"{HERE}/pins/1/{path}?on=1", data={field: " "})

    assert answer.status_code == 422
    assert "Say" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_wont_change_is_the_other_button_of_the_answer(cast, pin, as_):
    data = {"answer": "It is your own colour.", "outcome": "wont_change"}

    as_(cast.dora).post(f"{HERE}/pins/1/answers?on=1", data=data)

    assert status() == PinStatus.WONT_CHANGE
    assert "won’t change" in as_(cast.cleo).get(FIRST).text


def test_the_list_shows_one_state_when_asked_and_counts_all(cast, sent, as_):
    make.pins(sent, by=cast.cleo, texts=["Alpha", "Beta", "Gamma"])
    Pin.published(sent, 2).address("Done.", by=cast.sam)

    page = as_(cast.cleo).get(f"{FIRST}?show=addressed").text
    odd = as_(cast.cleo).get(f"{FIRST}?show=nonsense").text

    assert "Beta" in page
    assert "Alpha" not in page
    assert 'id="at-1"' not in page
    assert 'Open <span class="count">2</span>' in page
    assert "Alpha" in odd


# Letters -----------------------------------------------------------------------------------------


def test_ten_answers_are_one_letter_that_leaves_a_little_later(cast, sent, letters, at):
    at("2026-03-12 10:00")
    make.pins(sent, by=cast.cleo, texts=[f"Pin {n}" for n in range(10)])
    for number in range(1, 11):
        Pin.published(sent, number).address(f"Answer {number}.", by=cast.sam)
    assert not [one for one in letters() if "answered" in one["Subject"]]

    at(f"2026-03-12 10:{GATHER_MINUTES + 1}")
    told = [one for one in letters() if "answered" in one["Subject"]]

    assert [one["Subject"] for one in told] == ["10 of your pins on Plan your visit are answered"]
    assert told[0]["To"].addresses[0].username == "cleo.janssen"
    assert "Answer 10." in told[0].get_body(("plain",)).get_content()


def test_an_answer_after_the_letter_has_left_is_another_letter(cast, sent, letters, at):
    make.pins(sent, by=cast.cleo, texts=["One", "Two"])
    at("2026-03-12 10:00")
    Pin.published(sent, 1).address("Done.", by=cast.sam)
    at("2026-03-12 11:00")
    letters()
    Pin.published(sent, 2).address("Done.", by=cast.sam)

    assert Letter.select().where(Letter.template == "pins-answered").count() == 2


def test_each_author_hears_of_their_own_pins_and_nobody_of_their_own_act(cast, sent):
    make.pins(sent, by=cast.cleo)
    make.pins(sent, by=cast.vic)
    make.pins(sent, by=cast.dora)
    for number, by in ((1, cast.sam), (2, cast.sam), (3, cast.dora)):
        Pin.published(sent, number).address("Done.", by=by)

    told = [one.name for one in Letter.select().where(Letter.template == "pins-answered")]
    assert sorted(told) == ["Cleo Janssen", "Vic Aalto"]


def test_an_answer_that_was_reopened_before_the_letter_left_is_not_in_it(cast, pin, letters, at):
    at("2026-03-12 10:00")
    pin.address("Done.", by=cast.sam)
    pin.reopen("No.", by=cast.vic)
    at("2026-03-12 11:00")

    subjects = [one["Subject"] for one in letters()]

    assert not [one for one in subjects if "answered" in one]
    assert "1 pin on Plan your visit is open again" in subjects


def test_a_reopening_is_told_to_the_producers_and_to_whoever_answered(cast, pin, letters, at):
    at("2026-03-12 10:00")
    pin.address("Done.", by=cast.dora)
    pin.reopen("Still blue.", by=cast.cleo)
    at("2026-03-12 11:00")

    told = [one for one in letters() if "open again" in one["Subject"]]

    names = sorted(one["To"].addresses[0].username for one in told)
    assert names == ["dora.lindqvist", "sam.moreau"]
    assert "Still blue." in told[0].get_body(("plain",)).get_content()


def test_the_page_costs_the_same_with_many_carried_pins_and_threads(cast, sent, as_, count_queries):
    second = next_version(cast, sent)
    cleo = as_(cast.cleo)

    def cost():
        cleo.get(SECOND)
        with count_queries() as asked:
            assert cleo.get(SECOND).status_code == 200
        return len(asked)

    make.pins(second, by=cast.vic)
    few = cost()
    make.pins(second, by=cast.cleo, texts=["Pin"] * 20)
    for pin in list(Pin.select())[:10]:
        pin.address("Done.", by=cast.sam)

    assert cost() == few <= 9
    assert len(queries.pins(shown(cast, second, cast.cleo).version, cast.cleo)) == 21
