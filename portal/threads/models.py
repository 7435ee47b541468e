"""Message: what both sides read. Note: what only the studio reads.

Two tables, so that no query for a client's page can meet a note. Which of the two is written is
decided by the function that is called, and that by the route: never by a field of a form.
"""

import datetime as dt

import peewee

from portal.access.models import User
from portal.core import canonical, clock, db
from portal.core.errors import DomainError
from portal.core.fields import ProseField, UTCDateTimeField, plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project

AGAIN_SECONDS = 60  # The same words again within it are one press too many, not a second message.


class Message(db.Model):
    """What one person wrote for both sides, on one subject."""

    project = peewee.ForeignKeyField(Project, backref="messages")
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    number = peewee.IntegerField()  # Counts from 1 in its thread: a gap would tell of others.
    author = peewee.ForeignKeyField(User)
    text = ProseField()
    is_question = peewee.BooleanField(default=False)  # The studio waits for the client's answer.
    did = peewee.CharField(max_length=40, default="")  # What was done with it: "addressed".
    posted_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "subject_kind", "subject_number", "number"), True),)


class Note(db.Model):
    """What one person of the studio wrote for the studio, on one subject."""

    project = peewee.ForeignKeyField(Project, backref="notes")
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    number = peewee.IntegerField()
    author = peewee.ForeignKeyField(User)
    text = ProseField()
    posted_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "subject_kind", "subject_number", "number"), True),)


def reply(topic, *, by, text, is_question=False):
    """Post a message that both sides read, and return it. Raises DomainError without words.

    `is_question` says that the studio waits for the client's answer.
    """
    with topic.project.change():
        asks = is_question and by.is_studio
        message, is_new = _write(Message, topic, by, text, is_question=asks)
        if is_new:
            _record(Verb.MESSAGE_POSTED, topic, message)
            topic.replied(message)
    return message


def note(topic, *, by, text):
    """Write a note that only the studio reads, and return it. Raises DomainError without words."""
    if not by.is_studio:
        raise ValueError("a note is the studio's own")
    with topic.project.change():
        written, is_new = _write(Note, topic, by, text)
        if is_new:
            _record(Verb.NOTE_WRITTEN, topic, written)
    return written


def say(topic, *, by, text, did):
    """Put a deed into the thread, with the words it was done with, and return the message.

    Call it inside the change that does it: the deed is the fact on record and sends the letters.
    """
    db.check_inside()
    return _add(Message, topic, _last(Message, topic), by, text, did=did)


def on(model, topic):
    """Return a topic's messages or notes, as a query."""
    return model.select().where(
        model.project == topic.project_id,
        model.subject_kind == topic.KIND,
        model.subject_number == topic.number,
    )


def _write(model, topic, by, text, **more):
    text = plain(text).strip()
    if not text:
        raise DomainError("Write something first.")
    last = _last(model, topic)
    if last and _is_again(last, by, text):
        return last, False
    return _add(model, topic, last, by, text, **more), True


def _last(model, topic):
    return on(model, topic).order_by(model.number.desc()).first()


def _add(model, topic, last, by, text, **more):
    return model.create(
        project=topic.project,
        subject_kind=topic.KIND,
        subject_number=topic.number,
        number=last.number + 1 if last else 1,
        author=by,
        text=text,
        **more,
    )


def _is_again(last, by, text):
    since = clock.now() - dt.timedelta(seconds=AGAIN_SECONDS)
    return last.author_id == by.id and last.text == text and last.posted_at >= since


def _record(verb, topic, written):
    facts = {"message": written.number, "text_sha256": canonical.sha256(written.text)}
    record(verb, topic, by=written.author, **facts)
