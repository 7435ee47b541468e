"""Letting go what waited for its hour: one mail for all of it."""

import logging

from portal.access.models import User
from portal.core import clock, db
from portal.core.read import Read
from portal.mail import jobs as mail_jobs
from portal.mail.models import Letter, LetterStatus
from portal.notices.models import Rhythm
from portal.notices.pacing import GATHER, Habit

DIGEST = "digest"
ROUND_PEOPLE = 200  # What one sweep takes on, so that a round ends.

log = logging.getLogger(__name__)

_READY = Read(
    """select user_id, min(next_try_at) as first_at from letter
       where status = 'gathering' and next_try_at <= :now
       group by user_id order by min(next_try_at), user_id limit :people"""
)


def sweep():
    """Let go whatever has come to its hour, person by person."""
    for row in _READY.all(now=clock.key(clock.now()), people=ROUND_PEOPLE):
        try:
            gather(row.user_id)
        except Exception:  # The others get theirs; this one is tried again in a minute.
            log.exception("the letters of person %s could not be gathered", row.user_id)


def gather(user_id):
    """Make one mail of what this person waits for, and return it; None if nothing leaves now.

    One letter leaves as it is. More are carried by a digest, which says when it leaves what they
    would have said. What awaits an answer goes by itself and whatever the hour. Of two workers
    one finds them waiting.
    """
    now = clock.now()
    with db.change():
        rhythm, waiting = Rhythm.held(user_id), _waiting(user_id, now)
        awaited = [letter for letter in waiting if letter.is_urgent]
        others = [letter for letter in waiting if not letter.is_urgent]
        first = _one_mail(rhythm.user, awaited, now, is_urgent=True) if awaited else None
        return (_at_its_hour(rhythm, others, now) if others else None) or first


def _at_its_hour(rhythm, waiting, now):
    free = _habit(rhythm).free(now)
    if free > now:
        _change(waiting, next_try_at=free)
        return None
    rhythm.last_batch_at = now
    rhythm.save()
    return _one_mail(rhythm.user, waiting, now, is_urgent=False)


def _waiting(user_id, now):
    """Return the letters whose hour has come; what is due within minutes goes along."""
    mine = (Letter.user_id == user_id) & (Letter.status == LetterStatus.GATHERING)
    soon = Letter.next_try_at <= now + GATHER
    return list(Letter.select().where(mine, soon).order_by(Letter.id))


def _one_mail(person, waiting, now, *, is_urgent):
    if len(waiting) == 1:
        _change(waiting, status=LetterStatus.WAITING, next_try_at=now)
        db.after_commit(lambda: mail_jobs.deliver.later(waiting[0].id))
        return waiting[0]
    digest = Letter.write(DIGEST, to=person, context={}, is_urgent=is_urgent, **_about(waiting))
    _change(waiting, status=LetterStatus.GATHERED, carried_by_id=digest.id)
    return digest


def _about(waiting):
    """Name the project, where it is one: who left it meanwhile gets no letter about it."""
    projects = {letter.project_id for letter in waiting}
    return {"project_id": projects.pop()} if len(projects) == 1 else {}


def _change(letters, **columns):
    ids = [letter.id for letter in letters]
    Letter.update(**columns).where(Letter.id.in_(ids)).execute()


def _habit(rhythm):
    person: User = rhythm.user
    return Habit(
        zone=person.zone,
        is_contact=not person.is_studio,
        quiet_from_hour=rhythm.quiet_from_hour,
        quiet_until_hour=rhythm.quiet_until_hour,
        hour=rhythm.hour,
        last_batch_at=rhythm.last_batch_at,
    )
