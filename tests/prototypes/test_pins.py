"""Pins are their author's alone until a batch is published; then they are everybody's at once."""

import pytest

from portal.core import canonical
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.projects.models import Project
from portal.prototypes import places, queries
from portal.prototypes.models import PUBLISHED_HOOKS, Pin, PinBatch
from portal.signoff.models import Answer, SignOff
from tests import make

HERE = {"screen": 1, "x_bp": 5_000, "y_bp": 5_000, "text": "Too blue"}


def texts(version, reader):
    return [pin.text for pin in queries.pins(version, reader)]


def last_event():
    return Event.select().order_by(Event.id.desc()).get()


def test_a_draft_is_there_for_its_author_alone(cast, sent):
    before = last_event().id
    make.pins(sent, by=cast.cleo, texts=["Mine"], publish=False)

    assert texts(sent, cast.cleo) == ["Mine"]
    for other in (cast.sam, cast.dora, cast.vic):
        assert texts(sent, other) == []
        assert [row.open_pins for row in queries.index(cast.project, drafts=True)] == [0]
    assert last_event().id == before


def test_a_draft_of_the_studio_changes_nothing_that_a_client_can_tell(cast, sent):
    before = Project.get_by_id(cast.project.id)
    make.pins(sent, by=cast.dora, publish=False)

    after = Project.get_by_id(cast.project.id)

    assert after.client_revision == before.client_revision
    assert after.internal_revision > before.internal_revision


def test_publishing_is_one_event_with_counts_and_one_letter_to_each_producer(cast, sent, letters):
    before = last_event().id
    batch = make.pins(sent, by=cast.cleo, texts=["Too blue", "Too loud"], note="Nearly there.")

    events = list(Event.select().where(Event.id > before))
    assert [event.verb for event in events] == [Verb.PINS_PUBLISHED]
    assert events[0].body == {"prototype": 1, "version": 1, "round": 1, "pins": 2}
    assert not events[0].is_internal
    written = Letter.select().where(Letter.template == "pins-published")
    assert [letter.user_id for letter in written] == [cast.sam.id]
    letter = letters()[-1]
    assert letter["Subject"] == "Cleo Janssen left 2 pins on Plan your visit"
    body = letter.get_body(("plain",)).get_content()
    assert "Nearly there." in body
    assert "2. Too loud" in body
    assert batch.path in body


def test_once_published_everybody_reads_them(cast, sent):
    make.pins(sent, by=cast.cleo, texts=["One", "Two"])

    for reader in (cast.sam, cast.vic, cast.cleo):
        assert texts(sent, reader) == ["One", "Two"]
    assert [row.open_pins for row in queries.index(cast.project, drafts=False)] == [2]


def test_numbers_are_given_when_published_so_that_a_gap_betrays_no_draft(cast, sent):
    make.pins(sent, by=cast.vic, texts=["First left"], publish=False)
    make.pins(sent, by=cast.cleo, texts=["First published"])

    PinBatch.publish(sent, by=cast.vic)

    numbers = {pin.text: pin.number for pin in Pin.select()}
    assert numbers == {"First published": 1, "First left": 2}


def test_a_batch_holds_its_authors_pins_only(cast, sent):
    make.pins(sent, by=cast.vic, texts=["Not yet"], publish=False)

    batch = make.pins(sent, by=cast.cleo, texts=["Now"])

    assert [pin.text for pin in batch.in_order()] == ["Now"]
    assert texts(sent, cast.vic) == ["Now", "Not yet"]


def test_there_is_nothing_to_publish_twice(cast, sent):
    make.pins(sent, by=cast.cleo)

    with pytest.raises(Conflict, match="nothing to publish"):
        PinBatch.publish(sent, by=cast.cleo)

    assert PinBatch.select().count() == 1


def test_the_same_form_publishes_once_and_leaves_one_pin(cast, sent):
    first = Pin.leave(sent, by=cast.cleo, key="a", **HERE)
    assert Pin.leave(sent, by=cast.cleo, key="a", **HERE) == first
    batch = PinBatch.publish(sent, by=cast.cleo, key="b")

    assert PinBatch.publish(sent, by=cast.cleo, key="b") == batch
    assert (Pin.select().count(), PinBatch.select().count()) == (1, 1)
    with pytest.raises(Conflict, match="used already"):
        Pin.leave(sent, by=cast.vic, key="a", **HERE)


def test_a_pin_lies_inside_the_picture_on_a_screen_and_says_something(cast, sent):
    for wrong in (
        {"x_bp": -1},
        {"y_bp": places.WHOLE_BP + 1},
        {"screen": 3},
        {"text": "  "},
        {"text": "x" * 2_001},
    ):
        with pytest.raises(DomainError):
            Pin.leave(sent, by=cast.cleo, **HERE | wrong)
    for edge in (0, places.WHOLE_BP):
        Pin.leave(sent, by=cast.cleo, **HERE | {"x_bp": edge, "y_bp": edge})

    assert Pin.select().count() == 2


def test_a_draft_can_be_reworded_and_discarded_by_its_author_alone(cast, sent):
    pin = Pin.leave(sent, by=cast.cleo, key="a", **HERE)
    with pytest.raises(Conflict, match="not a draft of yours"):
        Pin.reword(sent, "a", "Hers", by=cast.vic)
    with pytest.raises(Conflict, match="not a draft of yours"):
        Pin.discard(sent, "a", by=cast.sam)

    Pin.reword(sent, "a", "Too green", by=cast.cleo)
    assert Pin.get_by_id(pin.id).text == "Too green"
    Pin.discard(sent, "a", by=cast.cleo)

    assert not Pin.select().exists()


def test_a_published_pin_cannot_be_reworded_or_discarded(cast, sent):
    Pin.leave(sent, by=cast.cleo, key="a", **HERE)
    PinBatch.publish(sent, by=cast.cleo)

    with pytest.raises(Conflict):
        Pin.reword(sent, "a", "Something else", by=cast.cleo)
    with pytest.raises(Conflict):
        Pin.discard(sent, "a", by=cast.cleo)

    assert Pin.get().text == "Too blue"


def test_a_newer_sent_version_locks_the_old_one_and_its_drafts(cast, sent):
    make.pins(sent, by=cast.cleo, texts=["Left in time"], publish=False)
    second = sent.prototype.add_version(by=cast.sam)
    Pin.leave(sent, by=cast.vic, **HERE)  # A draft of the studio's locks nothing.
    second.send(by=cast.sam, deciders=[cast.cleo])

    with pytest.raises(Conflict, match="Version 2 replaced this one"):
        Pin.leave(sent, by=cast.cleo, **HERE)
    with pytest.raises(Conflict, match="Version 2 replaced this one"):
        PinBatch.publish(sent, by=cast.cleo)
    assert texts(sent, cast.cleo) == ["Left in time"]
    assert not PinBatch.select().exists()


def test_pins_go_on_after_changes_were_requested_and_end_with_a_yes(cast, sent):
    make.answer(SignOff.of(sent), by=cast.cleo, answer=Answer.REQUEST_CHANGES)
    make.pins(sent, by=cast.cleo, texts=["This too"])
    second = sent.prototype.add_version(by=cast.sam)
    make.answer(second.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)

    with pytest.raises(Conflict, match="is approved"):
        Pin.leave(second, by=cast.cleo, **HERE)


def test_nobody_pins_a_draft(cast):
    draft = make.prototype(cast.project, by=cast.sam)

    with pytest.raises(Conflict, match="not been sent"):
        Pin.leave(draft, by=cast.sam, **HERE)


def test_the_studio_says_once_what_was_done_and_it_is_recorded(cast, sent):
    make.pins(sent, by=cast.cleo)
    pin, stale = Pin.published(sent, 1), Pin.published(sent, 1)

    pin.address("Version 2 is green.", by=cast.dora)

    assert (pin.is_addressed, pin.answer) == (True, "Version 2 is green.")
    event = last_event()
    assert (event.verb, event.is_internal) == (Verb.PIN_ADDRESSED, False)
    assert event.body == {
        "version": 1,
        "pin": 1,
        "words_sha256": canonical.sha256("Version 2 is green."),
    }
    with pytest.raises(Conflict, match="answered this pin already"):
        stale.address("No.", by=cast.sam)
    assert [row.open_pins for row in queries.index(cast.project, drafts=False)] == [0]


def test_an_answer_has_words_and_comes_after_a_new_version_too(cast, sent):
    make.pins(sent, by=cast.cleo)
    sent.prototype.add_version(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    with pytest.raises(DomainError, match="Say what was done"):
        Pin.published(sent, 1).address(" ", by=cast.sam)

    Pin.published(sent, 1).address("Done in version 2.", by=cast.sam)

    assert Pin.published(sent, 1).is_addressed


def test_a_higher_room_is_told_once_with_the_numbers_inside_the_transaction(
    cast, sent, monkeypatch
):
    heard = []
    monkeypatch.setattr("portal.prototypes.models.batches.PUBLISHED_HOOKS", [heard.append])

    batch = make.pins(sent, by=cast.cleo, texts=["One", "Two"])

    assert heard == [batch]
    assert [pin.number for pin in heard[0].in_order()] == [1, 2]


def test_what_a_higher_room_refuses_is_not_published(cast, sent, monkeypatch):
    def refuse(_batch):
        raise DomainError("No.")

    monkeypatch.setattr("portal.prototypes.models.batches.PUBLISHED_HOOKS", [refuse])
    with pytest.raises(DomainError, match="No"):
        make.pins(sent, by=cast.cleo)

    assert not PinBatch.select().exists()
    assert Pin.get().is_draft
    assert not Letter.select().where(Letter.template == "pins-published").exists()
    assert [refuse] != PUBLISHED_HOOKS


@pytest.mark.parametrize("name", places.PLACES)
def test_a_named_place_is_where_its_words_say(name):
    assert places.words(*places.PLACES[name]) == name.replace("-", " ")
