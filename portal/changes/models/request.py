"""ChangeRequest: what one side wants different. ChangeVersion: one priced answer to it.

Impact: what a version does to one scope item. A client's own words stand on the request; all
else belongs to a version, of which a client gets only the sealed snapshot.
"""

from functools import cached_property

import peewee

from portal.access.models import User
from portal.changes.effects import Effect, total_minor
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
from portal.scope.models import Action, ScopeItem
from portal.signoff.models import Rule, SignOff
from portal.signoff.subject import SubjectStatus, signable

SENT = "A sent change request cannot change. Make a new version."
FINAL = "An approved change request is final. Only another one moves what it changed."
WORDS = ("title", "summary", "why", "launch_on", "silence", "valid_until_on")


class StaleDraft(Conflict):
    """Somebody else saved the draft after it was opened."""


class ChangeRequest(db.Model):
    """What one side wants different, numbered in its project."""

    project = peewee.ForeignKeyField(Project, backref="changes")
    number = peewee.IntegerField()
    raised_by = peewee.ForeignKeyField(User)
    asked_title = LineField(default="")  # In the client's own words; empty: the studio raised it.
    asked_why = ProseField(default="")
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def draft(cls, project, *, by):
        """Begin a change request of the studio's. The client learns of it when it is sent."""
        with project.change():
            change = cls.create(project=project, number=project.next_number(cls), raised_by=by)
            ChangeVersion.create(change=change, version=1, created_by=by)
            record(Verb.CHANGE_DRAFTED, change, by=by, version=1)
        return change

    @classmethod
    def ask(cls, project, *, by, title, why):
        """Let a client ask for a change; the studio prices it in a first version.

        Raises DomainError unless it says what and why.
        """
        if not line(title) or not line(why):
            raise DomainError("Say what should change, and why.")
        with project.change():
            words = {"asked_title": title, "asked_why": why}
            number = project.next_number(cls)
            change = cls.create(project=project, number=number, raised_by=by, **words)
            ChangeVersion.create(change=change, version=1, created_by=by, title=title, why=why)
            record(Verb.CHANGE_REQUESTED, change, by=by)
        return change

    @classmethod
    def find(cls, project, number):
        """Return the project's change request of that number with its versions, or None."""
        rows = _WHOLE.all(project=project.id, number=number)
        if not rows:
            return None
        change = rows[0][0]
        change.project, change.history = project, [version for _, version, _ in rows]
        change.raised_by = rows[0][2]
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

    @property
    def is_asked(self):
        """True if a client raised it."""
        return bool(self.asked_title)

    def latest_sign_off(self):
        """Return the sign-off of the newest version that was sent, or None."""
        return (
            SignOff.select()
            .where(
                SignOff.project == self.project_id,
                SignOff.kind == ChangeVersion.KIND,
                SignOff.subject_number == self.number,
            )
            .order_by(SignOff.version.desc())
            .first()
        )

    def make_version(self, *, by):
        """Begin the next version with the words and the impacts of the last one.

        Raises Conflict while there is a draft, and once it is signed.
        """
        with self.project.change() as project:
            change = ChangeRequest.find(project, self.number)
            if change.current.is_draft:
                raise Conflict("There is a draft already.")
            if change.current.status == SubjectStatus.APPROVED:
                raise Conflict(FINAL)
            version = change.current.copy(by=by)
            record(Verb.CHANGE_DRAFTED, change, by=by, version=version.version)
        return version


@signable
class ChangeVersion(db.Model, Signing):
    """One answer to a change request, priced. A draft can change, a sent version cannot."""

    change = peewee.ForeignKeyField(ChangeRequest, backref="versions")
    version = peewee.IntegerField()
    status = EnumField(SubjectStatus, default=SubjectStatus.DRAFT)
    title = LineField(default="")
    summary = LineField(default="")  # One sentence.
    why = ProseField(default="")
    launch_on = peewee.DateField(null=True)  # The new launch, if it moves.
    silence = LineField(default="")  # What happens without an answer.
    valid_until_on = peewee.DateField(null=True)
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
    def impacts(self):
        """The rows of the draft as they were typed, each with its `item_number`."""
        return _IMPACTS.all(version=self.id)

    @property
    def effects(self):
        """What the rows come to beside the scope as it stands now."""
        return [Effect.of(one, self.baseline.item(one.item_number)) for one in self.impacts]

    @property
    def total_minor(self):
        return total_minor(self.effects)

    @property
    def new_launch_on(self):
        """The launch it asks for, or None if that is the one there is."""
        return None if self.launch_on == self.project.launch_on else self.launch_on

    # Drafting.

    def write(self, impacts, *, by, edits, **words):
        """Save the draft as it was typed by someone who had opened it after so many `edits`.

        `impacts` are dicts of Impact's columns, `item` being a scope item's number. Returns the
        draft. Raises Conflict if it is none any more, StaleDraft if it was saved since `edits`.
        """
        with self.project.change() as project:
            now = ChangeVersion.get_by_id(self.id)
            if not now.is_draft:
                raise Conflict(SENT)
            if now.edits != edits:
                other = now.edited_by or now.created_by
                raise StaleDraft(f"{other.name} saved this draft after you opened it.")
            stamp = {"edits": edits + 1, "edited_by": by, "edited_at": clock.now()}
            mine = ChangeVersion.id == self.id
            ChangeVersion.update(**words, **stamp).where(mine).execute()
            self._write_impacts(impacts)
            project.revise(is_internal=True)
        return ChangeVersion.draft(project, self.number)

    def _write_impacts(self, impacts):
        Impact.delete().where(Impact.version == self).execute()
        items = {
            item.number: item
            for item in ScopeItem.select().where(ScopeItem.project == self.project)
        }
        for position, row in enumerate(impacts):
            item = items.get(row["item"])
            Impact.create(**{**row, "version": self, "position": position, "item": item})

    def copy(self, *, by):
        """Make the next version, with the same words and impacts. Call it inside `change()`."""
        words = {name: getattr(self, name) for name in WORDS}
        version = ChangeVersion.create(
            change=self.change, version=self.version + 1, created_by=by, **words
        )
        columns = ("position", "action", "item_id", "section", "title", "detail", "price_minor")
        for impact in self.impacts:
            Impact.create(version=version, **{name: getattr(impact, name) for name in columns})
        return version

    def send(self, *, by, deciders, reviewers=(), rule=Rule.ANY, due_on=None):
        """Freeze it and ask these people. Returns the sign-off.

        Raises DomainError with what is missing, Conflict if it is not a draft any more.
        """
        if due_on and due_on < clock.now().date():
            raise DomainError("Nobody can answer by a day that has passed.")
        with self.project.change() as project:
            draft = ChangeVersion.draft(project, self.number)
            if draft != self:
                raise Conflict(SENT)
            terms = {"silence": draft.silence, "expires_on": draft.valid_until_on}
            people = {"deciders": deciders, "reviewers": reviewers, "rule": rule}
            return SignOff.request(draft, by=by, due_on=due_on, **people, **terms)


class Impact(db.Model):
    """One row of a draft: what happens to one scope item. What is missing may still be missing."""

    version = peewee.ForeignKeyField(ChangeVersion, backref="rows", on_delete="CASCADE")
    position = peewee.IntegerField()
    action = EnumField(Action)
    item = peewee.ForeignKeyField(ScopeItem, null=True)  # None for what is added.
    section = LineField(default="")
    title = LineField(default="")  # Empty: as it is called now.
    detail = ProseField(default="")
    price_minor = peewee.BigIntegerField(null=True)  # What it adds; negative when it gives back.


_WHOLE = Read(
    """select {c}, {v}, {u} from change_request c join change_version v on v.change_id = c.id
       join "user" u on u.id = c.raised_by_id
       where c.project_id = :project and c.number = :number order by v.version desc""",
    models={"c": ChangeRequest, "v": ChangeVersion, "u": User},
)
_IMPACTS = Read(
    """select m.*, i.number as item_number from impact m left join scope_item i on i.id = m.item_id
       where m.version_id = :version order by m.position""",
    model=Impact,
)
