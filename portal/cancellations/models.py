"""Cancellation: one proposal to undo what was signed. Signed by the client, it becomes an amendment."""

from functools import cached_property

import peewee

from portal.access.models import User
from portal.access.permissions import Permission
from portal.cancellations import inverse, sheet
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import EnumField, ProseField, UTCDateTimeField, plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.scope import baseline
from portal.scope.models import Amendment, Edit, ScopeItem
from portal.scope.moving import MovesBaseline
from portal.signoff.models import Decision, SignOff, SignOffStatus
from portal.signoff.models.cancelling import cancel
from portal.signoff.parties import party
from portal.signoff.subject import SubjectStatus, signable
from portal.signoff.talks import Sent, discussed
from portal.studio.models import Studio

FORMAT = "cancellation/1"
SENT = "A sent cancellation cannot change. Make a new version."


class Incomplete(DomainError):
    """It cannot be sent yet; the message says what is missing."""


@discussed
@signable
class Cancellation(Sent, db.Model, MovesBaseline):
    """One wording of the proposal to undo one approved sign-off."""

    KIND = SIGNED_AS = NOUN = "cancellation"
    PLACE = "cancellations"
    READ = Permission.SIGN_OFF_READ
    SHEET = "cancellations/_sheet.html"
    CAN_BE_CANCELLED = False
    IS_CHANGE = True

    project = peewee.ForeignKeyField(Project, backref="cancellations")
    number = peewee.IntegerField()
    version = peewee.IntegerField()
    sign_off = peewee.ForeignKeyField(SignOff)  # What it undoes.
    reason = ProseField(default="")
    status = EnumField(SubjectStatus, default=SubjectStatus.DRAFT)
    created_by = peewee.ForeignKeyField(User)
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number", "version"), True),)

    @classmethod
    def propose(cls, sign_off, *, by, reason):
        """Draft the cancellation of an approved sign-off, or word its draft anew. Returns it.

        Raises Conflict if it cannot be cancelled: not approved, cancelled, moved on since.
        """
        with sign_off.project.change() as project:
            sign_off = SignOff.get_by_id(sign_off.id)
            sign_off.project = project
            check(sign_off)
            last = cls.last_about(sign_off)
            if last is not None and last.is_draft:
                last.reason = reason
                last.save()
                project.revise(is_internal=True)
                return last
            number, version = (last.number, last.version + 1) if last else (0, 1)
            made = cls.create(
                project=project,
                number=number or project.next_number(cls),
                version=version,
                sign_off=sign_off,
                reason=reason,
                created_by=by,
            )
            record(Verb.CANCELLATION_DRAFTED, made, by=by, version=version)
        return made

    @classmethod
    def last_about(cls, sign_off):
        """Return the newest version of the cancellation of a sign-off, or None."""
        return cls.select().where(cls.sign_off == sign_off).order_by(cls.version.desc()).first()

    @classmethod
    def find(cls, project, number):
        """Return the newest version of the project's cancellation of that number, or None."""
        found = cls.select().where(cls.project == project, cls.number == number)
        return found.order_by(cls.version.desc()).first()

    @classmethod
    def last_sent(cls, project, number):
        """Return the sign-off of the newest version that was sent, or None."""
        about = {"project": project, "kind": cls.KIND, "subject_number": number}
        return SignOff.select().filter(**about).order_by(SignOff.version.desc()).first()

    @classmethod
    def draft(cls, project, number):
        found = cls.find(project, number)
        return found if found and found.is_draft else None

    def assigned(self):
        return {self.created_by_id}

    @property
    def is_draft(self):
        return self.status == SubjectStatus.DRAFT

    @property
    def title(self):
        return f"Cancellation of {self.sign_off.title}"

    @cached_property
    def decision(self):
        """The answer that decided what it undoes: the last yes."""
        return (
            Decision.select()
            .where(Decision.sign_off == self.sign_off_id)
            .order_by(Decision.id.desc())
            .get()
        )

    @cached_property
    def amendment(self):
        return amendment_of(self.sign_off)

    @cached_property
    def baseline(self):
        """The project's baseline now."""
        return baseline.of(self.project)

    @cached_property
    def undone(self):
        """What has to be undone, item by item."""
        number = self.amendment.number
        return inverse.undo(number, self.baseline, baseline.of(self.project, number - 1))

    def send(self, *, by, deciders, reviewers=(), **terms):
        """Freeze it and ask these people. Returns its sign-off.

        Raises DomainError with what is missing, Conflict if it can no longer be sent.
        """
        with self.project.change() as project:
            draft = type(self).draft(project, self.number)
            if draft != self:
                raise Conflict(SENT)
            draft.project = project
            return SignOff.request(draft, by=by, deciders=deciders, reviewers=reviewers, **terms)

    # What the engine asks.

    def check_ready(self):
        check(self.sign_off)
        if not plain(self.reason).strip():
            raise Incomplete("Say why it should be cancelled; the client reads it.")

    def snapshot(self):
        project, amendment = self.project, self.amendment
        launch = inverse.launch(amendment.number, self.baseline)
        return {
            "format": FORMAT,
            "kind": self.KIND,
            "project": {"slug": project.slug, "name": project.name},
            "studio": party(Studio.here()),
            "client": party(project.client),
            "number": self.number,
            "version": self.version,
            "title": self.title,
            "summary": f"{self.sign_off.label.capitalize()} is undone by both sides.",
            "why": self.reason,
            "currency": project.currency,
            "baseline": self.baseline.number,
            "cancels": {
                "sign_off": self.sign_off.number,
                "label": self.sign_off.label,
                "title": self.sign_off.title,
                "digest": self.sign_off.digest,
                "receipt": self.decision.receipts.get().name,
                "approved": self.decision.made_at.date().isoformat(),
                "amount": {"minor": amendment.amount_minor, "currency": project.currency},
            },
            "undone": [undo.facts(project.currency) for undo in self.undone],
            "total": {"minor": -amendment.amount_minor, "currency": project.currency},
            "launch": {
                "moves": launch.moves,
                "on": _iso(launch.on),
                "before": _iso(project.launch_on),
            },
            "silence": "",
            "valid_until": None,
        }

    offer = staticmethod(sheet.offer)
    difference = staticmethod(sheet.difference)

    def overtaken(self, snapshot):
        if self.sign_off.status != SignOffStatus.APPROVED:
            return f"{self.sign_off.label.capitalize()} is cancelled already."
        number, launch = self.amendment.number, snapshot["launch"]
        now = inverse.launch(number, self.baseline)
        if (now.moves, _iso(now.on)) != (launch["moves"], launch["on"]):
            return "The launch was moved after this was sent."
        return inverse.overtaken(number, self.baseline)

    def last_words(self, offer):
        return sheet.last_words(offer)

    def approved(self, decision, offer):
        """Undo it: every item, its sum and its launch, from the sealed snapshot."""
        items = {
            item.number: item
            for item in ScopeItem.select().where(ScopeItem.project == self.project)
        }
        edits = [
            Edit(
                undo.action,
                item=items[undo.item],
                section=undo.section,
                title=undo.title,
                detail=undo.detail,
                price_minor=undo.price_minor,
            )
            for undo in offer.sheet.undone
        ]
        original = self.amendment
        launch = inverse.launch(original.number, baseline.of(self.project))
        Amendment.make(decision, kind=self.KIND, edits=edits, launch_on=launch.on, cancels=original)
        if launch.moves and launch.on is None:
            Project.update(launch_on=None).where(Project.id == self.project_id).execute()
        cancel(self.sign_off, decision)


def check(sign_off):
    """Raise Conflict, in words, if what was signed here cannot be cancelled."""
    if sign_off.kind == Cancellation.KIND:
        raise Conflict("A cancellation is final. What it undid can be sent and signed anew.")
    if sign_off.status == SignOffStatus.CANCELLED:
        raise Conflict(f"{sign_off.label.capitalize()} is cancelled already.")
    if sign_off.status != SignOffStatus.APPROVED:
        raise Conflict("Only what was approved can be cancelled.")
    amendment = amendment_of(sign_off)
    if amendment is None:
        raise Conflict("This approval moved neither scope nor sums, so nothing can be undone.")
    reason = inverse.overtaken(amendment.number, baseline.of(sign_off.project))
    if reason:
        raise Conflict(reason)


def amendment_of(sign_off):
    """Return what the approval of a sign-off did to the project, or None: nothing."""
    return Amendment.select().join(Decision).where(Decision.sign_off == sign_off).first()


def _iso(on):
    return on and on.isoformat()
