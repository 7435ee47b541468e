"""What only the studio sees of a feedback.

A client's page never comes here: it is made of `page.Page`, which knows nothing of this module.
"""

from functools import cached_property

from portal.access.models import User
from portal.core.read import Read
from portal.feedback.page import Page
from portal.feedback.words import FeedbackStatus
from portal.scope import baseline
from portal.threads import audience, mentions

_NOTES = Read(
    """select u.id, u.name, u.title, u.client_id, u.house_role, n.text as said, n.number,
              n.posted_at
       from note n join "user" u on u.id = n.author_id
       where n.project_id = :project and n.subject_kind = 'feedback' and n.subject_number = :number
       order by n.number""",
    model=User,
)
_ASIDE = Read(
    """select a.user_id as assignee, cr.number as change
       from feedback f left join feedback_assignment a on a.feedback_id = f.id
       left join feedback_change t on t.feedback_id = f.id
       left join change_request cr on cr.id = t.change_id
       where f.id = :feedback"""
)


class Desk(Page):
    """One feedback on the producer's desk."""

    is_desk = True

    @cached_property
    def notes(self):
        return _NOTES.all(project=self.item.project_id, number=self.item.number)

    @cached_property
    def aside(self):
        """Who has it in hand (an id), and which change request was made of it (a number)."""
        return _ASIDE.one(feedback=self.item.id)

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
    def can_be_judged(self):
        return not self.item.status.is_over

    @property
    def can_be_resolved(self):
        item = self.item
        is_judged = item.status == FeedbackStatus.TRIAGED or not item.kind.needs_verdict
        return is_judged and not item.status.is_over and not item.is_contested
