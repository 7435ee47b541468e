"""Whose turn it is: what moves it from one side to the other, and the lock under which it moves."""

from contextlib import contextmanager

from portal.access.permissions import Permission
from portal.core import canonical, clock
from portal.core.errors import DomainError
from portal.core.fields import plain
from portal.feedback.models.handling import Handling
from portal.feedback.models.parts import FeedbackStep
from portal.feedback.words import FeedbackStatus, StepKind, Turn, VerdictKind
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.threads.topic import Topic


class Turning(Topic):
    """What every act on a feedback goes through."""

    READ = Permission.FEEDBACK_READ

    @property
    def handling(self):
        """How the studio handles it. The studio's own business."""
        return Handling.get(feedback=self)

    @property
    def is_final(self):
        """True once a contest was answered: the verdict stands, for both sides."""
        was_contested = self.steps.where(FeedbackStep.kind == StepKind.CONTESTED).exists()
        return was_contested and not self.is_contested

    def replied(self, message):
        """A client's message makes it the studio's turn; a question of the studio the client's."""
        with self._changing():
            self._heard(message.author)
            if not message.author.is_studio:
                self._pass_to(Turn.STUDIO)
            elif message.is_question:
                self._pass_to(Turn.CLIENT)
            elif self.turn == Turn.STUDIO:
                self._pass_to(self._whose_turn())

    def release(self):
        """Take it from whoever left: it is nobody's again. Call it inside the transaction."""
        self.handling.put(assignee=None, assigned_by=None, assigned_at=clock.now())
        record(Verb.FEEDBACK_ASSIGNED, self, by=SYSTEM, person=None)

    @contextmanager
    def _changing(self):
        """One change to it, made on the row as it is now."""
        with self.project.change() as project:
            self.__data__.update(type(self).get_by_id(self.id).__data__)
            yield project

    def _step(self, kind, verb, by, words="", turn=None):
        FeedbackStep.create(feedback=self, kind=kind, by=by, words=words)
        self._heard(by)
        self._pass_to(turn or self._whose_turn())
        sealed = canonical.sha256(words) if words else None
        record(verb, self, by=by, words_sha256=sealed)

    def _whose_turn(self):
        """Return who has to act where it stands, whatever was said since."""
        if self.status == FeedbackStatus.VERIFIED or self.merge:
            return Turn.NOBODY
        if self.status == FeedbackStatus.RESOLVED:
            return Turn.CLIENT
        verdict = self.verdicts and self.verdict
        is_left = verdict and verdict.kind == VerdictKind.OUT_OF_SCOPE
        if not is_left or self.is_contested:
            return Turn.STUDIO
        return Turn.NOBODY if self.is_final else Turn.CLIENT

    def _pass_to(self, turn):
        """Make it that side's turn. If it is already, they have had it since then."""
        if turn == self.turn:
            return
        if turn == Turn.STUDIO:
            self.handling.resume(self.turned_at)
        was = self.turn
        self._set(turn=turn, turned_at=clock.now())
        if was == Turn.NOBODY:
            self._check_holder()

    def _check_holder(self):
        """Take it from whoever left while it was done: it is open again."""
        here = {one.id for one in self.project.people()}
        if self.handling.assignee_id not in here | {None}:
            self.release()

    def _heard(self, by):
        """Note that this person said something that both sides can read."""
        if by.is_studio:
            self.handling.respond()
        else:
            self.handling.wake()

    def _set(self, **columns):
        cls = type(self)
        cls.update(**columns).where(cls.id == self.id).execute()
        self.__data__.update(columns)


def said(text, sentence):
    """Return typed words as they are kept. Raises DomainError(sentence) if there are none."""
    text = plain(text).strip()
    if not text:
        raise DomainError(sentence)
    return text
