"""The letters of the story: each leaves when its time has come, not when the story is told."""

import datetime as dt

from portal.core import clock
from portal.mail import message
from portal.mail.models import Letter, LetterStatus
from portal.notices import batches

ON_ITS_WAY = dt.timedelta(seconds=4)
STAYS = "It belongs to the demo's past, so it was not mailed."


def send_letters(until):
    """Put every letter that is due by then into the demo's mailbox, at its own time.

    Where letters leave by a mail server they stay here instead: the story's people are not real.
    """
    due = (Letter.status == LetterStatus.WAITING) & (Letter.next_try_at <= until - ON_ITS_WAY)
    gathering = Letter.status == LetterStatus.GATHERING
    if not message.mail_url().startswith("file:"):
        Letter.update(status=LetterStatus.SKIPPED, error=STAYS).where(due | gathering).execute()
    gather_letters(until)
    for letter in Letter.select().where(due).order_by(Letter.next_try_at, Letter.id):
        with clock.at(letter.next_try_at + ON_ITS_WAY):
            letter.deliver()


def gather_letters(until):
    """Let each person's letters be gathered at the hour for which they wait."""
    ready = (Letter.status == LetterStatus.GATHERING) & (Letter.next_try_at <= until - ON_ITS_WAY)
    while first := Letter.select().where(ready).order_by(Letter.next_try_at).first():
        with clock.at(first.next_try_at):
            batches.gather(first.user_id)
