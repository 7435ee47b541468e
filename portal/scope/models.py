"""ScopeItem: one thing the client will get. Amendment: a signed change to scope, budget, dates."""

from enum import StrEnum

import peewee

from portal.access.permissions import Permission
from portal.core import canonical, clock, db
from portal.core.fields import EnumField, LineField, ProseField, UTCDateTimeField, line, plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.signoff.models import Decision
from portal.threads.topic import Discussed, topic


class Action(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    RESTORED = "restored"  # By a cancellation: exactly as it was before.


class Amendment(db.Model):
    """What one signature did. Its number is the number of the baseline it makes."""

    project = peewee.ForeignKeyField(Project, backref="amendments")
    number = peewee.IntegerField()
    decision = peewee.ForeignKeyField(Decision, backref="amendments", unique=True)
    kind = peewee.CharField(max_length=40)  # Of the subject that was signed.
    amount_minor = peewee.BigIntegerField()  # Excluding tax; the sum of its edits.
    launch_on = peewee.DateField(null=True)  # The new launch, if it moved.
    launch_before_on = peewee.DateField(null=True)  # What it moved the launch from.
    cancels = peewee.ForeignKeyField("self", null=True, unique=True)  # The one it undoes.
    made_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def make(cls, decision, *, kind, edits, launch_on=None, cancels=None):
        """Let a decision change the project. Call it inside the decision's transaction.

        `edits` are Edits. The project's launch moves with it. `cancels` is the amendment that
        this one undoes.
        """
        project = decision.project
        mine = Project.id == project.id
        amendment = cls.create(
            project=project,
            number=project.next_number(cls),
            decision=decision,
            kind=kind,
            amount_minor=sum(edit.price_minor for edit in edits),
            launch_on=launch_on,
            launch_before_on=Project.select(Project.launch_on).where(mine).scalar(),
            cancels=cancels,
        )
        for edit in edits:
            edit.write(amendment)
        if launch_on:
            Project.update(launch_on=launch_on).where(mine).execute()
        undone = {"cancels": cancels.number} if cancels else {}
        record(
            Verb.AMENDMENT_MADE,
            amendment,
            by=decision.actor,
            decision=decision.event.hash,
            amount={"minor": amendment.amount_minor, "currency": project.currency},
            launch=launch_on and launch_on.isoformat(),
            edits=[edit.facts() for edit in edits],
            **undone,
        )
        return amendment


@topic
class ScopeItem(Discussed, db.Model):
    """A place in the scope, numbered in its project. What stands there is the fold of its edits."""

    KIND, NOUN, PLACE = "scope_item", "scope item", "scope"
    READ = Permission.SCOPE_READ

    project = peewee.ForeignKeyField(Project, backref="scope_items")
    number = peewee.IntegerField()

    class Meta:
        indexes = ((("project", "number"), True),)

    @property
    def title(self):
        """What it is called now."""
        return self.edits.order_by(ScopeEdit.id.desc()).get().title


class ScopeEdit(db.Model):
    """What one amendment did to one item."""

    amendment = peewee.ForeignKeyField(Amendment, backref="edits")
    item = peewee.ForeignKeyField(ScopeItem, backref="edits")
    action = EnumField(Action)
    section = LineField(default="")
    title = LineField()
    detail = ProseField(default="")
    price_minor = peewee.BigIntegerField()  # What it adds to the sum; negative when it gives back.
    line = peewee.IntegerField(null=True)  # The line it comes from, in what was signed.


class Edit:
    """One intended edit: to a new item (`item=None`) or to one that is there."""

    def __init__(self, action, *, title, price_minor, item=None, section="", detail="", line=None):
        self.action, self.item = Action(action), item
        self.title, self.section, self.detail = title, section, detail
        self.price_minor, self.line = price_minor, line

    def write(self, amendment):
        project = amendment.project
        if self.item is None:
            self.item = ScopeItem.create(project=project, number=project.next_number(ScopeItem))
        ScopeEdit.create(
            amendment=amendment,
            item=self.item,
            action=self.action,
            section=self.section,
            title=self.title,
            detail=self.detail,
            price_minor=self.price_minor,
            line=self.line,
        )

    def facts(self):
        """Return what the ledger says of it: the words only as a hash."""
        return {
            "item": self.item.number,
            "action": str(self.action),
            "price_minor": self.price_minor,
            "words_sha256": words_sha256(self.section, self.title, self.detail),
        }


def words_sha256(section, title, detail):
    """Return the hash of an edit's words as they are kept (hex)."""
    return canonical.sha256(canonical.dump([line(section), line(title), plain(detail).strip()]))
