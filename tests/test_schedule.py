"""What the clock asks for is done: what was missed is found without anybody's doing."""

import datetime as dt
import re

import huey
import pytest

from portal import schedule
from portal.access import mailer
from portal.core import clock, db
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


# What it costs when there is much ----------------------------------------------------------------

SMALL = {"promise", "seal_key", "studio"}  # They grow with the studio, not with its work.


def hourly(when):
    """Return how often in an hour it is time."""
    return sum(when(dt.datetime(2026, 3, 12, 10, minute, tzinfo=dt.UTC)) for minute in range(60))


OFTEN = [job for job, when, _ in schedule.SCHEDULE if hourly(when) > 1]


@pytest.mark.sqlite  # PostgreSQL goes by how much there is: it may well read a short table.
@pytest.mark.parametrize("job", OFTEN, ids=lambda job: job.work.__module__)
def test_what_runs_every_few_minutes_reads_no_table_from_end_to_end(job, cast, count_queries):
    with count_queries() as seen:
        job.work()

    asked = [sql for sql in seen if sql.lstrip().lower().startswith("select")]
    assert asked
    assert not [(sql, scan) for sql in asked for scan in scans(sql)]


def scans(sql):
    """Yield what SQLite would read from end to end, but for what is always short."""
    nothing = [None] * sql.count("?") or dict.fromkeys(re.findall(r":([a-z_]+)", sql))
    for *_, step in db.handle.execute_sql(f"explain query plan {sql}", nothing).fetchall():
        name = step.removeprefix("SCAN ").split()[0]
        called = re.findall(rf'"?(\w+)"?(?: as)? "?{name}"?\b', sql, re.IGNORECASE)
        if step.startswith("SCAN") and not {name, *called} & SMALL:
            yield step


def test_reading_a_table_from_end_to_end_is_noticed(database):
    if db.is_sqlite():
        assert list(scans("select f.id from feedback f where f.status = :status"))
        assert list(scans('SELECT "t1"."id" FROM "letter" AS "t1" WHERE ("t1"."name" = ?)'))
        assert not list(scans("select id from letter where id = :id"))
