"""Feedback: what a client says of the work, and all that either side can do with it."""

import datetime as dt
from contextlib import contextmanager

import peewee

from portal.access.models import User
from portal.changes.models import ChangeRequest
from portal.core import canonical, clock, db
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.core.fields import EnumField, JSONTextField, ProseField, UTCDateTimeField, plain
from portal.feedback.models.parts import (
    FeedbackAssignment,
    FeedbackChange,
    FeedbackPicture,
    FeedbackStep,
    Verdict,
)
from portal.feedback.words import FeedbackStatus, Kind, StepKind, Turn, VerdictKind
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.prototypes.models import PinBatch
from portal.scope.models import ScopeItem
from portal.threads.topic import Topic, topic

TITLE_CHARACTERS = 120
AGAIN_MINUTES = 10  # The same words within it: a phone that lost the answer has sent them again.

NEW, TRIAGED = FeedbackStatus.NEW, FeedbackStatus.TRIAGED
RESOLVED, VERIFIED = FeedbackStatus.RESOLVED, FeedbackStatus.VERIFIED


@topic
class Feedback(db.Model, Topic):
    """One thing that somebody of the client said, numbered in its project."""

    KIND = NOUN = PLACE = "feedback"

    project = peewee.ForeignKeyField(Project, backref="feedback")
    number = peewee.IntegerField()
    kind = EnumField(Kind)
    text = ProseField()
    filed_by = peewee.ForeignKeyField(User)
    filed_at = UTCDateTimeField(default=clock.now)
    status = EnumField(FeedbackStatus, default=NEW)
    turn = EnumField(Turn, default=Turn.STUDIO)
    turned_at = UTCDateTimeField(default=clock.now)  # Since when it is that side's turn.
    is_contested = peewee.BooleanField(default=False)
    verdicts = peewee.IntegerField(default=0)  # How many were given; the last one counts.
    place = JSONTextField()  # Where it was seen: page, viewport, device, as far as we were told.
    source_kind = peewee.CharField(max_length=40, null=True)  # "prototype": a batch of pins.
    source_number = peewee.IntegerField(null=True)

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("project", "turn", "turned_at"), False),
        )

    @classmethod
    def file(cls, project, *, by, kind, text, place=None, pictures=(), source=(None, None)):
        """File it, and return it. Raises DomainError without words.

        `pictures` are what `pictures.keep` returned, `source` is the kind and number of what it
        was said about. The same words from the same person soon after are the same feedback.
        """
        text = said(text, "Say in a few words what you noticed.")
        with project.change():
            return cls._again(project, by, text) or cls._file(
                project,
                pictures,
                filed_by=by,
                kind=kind,
                text=text,
                place=place or {},
                source_kind=source[0],
                source_number=source[1],
            )

    @classmethod
    def _again(cls, project, by, text):
        since = clock.now() - dt.timedelta(minutes=AGAIN_MINUTES)
        mine = (cls.project == project, cls.filed_by == by, cls.filed_at >= since)
        last = cls.select().where(*mine).order_by(cls.number.desc()).first()
        return last if last and last.text == text else None

    @classmethod
    def _file(cls, project, pictures, **columns):
        item = cls._create(project, **columns)
        for picture in pictures:
            FeedbackPicture.create(
                feedback=item, blob=picture.blob, small=picture.small, name=picture.name
            )
        record(
            Verb.FEEDBACK_FILED,
            item,
            by=item.filed_by,
            kind=str(item.kind),
            text_sha256=canonical.sha256(item.text),
            pictures=[picture.blob.sha256 for picture in pictures],
        )
        return item

    @classmethod
    def of_pins(cls, batch, text):
        """File what a published batch of pins says. The publishing is the fact on record.

        Call it inside the transaction that publishes.
        """
        return cls._create(
            batch.project,
            filed_by=batch.author,
            filed_at=batch.published_at,
            kind=Kind.CHANGE,
            text=text,
            place={},
            source_kind="prototype",
            source_number=batch.number,
        )

    @classmethod
    def _create(cls, project, **columns):
        return cls.create(project=project, number=project.next_number(cls), **columns)

    @property
    def title(self):
        """The first line, cut where it gets too long for a heading."""
        line = self.text.split("\n", 1)[0].strip()
        if len(line) <= TITLE_CHARACTERS:
            return line
        return line[:TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"

    @property
    def rest(self):
        """What the title does not say: the other lines, or all of it if the title was cut."""
        if self.title.endswith("…"):
            return self.text
        return self.text.partition("\n")[2].strip()

    @property
    def studio_path(self):
        return f"/inbox/{self.project.slug}/{self.number}"

    @property
    def verdict(self):
        """The verdict that counts, or None."""
        return self.given.order_by(Verdict.id.desc()).first()

    @property
    def assignee(self):
        """Who of the studio has it in hand, or None. The studio's own business."""
        assigned = FeedbackAssignment.get_or_none(feedback=self)
        return assigned and assigned.user

    def starters(self):
        return {self.filed_by_id}

    def assigned(self):
        return {
            row.user_id
            for row in FeedbackAssignment.select().where(FeedbackAssignment.feedback == self)
        }

    # The studio's side.

    def give_verdict(self, kind, *, by, reason, seen, scope_item=None):
        """Judge it against what was signed. `reason` is what the client reads.

        `seen` is how many verdicts the giver knew of: Conflict if another came since, or if it
        is resolved. `scope_item` is the number of the item it is measured by. Returns the Verdict.
        """
        reason = said(reason, "Say why: the client reads it.")
        with self._changing():
            if self.verdicts != seen:
                raise Conflict(f"{self.verdict.by.name} gave a verdict meanwhile. Read it first.")
            if self.status.is_over:
                raise Conflict(f"This is {self.status}. A verdict comes before that.")
            verdict = Verdict.create(
                feedback=self,
                kind=kind,
                reason=reason,
                scope_item=self._scope_item(scope_item),
                by=by,
            )
            if self.status == NEW:
                self.move("status", was=NEW, to=TRIAGED)
            self._set(verdicts=seen + 1, is_contested=False)
            self._pass_to(self._whose_turn())
            facts = {"verdict": str(verdict.kind), "scope_item": scope_item}
            sealed = canonical.sha256(reason)
            record(Verb.VERDICT_GIVEN, self, by=by, **facts, reason_sha256=sealed)
        return verdict

    def resolve(self, *, by, words=""):
        """Say that nothing more is to be done; the client looks at it next.

        Raises DomainError if it must be judged first, Conflict while the verdict is contested.
        """
        with self._changing():
            was = self.status if self.status in (NEW, TRIAGED) else TRIAGED
            if was == NEW and self.kind.needs_verdict:
                raise DomainError("Give a verdict first, so that the client knows how it stands.")
            if self.is_contested:
                raise Conflict("The client contests the verdict. Answer that with a new one first.")
            self.move("status", was=was, to=RESOLVED)
            self._step(StepKind.RESOLVED, Verb.FEEDBACK_RESOLVED, by, plain(words).strip())

    def assign(self, user, *, by):
        """Put it in somebody's hand, or in nobody's. No client ever learns of it."""
        with self._changing() as project:
            if user and user.id not in {one.id for one in project.people() if one.is_studio}:
                raise DomainError("Only people of the studio on this project can take it.")
            if user == self.assignee:
                return
            FeedbackAssignment.delete().where(FeedbackAssignment.feedback == self).execute()
            if user:
                FeedbackAssignment.create(feedback=self, user=user, by=by)
            record(Verb.FEEDBACK_ASSIGNED, self, by=by, person=user and user.identity)

    def turn_into_change(self, *, by):
        """Draft a change request with its words, and return it; the same one the second time."""
        with self.project.change() as project:
            made = FeedbackChange.get_or_none(feedback=self)
            if made:
                return made.change
            change = ChangeRequest.draft(project, by=by, came_of=[self, *self._pins()])
            words = {"title": self.title, "why": self.text}
            change.current.write([], by=by, edits=0, **words)
            FeedbackChange.create(feedback=self, change=change)
        return change

    def _pins(self):
        """Return the pins it was filed with, if it is a published batch of them."""
        if self.source_kind != "prototype":
            return []
        batch = PinBatch.get_or_none(project=self.project_id, number=self.source_number)
        return batch.in_order() if batch else []

    # The client's side.

    def verify(self, *, by):
        """Say that it is solved."""
        self._check_client(by)
        with self._changing():
            self.move("status", was=RESOLVED, to=VERIFIED)
            self._step(StepKind.VERIFIED, Verb.FEEDBACK_VERIFIED, by)

    def reopen(self, *, by, reason):
        """Say that it is not solved after all, and why."""
        self._check_client(by)
        reason = said(reason, "Say what is still wrong.")
        with self._changing():
            was = self.status if self.status.is_over else RESOLVED
            self.move("status", was=was, to=TRIAGED if self.verdicts else NEW)
            self._step(StepKind.REOPENED, Verb.FEEDBACK_REOPENED, by, reason)

    def contest(self, *, by, reason):
        """Disagree with the verdict, once, and say why. The next verdict answers it."""
        self._check_client(by)
        reason = said(reason, "Say why you see it otherwise.")
        with self._changing():
            if self.status != TRIAGED or not self.verdicts:
                raise Conflict("There is no verdict to contest now.")
            if self.is_contested:
                raise Conflict("This verdict is contested already. The studio answers next.")
            self._set(is_contested=True)
            self._step(StepKind.CONTESTED, Verb.FEEDBACK_CONTESTED, by, reason)

    def replied(self, message):
        """A client's message makes it the studio's turn; a question of the studio the client's."""
        with self._changing():
            if not message.author.is_studio:
                self._pass_to(Turn.STUDIO)
            elif message.is_question:
                self._pass_to(Turn.CLIENT)
            elif self.turn == Turn.STUDIO:
                self._pass_to(self._whose_turn())

    @contextmanager
    def _changing(self):
        """One change to it, made on the row as it is now."""
        with self.project.change() as project:
            self.__data__.update(Feedback.get_by_id(self.id).__data__)
            yield project

    def _step(self, kind, verb, by, words=""):
        FeedbackStep.create(feedback=self, kind=kind, by=by, words=words)
        self._pass_to(self._whose_turn())
        sealed = canonical.sha256(words) if words else None
        record(verb, self, by=by, words_sha256=sealed)

    def _whose_turn(self):
        """Return who has to act where it stands, whatever was said since."""
        if self.status == VERIFIED:
            return Turn.NOBODY
        if self.status == RESOLVED:
            return Turn.CLIENT
        is_left = self.verdicts and self.verdict.kind == VerdictKind.OUT_OF_SCOPE
        return Turn.CLIENT if is_left and not self.is_contested else Turn.STUDIO

    def _pass_to(self, turn):
        """Make it that side's turn. If it is already, they have had it since then."""
        Feedback.update(turn=turn, turned_at=clock.now()).where(
            Feedback.id == self.id, Feedback.turn != turn
        ).execute()
        self.__data__["turn"] = turn

    def _set(self, **columns):
        Feedback.update(**columns).where(Feedback.id == self.id).execute()
        self.__data__.update(columns)

    def _scope_item(self, number):
        if number is None:
            return None
        found = ScopeItem.get_or_none(project=self.project_id, number=number)
        if found is None:
            raise DomainError(f"There is no scope item {number}.")
        return found

    def _check_client(self, by):
        if by.is_studio:
            raise Forbidden("The answer to this is the client's.")


def said(text, sentence):
    """Return typed words as they are kept. Raises DomainError(sentence) if there are none."""
    text = plain(text).strip()
    if not text:
        raise DomainError(sentence)
    return text
