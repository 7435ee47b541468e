"""Beyond the included rounds nothing is refused: the pins come with a change request to sign."""

import datetime as dt
import random

import pytest

from portal.access.models import Membership
from portal.changes.models import ChangeRequest
from portal.core.errors import Conflict, DomainError
from portal.feedback import queries as feedback_queries
from portal.feedback.models import Feedback
from portal.ledger.models import SYSTEM, Event
from portal.ledger.verbs import Verb
from portal.prototypes.gathered import RoundPage
from portal.prototypes.models import (
    Pin,
    PinBatch,
    Prototype,
    PrototypeVersion,
    Round,
    SharedPin,
    captain,
)
from portal.prototypes.models.further import Price, Repriced, Spent
from portal.signoff.models import Answer, SignOff
from portal.signoff.subject import SubjectStatus
from portal.studio.rates import Rate
from tests import make
from tests.prototypes.test_races import at_once
from tests.stories import told

HOUR, LATER = 110_00, 120_00


@pytest.fixture
def contract(cast):
    """An approved estimate, and a price for an hour of design."""
    if not Rate.select().exists():
        agree(cast)


def agree(cast):
    make.amendment(cast.project, make.added("Design", 4_800_00), by=cast.cleo)
    Rate.add(role="Design", currency="EUR", hour_minor=HOUR, from_on=dt.date(2026, 1, 1))


def use_up(cast):
    agree(cast)
    sent = PrototypeVersion.get()
    sent.prototype.set_terms(by=cast.sam, included_rounds=1, role="Design", minutes=360)
    make.pins(sent, by=cast.vic)
    again(cast, sent)


beginning = told("spent", use_up, at=dt.datetime(2026, 1, 2, 9, tzinfo=dt.UTC))


@pytest.fixture
def spent(sent, contract):
    """Version 2, after the one included round was used; a further round is six hours of design."""
    return PrototypeVersion.get(version=2)


def again(cast, version):
    draft = Prototype.find(cast.project, version.number).add_version(by=cast.sam)
    draft.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return draft


def ask(cast, version, *, price=6 * HOUR, by=None, **more):
    make.pins(version, by=by or cast.vic, texts=["Too blue", "Too loud"], publish=False)
    return PinBatch.publish(version, by=by or cast.vic, agreed=Price(price), **more)


def sign_off_of(change):
    return SignOff.get_or_none(kind="change", subject_number=change.number)


# The offer ---------------------------------------------------------------------------------------


def test_publishing_beyond_the_included_rounds_offers_and_loses_nothing(cast, spent):
    make.pins(spent, by=cast.vic, texts=["One", "Two"], publish=False)
    before = Event.select().count()

    with pytest.raises(Spent) as offer:
        PinBatch.publish(spent, by=cast.vic)

    further = offer.value.context["further"]
    assert (further.current.number, further.included, further.price_minor) == (2, 1, 6 * HOUR)
    assert [pin.text for pin in Pin.drafts(spent, cast.vic)] == ["One", "Two"]
    assert (Event.select().count(), ChangeRequest.select().count()) == (before, 0)


def test_confirming_publishes_the_pins_and_asks_for_the_round_at_once(cast, spent):
    batch = ask(cast, spent, note="Both, please.")

    change = Round.get(number=2).change
    version = ChangeRequest.find(cast.project, change.number).current
    sign_off = sign_off_of(change)
    assert (change.raised_by, version.status) == (cast.vic, SubjectStatus.SENT)
    assert (sign_off.amount_minor, sign_off.currency) == (6 * HOUR, "EUR")
    assert [one.user for one in sign_off.addressees] == [cast.cleo]
    assert sign_off.requested_by == cast.sam
    (effect,) = sign_off.shown["alternatives"][0]["effects"]
    assert "Too blue" in effect["detail"]
    assert f"Pin {batch.in_order()[0].number}" in effect["detail"]
    assert "The contract includes 1 round of revision" in sign_off.shown["why"]
    assert "Both, please." in sign_off.shown["why"]


def test_it_is_on_record_who_asked_and_that_the_portal_sent_it(cast, spent):
    before = Event.select().order_by(Event.id.desc()).get().id
    ask(cast, spent)

    made = [(e.verb, e.actor) for e in Event.select().where(Event.id > before)]
    assert made == [
        (Verb.CHANGE_REQUESTED, cast.vic.identity),
        (Verb.SIGN_OFF_SENT, SYSTEM.identity),
        (Verb.PINS_PUBLISHED, cast.vic.identity),
    ]


def test_the_feedback_leads_to_the_change_request(cast, spent):
    ask(cast, spent)
    item = Feedback.select().order_by(Feedback.id.desc()).get()

    assert feedback_queries.item(cast.project, item.number, cast.vic).sent_change == 1


def test_another_price_than_the_page_showed_is_a_conflict_with_the_new_one(cast, spent):
    make.pins(spent, by=cast.vic, publish=False)
    Rate.add(role="Design", currency="EUR", hour_minor=LATER, from_on=dt.date(2026, 2, 1))

    with pytest.raises(Repriced) as refused:
        PinBatch.publish(spent, by=cast.vic, agreed=Price(6 * HOUR))

    assert refused.value.status == 409
    assert refused.value.context["further"].price_minor == 6 * LATER
    assert Pin.drafts(spent, cast.vic).count() == 1


def test_the_rate_of_the_day_counts(cast, sent, contract):
    for day, price in (("2026-01-01", HOUR), ("2026-05-01", LATER)):
        on = dt.date.fromisoformat(day)
        if price == LATER:
            Rate.add(role="design", currency="EUR", hour_minor=LATER, from_on=on)
        assert Rate.on("Design", "EUR", on).hour_minor == price
    Rate.on("Design", "EUR", dt.date(2026, 5, 1)).end(on=dt.date(2026, 5, 31))

    assert Rate.on("Design", "EUR", dt.date(2026, 6, 1)) is None
    assert Rate.on("Design", "EUR", dt.date(2025, 12, 31)) is None
    assert Rate.on("Design", "CHF", dt.date(2026, 5, 1)) is None


def test_a_rate_needs_a_role_a_price_and_a_day_of_its_own(cast, contract):
    day = dt.date(2026, 1, 1)
    for wrong in ({"role": " "}, {"hour_minor": 0}, {"from_on": day}):
        facts = {
            "role": "Design",
            "currency": "EUR",
            "hour_minor": 1,
            "from_on": dt.date(2026, 3, 1),
        }
        with pytest.raises(DomainError):
            Rate.add(**facts | wrong)
    with pytest.raises(Conflict, match="ended this rate already"):
        for _ in range(2):
            Rate.get().end(on=dt.date(2026, 12, 31))


# What cannot be sent at once ---------------------------------------------------------------------


@pytest.mark.parametrize("lacking", ["price", "contract", "offeror"])
def test_what_cannot_be_signed_as_it_is_stays_with_the_producer(cast, sent, lacking):
    if lacking != "contract":
        make.amendment(cast.project, make.added("Design", 4_800_00), by=cast.cleo)
    if lacking != "price":
        Rate.add(role="Design", currency="EUR", hour_minor=HOUR, from_on=dt.date(2026, 1, 1))
    sent.prototype.set_terms(by=cast.sam, included_rounds=0, role="Design", minutes=360)
    if lacking == "offeror":
        Prototype.update(terms_by=cast.dora).execute()

    ask(cast, sent, price=None if lacking == "price" else 6 * HOUR)

    change = Round.get().change
    assert sign_off_of(change) is None
    assert ChangeRequest.find(cast.project, change.number).current.is_draft
    assert PinBatch.select().count() == 1


def test_a_client_reads_that_the_studio_prices_it(cast, sent, as_):
    sent.prototype.set_terms(by=cast.sam, included_rounds=0)
    ask(cast, sent, price=None)

    assert "Being priced" in as_(cast.vic).get(sent.path).text


# What becomes of it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "word"), [(Answer.APPROVE, "Approved"), (Answer.DECLINE, "Declined")]
)
def test_the_round_says_what_the_answer_was_and_the_pins_stay(cast, spent, as_, answer, word):
    ask(cast, spent)
    make.answer(sign_off_of(Round.get(number=2).change), by=cast.cleo, answer=answer)

    for who in (cast.sam, cast.vic):
        text = as_(who).get(spent.path).text
        assert word in text
        assert "Change request 1" in text
        assert "Too blue" in text


def test_later_batches_of_a_round_that_was_asked_for_are_not_asked_for_again(cast, spent):
    ask(cast, spent)

    make.pins(spent, by=cast.cleo)

    assert ChangeRequest.select().count() == 1


def test_each_further_round_is_asked_for(cast, spent):
    ask(cast, spent)
    third = again(cast, spent)

    make.pins(third, by=cast.cleo, publish=False)
    with pytest.raises(Spent):
        PinBatch.publish(third, by=cast.cleo)


def test_without_a_number_there_are_as_many_rounds_as_it_takes(cast, sent):
    version = sent
    for _ in range(4):
        make.pins(version, by=cast.vic)
        version = again(cast, version)

    assert Round.select().count() == 5
    assert not ChangeRequest.select().exists()


def test_a_captain_asks_for_the_round_with_everybodys_pins(cast, spent):
    prototype = Prototype.find(cast.project, 1)
    terms = {"included_rounds": 1, "role": "Design", "minutes": 360}
    prototype.set_terms(by=cast.sam, captain=cast.vic, **terms)
    make.pins(spent, by=cast.cleo, texts=["Hers"])
    fresh = Prototype.find(cast.project, 1).history[0]
    seen = RoundPage(fresh, cast.vic, None).stamp
    with pytest.raises(Spent):
        captain.submit(spent, by=cast.vic, seen=seen)
    assert SharedPin.select().count() == 1

    captain.submit(spent, by=cast.vic, seen=seen, agreed=Price(6 * HOUR))

    assert "Hers" in sign_off_of(Round.get(number=2).change).snapshot


@pytest.mark.parametrize("turn", range(3))
def test_two_people_who_ask_at_once_ask_once(cast, spent, turn):
    for who in (cast.vic, cast.cleo):
        make.pins(spent, by=who, publish=False)
    price = Price(6 * HOUR)

    given = at_once(
        *[
            lambda who=who: PinBatch.publish(spent, by=who, agreed=price)
            for who in (cast.vic, cast.cleo)
        ]
    )

    assert [one.round.change for one in given] == [ChangeRequest.get()] * 2


# Over HTTP ---------------------------------------------------------------------------------------

BATCHES = "/projects/harbour/prototypes/1/versions/2/batches"
ASK = "/projects/harbour/prototypes/1/rounds/2/change-request"


def test_the_offer_is_a_page_with_the_price_and_the_pins_and_keeps_the_words(cast, spent, as_):
    make.pins(spent, by=cast.vic, texts=["Too blue"], publish=False)

    offered = as_(cast.vic).post(BATCHES, data={"key": "k", "note": "Nearly there"})

    assert offered.status_code == 200
    for words in ("Your contract includes 1 round", "660", "Too blue", "Nearly there"):
        assert words in offered.text
    assert "Ask for this round" in as_(cast.vic).get(ASK).text


def test_asking_over_http_is_once_and_another_price_is_409(cast, spent, as_):
    make.pins(spent, by=cast.vic, texts=["Too blue"], publish=False)
    browser = as_(cast.vic)

    stale = browser.post(ASK, data={"key": "k", "total": "1"})
    assert (stale.status_code, "660" in stale.text) == (409, True)
    for _ in range(2):
        asked = browser.post(ASK, data={"key": "k", "total": str(6 * HOUR)})
        assert asked.status_code == 303

    assert (ChangeRequest.select().count(), PinBatch.select().count()) == (1, 2)
    assert "Change request 1" in browser.get(asked.location).text


# Nothing is lost, nothing counted twice ----------------------------------------------------------


class Story:
    """A random life of one prototype, and what must be true of it at every moment."""

    def __init__(self, cast, version, seed):
        self.cast, self.version, self.chance = cast, version, random.Random(seed)
        self.left, self.used = 0, set()
        self.people = [cast.cleo, cast.vic]

    def run(self, steps):
        often = (self.leave, self.leave, self.publish, self.fold)
        acts = (*often, *often, *often, self.drop, self.submit, self.renew, self.renew, self.lead)
        self.lead()
        for _ in range(steps):
            act = self.chance.choice(acts)
            try:
                act()
            except DomainError:
                continue
            self.check()

    def leave(self):
        by, here = self.chance.choice(self.people), self.chance.randrange(10_000)
        Pin.leave(self.version, by=by, screen=1, x_bp=here, y_bp=here, text=f"Pin {self.left}")
        self.left += 1

    def publish(self):
        made = PinBatch.publish(
            self.version, by=self.chance.choice(self.people), agreed=Price(None)
        )
        if isinstance(made, PinBatch):
            self.used.add(made.round_id)

    def submit(self):
        by = self.gatherer()
        fresh = Prototype.find(self.cast.project, 1)
        page = RoundPage(next(v for v in fresh.history if v == self.version), by, role_of(by))
        made = captain.submit(self.version, by=by, seen=page.stamp, agreed=Price(None))
        self.used.add(made.round_id)

    def keys(self, many):
        held = [one.pin.key for one in SharedPin.waiting(self.version)]
        return self.chance.sample(held, min(many, len(held)))

    def gatherer(self):
        leads = Prototype.find(self.cast.project, 1).acting_captain()
        return leads or self.chance.choice(self.people)

    def fold(self):
        keys = self.keys(2)
        captain.merge(self.version, keys, by=self.gatherer(), into=keys[0] if keys else "")

    def drop(self):
        for key in self.keys(1):
            captain.drop(self.version, key, by=self.gatherer(), why="No.")

    def renew(self):
        self.version = again(self.cast, self.version)

    def lead(self):
        whom = self.chance.choice([None, *self.people, *self.people])
        Prototype.find(self.cast.project, 1).set_terms(
            by=self.cast.sam, included_rounds=2, captain=whom
        )

    def check(self):
        pins = list(Pin.select())
        shared = {one.pin_id: one for one in SharedPin.select()}
        assert len(pins) == self.left
        given = [pin.id for batch in PinBatch.select() for pin in batch.in_order()]
        assert sorted(given) == sorted(pin.id for pin in pins if pin.batch_id)
        for pin in pins:
            one = shared.get(pin.id)
            lead = one and one.into_id
            states = (pin.batch_id is not None, bool(lead), bool(one and one.is_dropped))
            assert sum(states) <= 1, pin.text
            assert not lead or shared[lead].into_id is None
        spent = {one.id for one in Round.select().where(Round.submitted_at.is_null(False))}
        assert spent == self.used
        beyond = {one.id for one in Round.select() if one.id in spent and one.number > 2}
        assert {one.id for one in Round.select() if one.change_id} == beyond


def role_of(by):
    return Membership.of(by, "harbour").role


@pytest.mark.parametrize("seed", range(10))
def test_whatever_happens_no_pin_is_lost_or_counted_twice(cast, sent, seed):
    sent.prototype.set_terms(by=cast.sam, included_rounds=2)
    Story(cast, sent, seed).run(70)


def test_a_round_that_nobody_of_the_client_may_sign_alone_stays_a_draft_of_the_studio(cast, spent):
    make.mandate(cast.cleo, cast.project, by=cast.sam, decision_limit_minor=1_00)

    ask(cast, spent)

    change = ChangeRequest.get()
    assert sign_off_of(change) is None
    assert change.current.is_draft
