"""What becomes of a published pin: what the studio does about it, and what its side says to that."""

from contextlib import contextmanager
from enum import StrEnum

from portal.access.permissions import Permission
from portal.core import canonical, clock
from portal.core.errors import Conflict, DomainError
from portal.core.fields import plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.prototypes.models.versions import Prototype
from portal.threads.models import say
from portal.threads.topic import Topic

TITLE_CHARACTERS = 80
ANSWERED_AGAIN = "The studio answered this pin again meanwhile. Read that first."


class PinStatus(StrEnum):
    """open -> addressed -> verified, or won't change; from each of them open again."""

    OPEN = "open"
    ADDRESSED = "addressed"
    WONT_CHANGE = "wont_change"
    VERIFIED = "verified"


class Answering(Topic):
    """Mixed into Pin. Each step is a line of the pin's thread, and one fact on the ledger.

    A step can be taken on a replaced version too: the work shows in the next one.
    """

    KIND = NOUN = "pin"
    PLACE = "prototypes/pins"
    READ = Permission.PROTOTYPE_READ

    @property
    def is_addressed(self):
        """True while the studio owes it nothing more."""
        return self.status != PinStatus.OPEN

    @property
    def is_reopened(self):
        return self.status == PinStatus.OPEN and self.answered_at is not None

    @property
    def answer_seen(self):
        """What a form about the answer carries, so that it is not given to another one."""
        return clock.stamp(self.answered_at) if self.answered_at else ""

    # The studio's side.

    def address(self, answer, *, by):
        """Say what was done about it. The client reads the sentence.

        Raises DomainError without a sentence, Conflict if a colleague was faster.
        """
        words = said(answer, "Say what was done about it; the client reads it.")
        self._answer(PinStatus.ADDRESSED, words, Verb.PIN_ADDRESSED, by)

    def decline(self, reason, *, by):
        """Say that it stays as it is, and why: the client reads it. Raises as `address` does."""
        words = said(reason, "Say why it stays as it is; the client reads it.")
        self._answer(PinStatus.WONT_CHANGE, words, Verb.PIN_DECLINED, by)

    def _answer(self, status, words, verb, by):
        with self._changing() as now:
            if now.is_addressed:
                raise Conflict("A colleague has answered this pin already.")
            now.move("status", was=PinStatus.OPEN, to=status)
            now.answer, now.answered_by, now.answered_at = words, by, clock.now()
            now.save()
            record_step(now, verb, by, words, did=status)

    # The side that pinned it.

    def verify(self, *, by, seen=None):
        """Say that it is solved. `seen` is the `answer_seen` that was read.

        Raises Conflict if it is not addressed any more, or was answered anew.
        """
        self._check_side(by)
        with self._changing() as now:
            if seen is not None and now.is_addressed and seen != now.answer_seen:
                raise Conflict(ANSWERED_AGAIN)
            now.move("status", was=PinStatus.ADDRESSED, to=PinStatus.VERIFIED)
            record_step(now, Verb.PIN_VERIFIED, by, did=PinStatus.VERIFIED)

    def reopen(self, words, *, by):
        """Say that it is not solved after all, and what is still wrong.

        Raises DomainError without words, Conflict if it is open or the prototype is decided.
        """
        self._check_side(by)
        words = said(words, "Say what is still wrong.")
        with self._changing() as now:
            if not now.is_addressed:
                raise Conflict("This pin is open already.")
            newest = Prototype.find(now.project, now.version.number).sent[0]
            if newest.closed:
                raise Conflict(newest.closed)
            now.move("status", was=now.status, to=PinStatus.OPEN)
            record_step(now, Verb.PIN_REOPENED, by, words, did=PinStatus.OPEN)

    def _check_side(self, by):
        if by.is_studio != self.author.is_studio:
            raise DomainError(
                "Whoever pinned it, or a colleague of theirs, says whether it is solved."
            )

    @contextmanager
    def _changing(self):
        """One change, made on the pin as it is now."""
        with self.project.change() as project:
            now = type(self).get_by_id(self.id)
            now.project = project
            yield now
        self.__data__.update(now.__data__)

    # Its thread.

    @property
    def title(self):
        """The first line, cut where it gets too long for a heading."""
        line = self.text.split("\n", 1)[0].strip()
        if len(line) <= TITLE_CHARACTERS:
            return line
        return line[:TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"

    def starters(self):
        return set() if self.author.is_studio else {self.author_id}

    def assigned(self):
        return {self.answered_by_id} - {None}


def record_step(pin, verb, by, words="", *, did):
    """Put a step into the pin's thread and on the ledger."""
    say(pin, by=by, text=words, did=str(did))
    sealed = canonical.sha256(words) if words else None
    facts = {"version": pin.version.version, "pin": pin.number, "words_sha256": sealed}
    record(verb, pin.version, by=by, **facts)


def said(text, sentence):
    """Return typed words as they are kept. Raises DomainError(sentence) if there are none."""
    text = plain(text).strip()
    if not text:
        raise DomainError(sentence)
    return text
