"""ReadMark: how far one person has read one thread. Nobody else sees it."""

import peewee

from portal.access.models import Membership, User
from portal.core import clock, db
from portal.core.fields import UTCDateTimeField
from portal.projects.models import Project


class ReadMark(db.Model):
    """The last message and the last note of a thread that this person has had before them."""

    user = peewee.ForeignKeyField(User, backref="read_marks", on_delete="CASCADE")
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    message_number = peewee.IntegerField(default=0)
    note_number = peewee.IntegerField(default=0)
    read_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "user", "subject_kind", "subject_number"), True),)


def has_read(topic, *, by, message=0, note=0):
    """Note that a person has read a thread up to that message and that note. It never goes back."""
    note = note if by.is_studio else 0
    about = {"subject_kind": topic.KIND, "subject_number": topic.number}
    with topic.project.change():
        mark, _ = ReadMark.get_or_create(user=by, project=topic.project, **about)
        if message <= mark.message_number and note <= mark.note_number:
            return
        mark.message_number = max(message, mark.message_number)
        mark.note_number = max(note, mark.note_number)
        mark.read_at = clock.now()
        mark.save()
        mine = (Membership.user == by, Membership.project == topic.project)
        Membership.update(reads=Membership.reads + 1).where(*mine).execute()
