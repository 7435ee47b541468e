"""What the clock asks for is done: what was missed is found without anybody's doing."""

import datetime as dt

import huey
import pytest

from portal import schedule
from portal.access import mailer
from portal.core import clock
from portal.mail.models import Letter, LetterStatus
from portal.signoff.models import SignOff, SignOffStatus
from tests import make


@pytest.fixture
def minutes():
    """`minutes(5)` lets the worker's clock ask for what is due in each of the next minutes."""
    jobs = huey.MemoryHuey(results=False)
    schedule.install(jobs)

    def pass_by(count):
        for n in range(count):
            for task in jobs.read_periodic(clock.now() + dt.timedelta(minutes=n)):
                jobs.execute(task)

    return pass_by


def test_a_letter_whose_wake_up_was_lost_leaves_within_a_minute(cast, minutes):
    mailer.password_changed(cast.cleo)  # No queue is installed here: nobody was told.

    minutes(1)

    assert Letter.get().status == LetterStatus.SENT


def test_an_offer_whose_day_has_passed_ends_within_the_hour(cast, at, minutes):
    at("2026-03-10 09:00")
    draft = make.estimate(cast.project, by=cast.sam, valid_until_on=dt.date(2026, 3, 31))
    draft.send(by=cast.sam, deciders=[cast.cleo])

    at("2026-04-01 09:30")
    minutes(60)

    assert SignOff.get().status == SignOffStatus.EXPIRED
