"""Statement: what of the approved money is used on a day, and what the whole will come to."""

import peewee

from portal.access.models import User
from portal.changes.models import Cause, ChangeRequest
from portal.core import canonical, clock, dates, db, money
from portal.core.errors import DomainError
from portal.core.fields import LineField, UTCDateTimeField, line
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.scope import baseline
from portal.signoff.models.stand_ins import studio_day

NOTE_CHARACTERS = 250


class Statement(db.Model):
    """What the studio said of the money on one day. It is never changed: a later one counts.

    Amounts are minor units of the project's currency, excluding tax, as the client is charged.
    """

    project = peewee.ForeignKeyField(Project, backref="statements")
    number = peewee.IntegerField()
    as_of_on = peewee.DateField()
    used_minor = peewee.BigIntegerField()
    forecast_minor = peewee.BigIntegerField(null=True)  # Of the whole; None: not looked at.
    note = LineField(default="")
    author = peewee.ForeignKeyField(User)
    made_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def make(cls, project, *, by, used_minor, as_of_on, forecast_minor=None, note=""):
        """State how it stands at the end of a day, and tell the client.

        Raises DomainError while nothing is signed, for a day to come or before the last statement,
        for a forecast below what is used, and without a note if more than signed is named.
        """
        with project.change():
            approved_minor = baseline.of(project).total_minor
            said = cls(
                project=project,
                number=project.next_number(cls),
                as_of_on=as_of_on,
                used_minor=used_minor,
                forecast_minor=forecast_minor,
                note=line(note),
                author=by,
            )
            said.check(approved_minor, cls.latest(project))
            said.save()
            said.note_down(approved_minor)
        return said

    @classmethod
    def latest(cls, project):
        """Return the statement that counts, or None."""
        return cls.select().where(cls.project == project).order_by(cls.number.desc()).first()

    @property
    def most_minor(self):
        """The larger of what is used and what is forecast."""
        return max(self.used_minor, self.forecast_minor or 0)

    def ask_for_funding(self, *, by):
        """Begin a funding request with these figures. Returns the ChangeRequest."""
        names = ("used_minor", "forecast_minor", "as_of_on")
        figures = {name: getattr(self, name) for name in names}
        return ChangeRequest.draft(self.project, by=by, cause=Cause.BUDGET, figures=figures)

    def check(self, approved_minor, last):
        """Raise DomainError, in the words of whoever states it, for what cannot be."""
        if approved_minor <= 0:
            raise DomainError("Nothing is signed yet, so nothing of it can be used.")
        if self.used_minor < 0:
            raise DomainError("What is used is nothing or more.")
        if self.forecast_minor is not None and self.forecast_minor < self.used_minor:
            raise DomainError("The whole comes to at least what is used.")
        if self.as_of_on > studio_day():
            raise DomainError("That day has not come yet.")
        if last and self.as_of_on < last.as_of_on:
            day = dates.day(last.as_of_on)
            raise DomainError(f"The last statement is of {day}. A new one is of that day or later.")
        over_minor = self.most_minor - approved_minor
        if over_minor > 0 and not self.note:
            over = money.show(over_minor, self.project.currency, brief=True)
            more = f"{over} {self.project.currency} more than what is signed"
            raise DomainError(f"That is {more}. Say why: the client reads it.")

    def note_down(self, approved_minor):
        """Write it to the client's chain of the ledger."""
        currency = self.project.currency
        figures = {
            "used": self.used_minor,
            "forecast": self.forecast_minor,
            "approved": approved_minor,
        }
        said = {
            name: minor if minor is None else {"minor": minor, "currency": currency}
            for name, minor in figures.items()
        }
        record(
            Verb.BUDGET_STATED,
            self,
            by=self.author,
            as_of=self.as_of_on.isoformat(),
            note_sha256=canonical.sha256(self.note) if self.note else None,
            **said,
        )
