"""ChangeRequest: what one side wants different. ChangeVersion: one priced answer to it.

A client's own words stand on the request; all else belongs to a version, of which a client gets
only the sealed snapshot.
"""

from enum import StrEnum
from functools import cached_property

import peewee

from portal.access.models import User
from portal.access.permissions import Permission
from portal.changes.models.drafting import SENT, Drafting
from portal.changes.models.origins import ChangeOrigin, origins_of
from portal.changes.models.parts import alternatives_of
from portal.changes.models.signing import Signing
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import (
    EnumField,
    JSONTextField,
    LineField,
    ProseField,
    UTCDateTimeField,
    line,
)
from portal.core.read import Read
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.scope import baseline
from portal.signoff import consequences
from portal.signoff.models import SignOff
from portal.signoff.subject import SubjectStatus, signable
from portal.signoff.talks import Sent, discussed

FINAL = "An approved change request is final. Only another one moves what it changed."


class Cause(StrEnum):
    """Why something has to change."""

    SCOPE = "scope"  # Somebody wants something different.
    BUDGET = "budget"  # The money does not reach: a funding request.


@discussed
class ChangeRequest(Sent, db.Model):
    """What one side wants different, numbered in its project."""

    KIND, SIGNED_AS = "change_request", "change"
    NOUN, PLACE = "change request", "changes"
    READ = Permission.CHANGE_READ

    project = peewee.ForeignKeyField(Project, backref="changes")
    number = peewee.IntegerField()
    raised_by = peewee.ForeignKeyField(User)
    cause = EnumField(Cause, default=Cause.SCOPE)
    asked_title = LineField(default="")  # In the client's own words; empty: the studio raised it.
    asked_why = ProseField(default="")
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def draft(cls, project, *, by, cause=Cause.SCOPE, came_of=(), figures=None):
        """Begin a change request of the studio's. The client learns of it when it is sent.

        `came_of` are the topics, a feedback or pins, that it is the answer to; `figures` the
        columns of MONEY that a funding request begins with.
        """
        with project.change():
            facts = {"number": project.next_number(cls), "raised_by": by, "cause": cause}
            change = cls.create(project=project, **facts)
            ChangeOrigin.keep(change, came_of)
            ChangeVersion.create(change=change, version=1, created_by=by, **(figures or {}))
            record(Verb.CHANGE_DRAFTED, change, by=by, version=1, cause=change.cause)
        return change

    @classmethod
    def ask(cls, project, *, by, title, why, came_of=()):
        """Let a client ask for a change; the studio prices it in a first version.

        `came_of` is as for a draft. Raises DomainError unless it says what and why.
        """
        if not line(title) or not line(why):
            raise DomainError("Say what should change, and why.")
        with project.change():
            words = {"asked_title": title, "asked_why": why}
            number = project.next_number(cls)
            change = cls.create(project=project, number=number, raised_by=by, **words)
            ChangeOrigin.keep(change, came_of)
            ChangeVersion.create(change=change, version=1, created_by=by, title=title, why=why)
            record(Verb.CHANGE_REQUESTED, change, by=by)
        return change

    @classmethod
    def find(cls, project, number):
        """Return the project's change request of that number with its versions, or None."""
        rows = _WHOLE.all(project=project.id, number=number)
        if not rows:
            return None
        change, _, change.raised_by, _ = rows[0]
        change.project = project
        change.history = list({version.id: version for _, version, _, _ in rows}.values())
        came_of = {origin.id: origin for _, _, _, origin in rows if origin.id}
        change.kept_origins = [came_of[key] for key in sorted(came_of)]
        for version in change.history:
            version.change = change
        return change

    @cached_property
    def history(self):
        """Every version, the newest first."""
        return list(self.versions.order_by(ChangeVersion.version.desc()))

    @property
    def current(self):
        """The version that counts: the signed one, or else the newest."""
        signed = [one for one in self.history if one.status == SubjectStatus.APPROVED]
        return (signed or self.history)[0]

    @cached_property
    def kept_origins(self):
        return list(self.came_of.order_by(ChangeOrigin.id))

    @cached_property
    def origins(self):
        """What it came of, as both sides may see it."""
        return origins_of(self)

    @property
    def is_asked(self):
        """True if a client raised it."""
        return bool(self.asked_title)

    @property
    def is_funding(self):
        return self.cause == Cause.BUDGET

    @property
    def noun(self):
        return "funding request" if self.is_funding else "change request"

    @property
    def label(self):
        return f"{self.noun} {self.number}"

    @property
    def is_shared(self):
        return self.is_asked or super().is_shared

    def drafted_title(self):
        return self.asked_title or self.current.title or "Untitled"

    def starters(self):
        return super().starters() | ({self.raised_by_id} if self.is_asked else set())

    def assigned(self):
        return {self.current.created_by_id, self.current.edited_by_id}

    def make_version(self, *, by):
        """Begin the next version with the words and the impacts of the last one.

        Raises Conflict while there is a draft, and once it is signed.
        """
        with self.project.change() as project:
            change = ChangeRequest.find(project, self.number)
            if change.current.is_draft:
                raise Conflict("There is a draft already.")
            if consequences.is_final(change.current.KIND, "wording", change.current.status):
                raise Conflict(FINAL)
            version = change.current.begin_next(by=by)
            record(Verb.CHANGE_DRAFTED, change, by=by, version=version.version, cause=change.cause)
        return version


@signable
class ChangeVersion(db.Model, Drafting, Signing):
    """One answer to a change request, priced. A draft can change, a sent version cannot."""

    change = peewee.ForeignKeyField(ChangeRequest, backref="versions")
    version = peewee.IntegerField()
    status = EnumField(SubjectStatus, default=SubjectStatus.DRAFT)
    title = LineField(default="")
    summary = LineField(default="")  # One sentence.
    why = ProseField(default="")
    silence = LineField(default="")  # What happens without an answer.
    valid_until_on = peewee.DateField(null=True)
    used_minor = peewee.BigIntegerField(null=True)  # Of a funding request: worked off so far,
    forecast_minor = peewee.BigIntegerField(null=True)  # what the whole will come to,
    as_of_on = peewee.DateField(null=True)  # and on which day both were looked at.
    edits = peewee.IntegerField(default=0)  # How often it was saved.
    edited_by = peewee.ForeignKeyField(User, null=True)
    edited_at = UTCDateTimeField(null=True)
    asks = JSONTextField(null=True)  # Whom to ask and by when, as ticked so far.
    created_by = peewee.ForeignKeyField(User)
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("change", "version"), True),)

    @classmethod
    def draft(cls, project, number):
        change = ChangeRequest.find(project, number)
        return change.current if change and change.current.is_draft else None

    @property
    def project(self):
        return self.change.project

    @property
    def number(self):
        return self.change.number

    @property
    def is_draft(self):
        return self.status == SubjectStatus.DRAFT

    @cached_property
    def baseline(self):
        """The project's baseline now."""
        return baseline.of(self.project)

    @cached_property
    def alternatives(self):
        """The ways to make the change, in order; at least one once it was written."""
        return alternatives_of(self)

    @property
    def recommended(self):
        """The alternative that is ticked at first, or None before anything was written."""
        return next((one for one in self.alternatives if one.is_recommended), None)

    @property
    def total_minor(self):
        return self.recommended.total_minor if self.recommended else 0

    def send(self, *, by, **asked):
        """Freeze it and ask these people, as `SignOff.request` takes them. Returns the sign-off.

        Raises DomainError with what is missing, Conflict if it is not a draft any more.
        """
        with self.project.change() as project:
            draft = ChangeVersion.draft(project, self.number)
            if draft != self:
                raise Conflict(SENT)
            terms = {"silence": draft.silence, "expires_on": draft.valid_until_on}
            return SignOff.request(draft, by=by, **asked, **terms)


_WHOLE = Read(
    """select {c}, {v}, {u}, {o} from change_request c join change_version v on v.change_id = c.id
       join "user" u on u.id = c.raised_by_id left join change_origin o on o.change_id = c.id
       where c.project_id = :project and c.number = :number order by v.version desc""",
    models={"c": ChangeRequest, "v": ChangeVersion, "u": User, "o": ChangeOrigin},
)
