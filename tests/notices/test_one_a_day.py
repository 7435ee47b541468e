"""However much happens, a client whom nobody awaits gets at most one mail a day."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from peewee import fn

from portal.core import clock
from portal.ledger.models import Event
from portal.mail.models import Letter, LetterStatus
from portal.notices import jobs
from portal.notices.models import Rhythm
from portal.notices.pacing import Pace
from portal.threads.models import reply
from tests import make

DAY = dt.timedelta(days=1)
PACES = [Pace.AT_ONCE, Pace.HOURLY, Pace.DAILY, Pace.WEEKLY]
ZONES = ["Europe/Amsterdam", "America/Los_Angeles", "Asia/Kolkata"]

#: (minutes later, whether it is a question, what the client chooses then, if anything)
happening = st.tuples(
    st.integers(0, 16 * 60), st.booleans(), st.one_of(st.none(), st.sampled_from(PACES))
)
chosen = st.fixed_dictionaries(
    {
        "zone": st.sampled_from(ZONES),
        "pace": st.sampled_from(PACES),
        "quiet": st.sampled_from([None, (20, 7), (9, 17), (2, 3)]),
        "is_at_change": st.booleans(),  # Of the clock, to or from summer time.
    }
)


@pytest.fixture
def item(cast, at):
    at("2026-03-12 08:00")
    return make.feedback(cast.project, by=cast.vic, text="The tide table is cut off.")


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(happenings=st.lists(happening, min_size=2, max_size=12), chosen=chosen)
def test_a_client_whom_nobody_awaits_gets_at_most_one_mail_a_day(cast, item, happenings, chosen):
    now = begin_anew(cast.vic, **chosen)
    for minutes, is_question, pace in happenings:
        now += dt.timedelta(minutes=minutes)
        with clock.at(now):
            reply(item, by=cast.sam, text="We look at it.", is_question=is_question)
            if pace:
                choose(cast.vic, pace, chosen["quiet"])
        now += dt.timedelta(minutes=11)
        with clock.at(now):
            jobs.gather()

    left = mails_of(cast.vic, now)

    days = [one.astimezone(ZoneInfo(chosen["zone"])).date() for one in left]
    assert len(days) == len(set(days))
    assert left or all(is_question for _, is_question, _ in happenings)
    assert not any(in_quiet(one, **chosen) for one in left)


def choose(person, pace, quiet):
    Rhythm.choose(person, pace=pace, hour=8, weekday=0, quiet=quiet, projects={})


def in_quiet(at, *, zone, quiet, **_others):
    start, end = quiet or (0, 0)
    hour = at.astimezone(ZoneInfo(zone)).hour
    return start <= hour < end if start <= end else hour >= start or hour < end


def begin_anew(person, *, zone, pace, quiet, is_at_change):
    """Forget the letters so far; return a moment after all that happened."""
    last_at = Event.at.python_value(Event.select(fn.MAX(Event.at)).scalar())
    Letter.delete().execute()
    Rhythm.delete().execute()
    person.zone = zone
    person.save()
    now = last_at + 2 * DAY
    if is_at_change:
        now = eve_of_change(now, ZoneInfo(zone))
    with clock.at(now):
        choose(person, pace, quiet)
        return clock.now()


def eve_of_change(now, zone):
    """Return the day before the clock next changes there; the same instant where it never does."""
    days = (now + days * DAY for days in range(366))
    offset = now.astimezone(zone).utcoffset()
    return next((one - DAY for one in days if one.astimezone(zone).utcoffset() != offset), now)


def mails_of(person, now):
    """Let time go on; return when each mail that could wait was let go to this person."""
    until = now + 12 * DAY
    while first := next_of(person):
        now = max(now, first.next_try_at)
        assert now < until
        with clock.at(now):
            jobs.gather()
    mine = (Letter.user_id == person.id) & ~Letter.is_urgent
    return [
        one.next_try_at
        for one in Letter.select().where(mine, Letter.status == LetterStatus.WAITING)
    ]


def next_of(person):
    mine = (Letter.user_id == person.id) & (Letter.status == LetterStatus.GATHERING)
    return Letter.select().where(mine).order_by(Letter.next_try_at).first()
