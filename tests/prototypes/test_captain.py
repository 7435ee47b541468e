"""A captain reads what colleagues pinned, merges and drops, and submits it to the studio at once."""

import pytest

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.core import clock
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.feedback.models import Feedback
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.prototypes import gathered, queries
from portal.prototypes.gathered import RoundPage
from portal.prototypes.models import Pin, PinBatch, PinShare, Prototype, Round, SharedPin, captain
from portal.signoff.models import SignOff
from tests import make
from tests.prototypes.test_races import at_once

CANARY = "zebra crossing in the fog"


@pytest.fixture
def salma(cast):
    person = make.user("Salma Idrissi", client=cast.client)
    make.member(person, cast.project, Role.REVIEWER)
    return person


@pytest.fixture
def led(cast, sent, salma):
    """Version 1, whose pins Vic gathers. Cleo decides; Salma is a colleague."""
    sent.prototype.set_terms(by=cast.sam, captain=cast.vic)
    return sent


def key(text):
    return Pin.get(Pin.text == text).key


def page(version, reader):
    role = Role.REVIEWER
    fresh = Prototype.find(version.project, version.number)
    return RoundPage(next(v for v in fresh.history if v == version), reader, role)


def submit(version, by, **more):
    return captain.submit(version, by=by, seen=page(version, by).stamp, **more)


def texts(pins):
    return [pin.text for pin in pins]


# Showing to colleagues ---------------------------------------------------------------------------


def test_publishing_shows_pins_to_colleagues_and_spends_nothing(cast, led, salma):
    shown = make.pins(led, by=salma, texts=["One", "Two"], note="Nearly.")

    assert isinstance(shown, PinShare)
    assert texts(shown.in_order()) == ["One", "Two"]
    assert Round.get().is_open
    assert not PinBatch.select().exists()
    assert not Feedback.select().exists()
    for colleague in (cast.cleo, cast.vic, salma):
        assert texts(page(led, colleague).held) == ["One", "Two"]


def test_the_studio_learns_how_many_and_the_captain_gets_the_one_letter(cast, led, salma, letters):
    before = Event.select().order_by(Event.id.desc()).get().id
    make.pins(led, by=salma, texts=["One", "Two"])

    (event,) = Event.select().where(Event.id > before)
    assert (event.verb, event.is_internal) == (Verb.PINS_SHARED, False)
    assert event.body == {"prototype": 1, "version": 1, "round": 1, "pins": 2}
    told = Letter.select().where(Letter.event_id == event.id)
    assert [(one.template, one.user_id) for one in told] == [("pins-shared", cast.vic.id)]
    body = letters()[-1].get_body(("plain",)).get_content()
    assert "One" in body
    assert "/prototypes/1/rounds/1" in body


def test_the_same_form_shows_once(cast, led, salma):
    make.pins(led, by=salma, publish=False)
    first = PinBatch.publish(led, by=salma, key="k")

    assert PinBatch.publish(led, by=salma, key="k") == first
    assert SharedPin.select().count() == 1


def test_a_shown_pin_is_no_draft_any_more(cast, led, salma):
    make.pins(led, by=salma, texts=["One"])

    assert not Pin.drafts(led, salma).exists()
    with pytest.raises(Conflict):
        Pin.discard(led, key("One"), by=salma)
    with pytest.raises(Conflict, match="nothing to publish"):
        PinBatch.publish(led, by=salma)


STUDIO_PAGES = (
    "/",
    "/inbox",
    "/projects/harbour",
    "/projects/harbour/activity",
    "/projects/harbour/feedback",
    "/projects/harbour/prototypes",
    "/projects/harbour/prototypes/1/versions/1",
    "/projects/harbour/prototypes/1/versions/1?screen=2",
    "/projects/harbour/prototypes/1/rounds/1",
    "/projects/harbour/prototypes/1/terms",
    "/projects/harbour/sign-offs/1",
)


def test_no_page_of_the_studio_says_a_word_of_it_before_it_is_submitted(cast, led, salma, as_):
    make.pins(led, by=salma, texts=[CANARY, f"{CANARY} again"], note=CANARY)
    captain.merge(led, [key(CANARY)], by=cast.vic, into=key(f"{CANARY} again"))
    make.pins(led, by=cast.cleo, texts=[f"{CANARY} third"])
    captain.drop(led, key(f"{CANARY} third"), by=cast.vic, why=CANARY)

    for who in (cast.sam, cast.dora):
        for path in STUDIO_PAGES:
            assert CANARY not in as_(who).get(path, follow_redirects=True).text, path
    assert not any(CANARY in event.line for event in Event.select())
    assert CANARY in as_(cast.cleo).get("/projects/harbour/prototypes/1/rounds/1").text


# Gathering ---------------------------------------------------------------------------------------


def test_merged_pins_are_folded_under_the_one_that_stays(cast, led, salma):
    make.pins(led, by=salma, texts=["One"])
    make.pins(led, by=cast.cleo, texts=["The same", "Other"])

    captain.merge(led, [key("One"), key("The same")], by=cast.vic, into=key("One"))

    held = page(led, cast.vic).held
    assert texts(held) == ["One", "Other"]
    assert texts(held[0].under) == ["The same"]


def test_what_lies_under_a_merged_pin_comes_along(cast, led, salma):
    make.pins(led, by=salma, texts=["A", "B", "C"])
    captain.merge(led, [key("A")], by=cast.vic, into=key("B"))
    captain.merge(led, [key("B")], by=cast.vic, into=key("C"))

    (only,) = page(led, cast.vic).held
    assert sorted(texts(only.under)) == ["A", "B"]


def test_dropping_tells_the_author_why_and_the_captain_can_take_it_back(cast, led, salma, letters):
    make.pins(led, by=salma, texts=["One", "Two"])
    captain.drop(led, key("One"), by=cast.vic, why="Decided last week.")

    assert texts(page(led, salma).held) == ["Two"]
    assert [pin.dropped_why for pin in page(led, salma).dropped] == ["Decided last week."]
    letter = letters()[-1]
    assert "left a pin of yours out" in letter["Subject"]
    assert letter["To"].addresses[0].addr_spec == salma.email
    assert "Decided last week." in letter.get_body(("plain",)).get_content()

    captain.restore(led, key("One"), by=cast.vic)
    assert texts(page(led, salma).held) == ["One", "Two"]


def test_dropping_a_pin_lets_those_under_it_stand_again(cast, led, salma):
    make.pins(led, by=salma, texts=["One", "Two"])
    captain.merge(led, [key("Two")], by=cast.vic, into=key("One"))

    captain.drop(led, key("One"), by=cast.vic, why="No.")

    assert texts(page(led, cast.vic).held) == ["Two"]


def test_a_merge_can_be_taken_apart(cast, led, salma):
    make.pins(led, by=salma, texts=["One", "Two"])
    captain.merge(led, [key("Two")], by=cast.vic, into=key("One"))

    captain.restore(led, key("Two"), by=cast.vic)

    assert texts(page(led, cast.vic).held) == ["One", "Two"]


def test_what_makes_no_sense_is_refused(cast, led, salma):
    make.pins(led, by=salma, texts=["One", "Two"])
    with pytest.raises(DomainError, match="two pins"):
        captain.merge(led, [key("One")], by=cast.vic, into=key("One"))
    with pytest.raises(DomainError, match="why"):
        captain.drop(led, key("One"), by=cast.vic, why=" ")
    with pytest.raises(Conflict):
        captain.merge(led, [key("One")], by=cast.vic, into="nothing")
    with pytest.raises(Conflict):
        captain.restore(led, key("One"), by=cast.vic)


@pytest.mark.parametrize("who", ["cleo", "sam", "dora"])
def test_nobody_but_the_captain_gathers(cast, led, salma, who):
    make.pins(led, by=salma, texts=["One", "Two"])
    by = getattr(cast, who)

    for act in (
        lambda: captain.merge(led, [key("One")], by=by, into=key("Two")),
        lambda: captain.drop(led, key("One"), by=by, why="No."),
        lambda: captain.keep(led, [key("One")], by=by),
        lambda: captain.submit(led, by=by, seen=page(led, cast.vic).stamp),
    ):
        with pytest.raises(Forbidden):
            act()


# On one spot -------------------------------------------------------------------------------------


def test_two_pins_on_one_spot_are_flagged_until_the_captain_keeps_both(cast, led, salma):
    for who, x_bp in ((salma, 5_000), (cast.cleo, 5_100), (cast.cleo, 9_000)):
        Pin.leave(led, by=who, screen=1, x_bp=x_bp, y_bp=5_000, text=f"At {x_bp}")
    for who in (salma, cast.cleo):
        PinBatch.publish(led, by=who)

    (spot,) = page(led, cast.vic).on_one_spot
    assert texts(spot) == ["At 5000", "At 5100"]

    captain.keep(led, [pin.key for pin in spot], by=cast.vic)
    assert page(led, cast.vic).on_one_spot == []


# Submitting --------------------------------------------------------------------------------------


def test_submitting_is_one_event_one_letter_to_each_producer_one_feedback(
    cast, led, salma, letters
):
    make.pins(led, by=salma, texts=["One", "Two"])
    make.pins(led, by=cast.cleo, texts=["The same", "Not this"])
    make.pins(led, by=cast.vic, texts=["My own"], publish=False)
    captain.merge(led, [key("The same")], by=cast.vic, into=key("One"))
    captain.drop(led, key("Not this"), by=cast.vic, why="Decided.")
    before = Event.select().order_by(Event.id.desc()).get().id

    batch = submit(led, cast.vic, note="Please, all of it.")

    (event,) = Event.select().where(Event.id > before)
    assert event.verb == Verb.ROUND_SUBMITTED
    counts = {"pins": 3, "folded": 1, "dropped": 1}
    assert event.body == {"prototype": 1, "version": 1, "round": 1, **counts}
    told = Letter.select().where(Letter.event_id == event.id)
    assert [(one.template, one.user_id) for one in told] == [("round-submitted", cast.sam.id)]
    assert texts(batch.in_order()) == ["One", "Two", "My own"]
    assert (Feedback.select().count(), Round.get().status) == (1, "submitted")
    assert "The same" in Feedback.get().text
    assert "Not this" not in Feedback.get().text + str(letters()[-1])


def test_then_everybody_reads_the_pins_and_what_is_folded_under_them(cast, led, salma, as_):
    make.pins(led, by=salma, texts=["One"])
    make.pins(led, by=cast.cleo, texts=["Says the very same"])
    captain.merge(led, [key("Says the very same")], by=cast.vic, into=key("One"))
    submit(led, cast.vic, note="All of it.")

    text = as_(cast.sam).get(led.path).text
    assert "Says the very same" in text
    assert "<b>Vic Aalto</b>" in text
    assert [row.open_pins for row in queries.index(cast.project, drafts=True)] == [1]


def test_after_the_submission_nobody_of_the_client_adds_to_the_round(cast, led, salma, as_):
    make.pins(led, by=salma, texts=["One"])
    make.pins(led, by=cast.cleo, texts=["Late"], publish=False)
    submit(led, cast.vic)

    for act in (
        lambda: PinBatch.publish(led, by=cast.cleo),
        lambda: Pin.leave(led, by=salma, screen=1, x_bp=1, y_bp=1, text="Later"),
        lambda: submit(led, cast.vic),
    ):
        with pytest.raises(Conflict, match="with the studio"):
            act()
    assert "with the studio" in as_(salma).get(led.path).text
    assert make.pins(led, by=cast.sam, texts=["Ours"]).round is None


def test_the_captain_submits_alone_when_nobody_else_has_published(cast, led):
    make.pins(led, by=cast.vic, texts=["Mine"], publish=False)

    assert texts(submit(led, cast.vic).in_order()) == ["Mine"]


def test_the_captain_submits_what_the_page_showed_or_nothing(cast, led, salma):
    make.pins(led, by=salma, texts=["One"])
    seen = page(led, cast.vic).stamp
    make.pins(led, by=cast.cleo, texts=["Two"])

    with pytest.raises(Conflict, match="Look at the list again"):
        captain.submit(led, by=cast.vic, seen=seen)
    assert not PinBatch.select().exists()


def test_there_is_nothing_to_submit_when_all_is_left_out(cast, led, salma):
    make.pins(led, by=salma, texts=["One"])
    captain.drop(led, key("One"), by=cast.vic, why="No.")

    with pytest.raises(Conflict, match="nothing to submit"):
        submit(led, cast.vic)


def test_the_decision_is_possible_at_any_time(cast, led, salma):
    make.pins(led, by=salma, texts=["One"])

    make.answer(SignOff.get(), by=cast.cleo)

    assert Round.get().status == "closed"
    assert texts(page(led, salma).held) == ["One"]


# A captain who is gone ---------------------------------------------------------------------------


def leave(cast, how):
    if how == "disabled":
        cast.vic.disabled_at = clock.now()
        cast.vic.save()
    else:
        member = Membership.of(cast.vic, "harbour")
        cast.project.remove_member(member, by=cast.sam)


@pytest.mark.parametrize("how", ["disabled", "removed"])
def test_without_the_captain_an_approver_submits_what_was_held_back(cast, led, salma, how):
    make.pins(led, by=salma, texts=["One"])
    leave(cast, how)

    with pytest.raises(Forbidden):
        captain.submit(led, by=salma, seen="")
    approver = page(led, cast.cleo)
    approver.role = Role.APPROVER
    assert texts(captain.submit(led, by=cast.cleo, seen=approver.stamp).in_order()) == ["One"]


def test_another_captain_gathers_what_was_held_back(cast, led, salma):
    make.pins(led, by=cast.cleo, texts=["One"])
    leave(cast, "removed")
    led.prototype.set_terms(by=cast.sam, captain=salma)

    assert texts(submit(led, salma).in_order()) == ["One"]


def test_what_is_held_back_moves_on_to_the_next_version(cast, led, salma):
    make.pins(led, by=salma, texts=["One", "Two", "Gone"])
    captain.merge(led, [key("Two")], by=cast.vic, into=key("One"))
    captain.drop(led, key("Gone"), by=cast.vic, why="No.")
    draft = Prototype.find(cast.project, 1).add_version(by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo])

    (only,) = page(draft, cast.vic).held
    assert (only.text, texts(only.under), only.left_on) == ("One", ["Two"], 1)
    assert texts(page(led, salma).dropped) == ["Gone"]
    assert texts(submit(draft, cast.vic).in_order()) == ["One"]


def test_what_lay_on_a_screen_that_is_gone_stays_where_it_was_left(cast, led, salma):
    make.pins(led, by=salma, texts=["One"])
    draft = Prototype.find(cast.project, 1).add_version(by=cast.sam, keeps_screens=False)
    draft.add_link("Elsewhere", "https://example.test/")
    draft.send(by=cast.sam, deciders=[cast.cleo])

    assert page(draft, cast.vic).held == []
    assert texts(page(led, salma).held) == ["One"]


# What waits --------------------------------------------------------------------------------------


def test_the_captain_finds_it_at_home_until_it_is_submitted(cast, led, salma, as_):
    make.pins(led, by=salma, texts=["One"])
    make.pins(led, by=cast.cleo, texts=["Two"])

    home = as_(cast.vic).get("/").text
    assert "Gather the pins of version 1" in home
    assert "Two colleagues have published" in home
    for other in (cast.cleo, cast.sam):
        assert "Gather the pins" not in as_(other).get("/").text

    submit(led, cast.vic)
    assert gathered.to_gather(cast.vic) == []


# Two at once -------------------------------------------------------------------------------------


@pytest.mark.parametrize("turn", range(3))
def test_two_submissions_at_once_are_one(cast, led, salma, turn):
    make.pins(led, by=salma, texts=["One"])
    seen = page(led, cast.vic).stamp

    found = at_once(*[lambda: captain.submit(led, by=cast.vic, seen=seen)] * 2)

    assert sorted(type(one).__name__ for one in found) == ["Conflict", "PinBatch"]
    assert Event.select().where(Event.verb == Verb.ROUND_SUBMITTED).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_pin_that_meets_the_submission_is_in_it_or_its_author_keeps_it(cast, led, salma, turn):
    make.pins(led, by=salma, texts=["One"])
    make.pins(led, by=cast.cleo, texts=["Two"], publish=False)
    seen = page(led, cast.vic).stamp

    shown, given = at_once(
        lambda: PinBatch.publish(led, by=cast.cleo),
        lambda: captain.submit(led, by=cast.vic, seen=seen),
    )

    second = Pin.get(Pin.text == "Two")
    if isinstance(given, PinBatch):
        assert isinstance(shown, Conflict)
        assert Pin.drafts(led, cast.cleo).count() == 1
    else:
        assert SharedPin.select().where(SharedPin.pin == second).exists()
    assert second.batch_id is None


@pytest.mark.parametrize("turn", range(3))
def test_a_captain_who_is_replaced_submits_before_that_or_not_at_all(cast, led, salma, turn):
    make.pins(led, by=salma, texts=["One"])
    seen = page(led, cast.vic).stamp

    given, _ = at_once(
        lambda: captain.submit(led, by=cast.vic, seen=seen),
        lambda: led.prototype.set_terms(by=cast.sam, captain=cast.cleo),
    )

    assert isinstance(given, PinBatch | Forbidden)
    assert PinBatch.select().exists() == isinstance(given, PinBatch)
