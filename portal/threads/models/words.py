"""Message: what both sides read. Note: what only the studio reads. Each with its files and edits.

Two of every table, so that no query for a client's page can meet a note. Which of the two is
written is decided by the function that is called, and that by the route: never by a form's field.
"""

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.fields import LineField, ProseField, UTCDateTimeField
from portal.projects.models import Project
from portal.storage.models import Blob


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
    edited_at = UTCDateTimeField(null=True)

    class Meta:
        indexes = (
            (("project", "subject_kind", "subject_number", "number"), True),
            (("project", "posted_at"), False),
        )


class Note(db.Model):
    """What one person of the studio wrote for the studio, on one subject."""

    project = peewee.ForeignKeyField(Project, backref="notes")
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    number = peewee.IntegerField()
    author = peewee.ForeignKeyField(User)
    text = ProseField()
    posted_at = UTCDateTimeField(default=clock.now)
    edited_at = UTCDateTimeField(null=True)

    class Meta:
        indexes = (
            (("project", "subject_kind", "subject_number", "number"), True),
            (("project", "posted_at"), False),
        )


class MessageEdit(db.Model):
    """What a message said before its author put it otherwise."""

    written = peewee.ForeignKeyField(Message, backref="edits")
    text = ProseField()
    replaced_at = UTCDateTimeField(default=clock.now)


class NoteEdit(db.Model):
    """What a note said before its author put it otherwise."""

    written = peewee.ForeignKeyField(Note, backref="edits")
    text = ProseField()
    replaced_at = UTCDateTimeField(default=clock.now)


class MessageFile(db.Model):
    """A file that came with a message. `small` is a picture's light copy."""

    written = peewee.ForeignKeyField(Message, backref="files")
    blob = peewee.ForeignKeyField(Blob)
    small = peewee.ForeignKeyField(Blob, null=True)
    name = LineField()


class NoteFile(db.Model):
    """A file that came with a note: no client's page knows of this table."""

    written = peewee.ForeignKeyField(Note, backref="files")
    blob = peewee.ForeignKeyField(Blob)
    small = peewee.ForeignKeyField(Blob, null=True)
    name = LineField()


def on(model, topic):
    """Return a topic's messages or notes, as a query."""
    return model.select().where(
        model.project == topic.project_id,
        model.subject_kind == topic.KIND,
        model.subject_number == topic.number,
    )
