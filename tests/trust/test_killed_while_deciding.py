"""A process is killed without warning while it records one answer after the other."""

import os
import random
import subprocess
import sys
import time

import pytest
from peewee import fn

from portal.ledger.audit import audit
from portal.ledger.export import Extent
from portal.mail.models import Letter
from portal.scope.models import Amendment
from portal.settings import ROOT
from portal.signoff.models import Decision, Receipt, Seal, SignOff, SignOffStatus
from tests import make

pytestmark = pytest.mark.trust
KILLS = 50
QUESTIONS = 400
WORKS = """
import sys
from portal import connect
from portal.access.models import User
from portal.core.errors import DomainError
from portal.settings import Settings
from portal.signoff.models import SignOff
from tests import make

connect(Settings.from_env())
person = User.get(email=sys.argv[1])
print("ready", flush=True)
for sign_off in SignOff.select().where(SignOff.status == "open").order_by(SignOff.number):
    make.answer(sign_off, by=person)
"""


@pytest.fixture
def decides(settings):
    """`decides(person)` is a process that approves whatever is open, until it is killed."""
    ours = {
        "PORTAL_DATA": str(settings.data),
        "PORTAL_SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        "MAIL_URL": settings.mail_url,
        "REDIS_URL": "",
    }

    def start(person):
        command = [sys.executable, "-c", WORKS, person.email]
        pipes = {"stdout": subprocess.PIPE, "cwd": ROOT, "env": os.environ | ours}
        process = subprocess.Popen(command, **pipes)
        assert process.stdout.readline() == b"ready\n"
        return process

    return start


@pytest.mark.timeout(900)
def test_each_answer_is_whole_or_was_never_given(cast, decides):
    for _ in range(QUESTIONS):
        make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    chance = random.Random(4)
    for _ in range(KILLS):
        process = decides(cast.cleo)
        time.sleep(chance.uniform(0, 0.12))
        process.kill()
        process.communicate()
        assert_whole()
    assert Decision.select().count() > 0


def assert_whole():
    """No answer without its effect, its receipt, its promise of a seal and its letters."""
    approved = SignOff.select().where(SignOff.status == SignOffStatus.APPROVED).count()
    rows = [one.select().count() for one in (Decision, Receipt, Seal, Amendment)]
    assert rows == [approved] * 4
    told = Letter.select(fn.COUNT(fn.DISTINCT(Letter.event_id)))
    told = told.where(Letter.event_id.in_(Decision.select(Decision.event_id))).scalar()
    assert told == approved
    assert not audit(Extent()).wrong
