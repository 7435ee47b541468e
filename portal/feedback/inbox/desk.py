"""What only the studio sees of a feedback.

A client's page never comes here: it is made of `page.Page`, which knows nothing of this module.
"""

from functools import cached_property

from portal.access.models import User
from portal.core import clock
from portal.core.filters import weekday_of
from portal.core.read import Read
from portal.feedback.inbox import alike, triage
from portal.feedback.inbox.shows import DUE
from portal.feedback.models import SavedReply
from portal.feedback.models.retreating import stands
from portal.feedback.page import Page
from portal.feedback.words import FeedbackStatus, Severity
from portal.scope import baseline
from portal.threads import audience, desk, mentions
from portal.threads.models import is_settled

_NOTES = Read(
    """select u.id, u.name, u.title, u.client_id, u.house_role, n.text as said, n.number,
              n.posted_at, n.edited_at,
              exists (select 1 from note_file f where f.written_id = n.id) as has_files
       from note n join "user" u on u.id = n.author_id
       where n.project_id = :project and n.subject_kind = 'feedback' and n.subject_number = :number
       order by n.number""",
    model=User,
)
_HANDLED = """select h.assignee_id as assignee, h.severity, h.wakes_at, f.turn, {due} as due_at,
              cr.number as change
       from feedback f join handling h on h.feedback_id = f.id
       left join feedback_change t on t.feedback_id = f.id
       left join change_request cr on cr.id = t.change_id
       where f.id = :feedback"""
_ASIDE = Read(_HANDLED.format(due=DUE))


class Desk(Page):
    """One feedback on the producer's desk."""

    is_desk = True
    severities = tuple(Severity)

    @cached_property
    def notes(self):
        return _NOTES.all(project=self.item.project_id, number=self.item.number)

    @cached_property
    def note_files(self):
        """The files of its notes, by the number of the note."""
        return desk.files(self.item) if any(note.has_files for note in self.notes) else {}

    def can_edit_note(self, note):
        return note.id == self.reader.id and not is_settled(note.posted_at)

    @property
    def last_note(self):
        return self.notes[-1].number if self.notes else 0

    @cached_property
    def aside(self):
        """How it is handled, and which change request was made of it (a number)."""
        return _ASIDE.one(feedback=self.item.id)

    @cached_property
    def alike(self):
        """The others that may say the same, the likeliest first."""
        return alike.alike(self.item)

    @cached_property
    def replies(self):
        """The studio's saved replies, as they are kept."""
        return SavedReply.every()

    @property
    def facts(self):
        """What the fields of a saved reply stand for here; empty: nothing."""
        item = self.item
        return {
            "first name": self.filed_by.first_name,
            "item": item.label,
            "title": item.title,
            "project": item.project.name,
            "due": self.aside.due_at and weekday_of(self.aside.due_at),
            "my name": self.reader.name,
        }

    @property
    def due(self):
        """When the client is owed an answer, in words; empty: nothing was promised."""
        return triage.due(self.aside)

    @property
    def is_late(self):
        return triage.is_late(self.aside)

    @property
    def is_asleep(self):
        return self.aside.wakes_at is not None and self.aside.wakes_at > clock.now()

    @property
    def colleagues(self):
        return [person for person in self.people if person.is_studio]

    @property
    def assignee(self):
        return next((one for one in self.colleagues if one.id == self.aside.assignee), None)

    @property
    def note_names(self):
        """Who can be named with an @ in a note."""
        return mentions.of_note(self.people)

    @property
    def note_told(self):
        """Who is mailed when this reader writes a note: first names as a sentence lists them."""
        wrote = {note.id for note in self.notes} | self.writers
        told = audience.of_note(
            self.people, by=self.reader, assigned={self.aside.assignee}, writers=wrote
        )
        return audience.names([person.first_name for person in told])

    @cached_property
    def scope(self):
        """The items that are signed now, each with its signature."""
        return [one for one in baseline.of(self.item.project).items if not one.is_removed]

    @cached_property
    def signed(self):
        number = self.verdict and self.verdict.scope_item
        return next((one for one in self.scope if one.number == number), None)

    @property
    def can_be_taken_back(self):
        """True while this reader can take back the verdict that they have just given."""
        given = self.verdict
        is_last = given is not None and self.talk[-1] is given
        is_mine = is_last and given.author.id == self.reader.id and not stands(given.at)
        return is_mine and not (self.aside.change or self.item.merged_into)

    @property
    def can_be_judged(self):
        return not (self.item.status.is_over or self.item.merged_into or self.is_final)

    @property
    def can_be_resolved(self):
        item = self.item
        is_judged = item.status == FeedbackStatus.TRIAGED or not item.kind.needs_verdict
        is_held = item.status.is_over or item.is_contested or item.merged_into
        return is_judged and not is_held
