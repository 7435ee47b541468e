"""What only the studio sees of a feedback.

A client's page never comes here: it is made of `page.Page`, which knows nothing of this module.
"""

from functools import cached_property

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
from portal.threads.desk import AllNotes

_HANDLED = """select h.assignee_id as assignee, h.severity, h.wakes_at, f.turn, {due} as due_at,
              cr.number as change
       from feedback f join handling h on h.feedback_id = f.id
       left join feedback_change t on t.feedback_id = f.id
       left join change_request cr on cr.id = t.change_id
       where f.id = :feedback"""
_ASIDE = Read(_HANDLED.format(due=DUE))


class Desk(AllNotes, Page):
    """One feedback on the producer's desk."""

    is_desk = True
    severities = tuple(Severity)

    @property
    def topic(self):
        return self.item

    def assigned(self):
        return {self.aside.assignee}

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
