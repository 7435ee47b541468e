"""Keeping back letters about a fact that was taken back before they left."""

from portal.mail.models import Letter, LetterStatus

REASON = "Taken back before it left."
GONE = (LetterStatus.SENT, LetterStatus.GATHERED, LetterStatus.WAITING)


def recall(event_id, template):
    """Keep back what has not left yet. What a worker has in hand counts as gone."""
    waits = (Letter.status == LetterStatus.WAITING) & (Letter.attempts == 0)
    held = Letter.status.in_((LetterStatus.GATHERING, LetterStatus.HELD))
    unsent = Letter.update(status=LetterStatus.SKIPPED, error=REASON)
    unsent.where(*_about(event_id, template), waits | held).execute()


def who_has(event_id, template):
    """Return the ids of those to whom it has gone."""
    gone = Letter.select(Letter.user_id).where(*_about(event_id, template))
    return {letter.user_id for letter in gone.where(Letter.status.in_(GONE))}


def _about(event_id, template):
    return Letter.event_id == event_id, Letter.template == template
