"""What only the studio sees of pins: its notes.

A client's page never comes here: it is made of `talk.Talk`, which knows nothing of this module.
"""

from functools import cached_property

from portal.access.models import User
from portal.core.read import Read
from portal.prototypes.talk import Talk
from portal.threads import audience, desk, mentions
from portal.threads.models import is_settled

_NOTES = Read(
    """select u.id, u.name, u.title, u.client_id, u.house_role, n.text as said, n.number,
              n.posted_at, n.edited_at,
              exists (select 1 from note_file f where f.written_id = n.id) as has_files
       from note n join "user" u on u.id = n.author_id
       where n.project_id = :project and n.subject_kind = 'pin' and n.subject_number = :number
       order by n.number""",
    model=User,
)
_NOTED = Read(
    """select n.subject_number as pin, count(*) as notes
       from note n join pin p on p.project_id = n.project_id and p.number = n.subject_number
       join prototype_version v on v.id = p.version_id
       where n.project_id = :project and n.subject_kind = 'pin' and v.prototype_id = :prototype
       group by n.subject_number"""
)


class Aside(Talk):
    """The thread of a pin with the studio's notes beside it."""

    is_aside = True

    @cached_property
    def notes(self):
        return _NOTES.all(project=self.pin.project_id, number=self.pin.number)

    @cached_property
    def note_files(self):
        """The files of its notes, by the number of the note."""
        return desk.files(self.pin) if any(note.has_files for note in self.notes) else {}

    def can_edit_note(self, note):
        return note.id == self.reader.id and not is_settled(note.posted_at)

    @property
    def last_note(self):
        return self.notes[-1].number if self.notes else 0

    @property
    def note_names(self):
        """Who can be named with an @ in a note."""
        return mentions.of_note(self.people)

    @property
    def note_told(self):
        """Who is mailed when this reader writes a note: first names as a sentence lists them."""
        wrote = {note.id for note in self.notes} | self.writers
        told = audience.of_note(
            self.people, by=self.reader, assigned=self.pin.assigned(), writers=wrote
        )
        return audience.names([person.first_name for person in told])


def noted(version):
    """Return how many notes each pin of the version's prototype has, by the pin's number."""
    rows = _NOTED.all(project=version.project.id, prototype=version.prototype_id)
    return {row.pin: row.notes for row in rows}
