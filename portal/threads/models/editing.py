"""Putting one's own words otherwise, for a quarter of an hour; what they were before is kept."""

import datetime as dt

from portal.core import canonical, clock
from portal.core.errors import Conflict, Forbidden
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.threads.models.words import Message, MessageEdit, Note, NoteEdit
from portal.threads.models.writing import worded

EDIT_MINUTES = 15  # A typing error is seen at once; what stood longer has been read and answered.
EDITS = {Message: MessageEdit, Note: NoteEdit}
VERBS = {Message: Verb.MESSAGE_EDITED, Note: Verb.NOTE_EDITED}


def edit(topic, written, *, by, text):
    """Put other words in the place of a message's or a note's, and return it.

    Letters that were sent stay as they were. Raises Forbidden for another's words, Conflict once
    it is too late, DomainError without words.
    """
    model, text = type(written), worded(text)
    with topic.project.change():
        now = model.get_by_id(written.id)
        _check(topic, now, by)
        if text != now.text:
            EDITS[model].create(written=now, text=now.text)
            now.text, now.edited_at = text, clock.now()
            now.save()
            facts = {"message": now.number, "text_sha256": canonical.sha256(text)}
            record(VERBS[model], topic, by=by, **facts)
    return now


def may_edit(topic, written, by):
    """Answer whether this person can still put it otherwise."""
    is_deed = bool(getattr(written, "did", ""))
    is_mine = written.author_id == by.id
    return is_mine and not (is_deed or topic.is_record) and not is_settled(written.posted_at)


def is_settled(posted_at):
    """Answer whether what was written then stays as it is."""
    return clock.now() > posted_at + dt.timedelta(minutes=EDIT_MINUTES)


def earlier(written):
    """Return what it said before, the first wording first: rows with `text` and `replaced_at`."""
    edits = EDITS[type(written)]
    return list(edits.select().where(edits.written == written).order_by(edits.id))


def _check(topic, written, by):
    if written.author_id != by.id:
        raise Forbidden("Only whoever wrote it can put it otherwise.")
    if topic.is_record or getattr(written, "did", ""):
        raise Conflict("This stands on record as it is. Write what should be added.")
    if not may_edit(topic, written, by):
        raise Conflict(
            f"It was written more than {EDIT_MINUTES} minutes ago, so it stays as it is."
            " Write what should be added."
        )
