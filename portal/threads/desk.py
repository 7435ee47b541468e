"""What only the studio sees of a thread: its notes, with their files.

A client's page never comes here: it is made of `page.Page`, which knows nothing of this module.
"""

from functools import cached_property

from portal.access.models import User
from portal.core.read import Read
from portal.storage.models import Blob
from portal.threads import audience, mentions, queries
from portal.threads.models import UNSHARED, Note, NoteFile, is_settled
from portal.threads.page import Page, first_new

_NOTES = Read(
    """select {n}, {u} from note n join "user" u on u.id = n.author_id
       where n.project_id = :project and n.subject_kind = :kind and n.subject_number = :number
         and n.number < :before order by n.number desc limit :rows""",
    models={"n": Note, "u": User},
)
_FILES = Read(
    """select {f}, {b}, {s} from note n join note_file f on f.written_id = n.id
       join blob b on b.id = f.blob_id left join blob s on s.id = f.small_id
       where n.project_id = :project and n.subject_kind = :kind and n.subject_number = :number
         and n.number >= :first and n.number < :before order by f.id""",
    models={"f": NoteFile, "b": Blob, "s": Blob},
)
_SAID = Read(
    """select u.id, u.name, u.title, u.client_id, u.house_role, n.text as said, n.number,
              n.posted_at, n.edited_at,
              exists (select 1 from note_file f where f.written_id = n.id) as has_files
       from note n join "user" u on u.id = n.author_id
       where n.project_id = :project and n.subject_kind = :kind and n.subject_number = :number
       order by n.number""",
    model=User,
)
_ALL_FILES = Read(
    """select {f}, {b}, {s}, {n} from note n join note_file f on f.written_id = n.id
       join blob b on b.id = f.blob_id left join blob s on s.id = f.small_id
       where n.project_id = :project and n.subject_kind = :kind and n.subject_number = :number
       order by f.id""",
    models={"f": NoteFile, "b": Blob, "s": Blob, "n": Note},
)


class AllNotes:
    """Mixed into the page of a thing beside which the studio reads all its notes.

    That page knows its `topic`, its `reader`, the `people` who may read it and its `writers`.
    """

    @cached_property
    def notes(self):
        """The notes, the oldest first: each is its author, with what was `said`."""
        return _SAID.all(**queries.about(self.topic))

    @cached_property
    def note_files(self):
        """The files of the notes, by the number of the note."""
        if not any(note.has_files for note in self.notes):
            return {}
        return queries.by_number(_ALL_FILES.all(**queries.about(self.topic)))

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
            self.people, by=self.reader, assigned=self.assigned(), writers=wrote
        )
        return audience.names([person.first_name for person in told])

    def assigned(self):
        """The ids of those in whose hands it is."""
        return self.topic.assigned()

    def can_edit_note(self, note):
        return note.id == self.reader.id and not is_settled(note.posted_at)


class Desk(Page):
    """A thread with the studio's notes beside it."""

    is_desk = True
    unshared = UNSHARED

    def __init__(self, topic, reader, before=None, notes_before=None):
        super().__init__(topic, reader, before)
        self.notes_before = notes_before or queries.NEWEST

    @cached_property
    def is_shared(self):
        return self.topic.is_shared

    @cached_property
    def notes(self):
        return queries.written(_NOTES, _FILES, self.topic, self.notes_before, self.rows)

    @property
    def earlier_notes(self):
        first = self.notes[0].number if self.notes else 1
        return first if first > 1 else None

    @property
    def is_newest(self):
        return super().is_newest and self.notes_before == queries.NEWEST

    @property
    def note_names(self):
        """Who can be named with an @ in a note."""
        return mentions.of_note(self.people)

    @cached_property
    def note_told(self):
        """Who is mailed when this reader writes a note: first names as a sentence lists them."""
        told = audience.of_internal(self.topic, self.reader)
        return audience.names([person.first_name for person in told])

    @cached_property
    def first_new_note(self):
        seen = self.mark.note_number if self.mark else 0
        return first_new(self.notes, seen, self.reader) if seen else None

    @property
    def last_note(self):
        return self.notes[-1].number if self.notes else 0
