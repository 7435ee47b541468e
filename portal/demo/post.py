"""The letters of the story: each leaves when it was written, not when the story is told."""

import datetime as dt

from portal.core import clock
from portal.mail import message
from portal.mail.models import Letter, LetterStatus

ON_ITS_WAY = dt.timedelta(seconds=4)
STAYS = "It belongs to the demo's past, so it was not mailed."


def send_letters():
    """Put every letter into the demo's mailbox at its own time.

    Where letters leave by a mail server they stay here instead: the story's people are not real.
    """
    waiting = Letter.status == LetterStatus.WAITING
    if not message.mail_url().startswith("file:"):
        Letter.update(status=LetterStatus.SKIPPED, error=STAYS).where(waiting).execute()
    for letter in Letter.select().where(waiting).order_by(Letter.id):
        with clock.at(letter.created_at + ON_ITS_WAY):
            letter.deliver()
