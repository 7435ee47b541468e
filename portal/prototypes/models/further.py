"""Further: a round beyond the included ones, and the change request that asks for it."""

from dataclasses import dataclass
from typing import Any

from portal.access.permissions import Role
from portal.changes.models import ChangeRequest
from portal.core import money
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import SYSTEM
from portal.scope.models import Action
from portal.signoff.models import Authority, Rule, SignOff
from portal.studio.rates import HOUR_MINUTES, Rate, today

PINS_NAMED = 20  # In the words of a change request; all of them lie on the version.


class Spent(DomainError):
    """The included rounds are used up. Nothing is refused: `context["further"]` is the offer."""


class Repriced(Conflict):
    """The price is not the one that was shown; `context["further"]` has the new one."""


@dataclass(frozen=True)
class Price:
    """What a page showed of a further round: excluding tax; None: the studio prices it first."""

    minor: int | None


@dataclass(frozen=True)
class Further:
    """One more round than the contract includes."""

    version: Any
    current: Any  # The Round.
    price_minor: int | None  # At the rate of today; None: nobody has said what it takes.

    @classmethod
    def of(cls, version, current):
        """Return the offer for submitting this round now, or None while it is included."""
        if current is None or not current.is_beyond(version.prototype.included_rounds):
            return None
        return cls(version, current, price_of(version.prototype))

    @property
    def included(self):
        return self.version.prototype.included_rounds

    @property
    def currency(self):
        return self.version.project.currency

    @property
    def title(self):
        return f"Round {self.current.number} of revisions: {self.version.title}"

    @property
    def why(self):
        rounds = "round" if self.included == 1 else "rounds"
        return (
            f"The contract includes {self.included or 'no'} {rounds} of revision of"
            f" “{self.version.title}”. This is round {self.current.number}."
        )

    def check(self, agreed):
        """Raise Spent unless somebody agreed to a Price, Repriced if it is another one now."""
        if agreed is None:
            raise Spent(self.why, further=self)
        if agreed.minor != self.price_minor:
            raise Repriced("The price of a further round has changed. Read it again.", further=self)

    def ask(self, batch, *, by):
        """Ask for the round with the pins of a batch, inside its transaction. Returns the request.

        It goes to whoever decides for the client at once if it can be signed as it is; otherwise
        it stays a draft of the studio's.
        """
        named = words(batch)
        why = "\n\n".join(filter(None, [self.why, batch.note, named]))
        asked = {"title": self.title, "why": why, "came_of": batch.in_order()}
        change = ChangeRequest.ask(batch.project, by=by, **asked)
        summary = f"One more round of revision, with {pins_in_words(len(batch.in_order()))}."
        item = {"action": Action.ADDED, "item": None, "section": "Revisions", "title": self.title}
        item |= {"detail": named, "price_minor": self.price_minor}
        facts = {"title": self.title, "summary": summary, "why": why}
        draft = change.current.write([item], by=by, edits=0, **facts)
        deciders = batch.project.people(Role.APPROVER, Role.SPONSOR)
        offeror = self.version.prototype.terms_by
        is_offered = offeror in batch.project.people(Role.PRODUCER)
        amount_minor = max(0, draft.total_minor)
        can_be_signed = Authority.is_there_for(batch.project, draft.KIND, amount_minor)
        if is_offered and can_be_signed and not draft.missing():
            SignOff.request(draft, by=offeror, actor=SYSTEM, deciders=deciders, rule=Rule.ANY)
        return change


def price_of(prototype):
    """Return what a further round costs at the rate of today, in minor units, or None."""
    if not prototype.further_minutes:
        return None
    rate = Rate.on(prototype.further_role, prototype.project.currency, today())
    return rate and money.half_up(prototype.further_minutes * rate.hour_minor, HOUR_MINUTES)


def words(batch):
    """Return the pins of a batch as lines, each with its number and place."""
    return lines(batch.in_order())


def lines(pins):
    """Return pins as lines, each with its number and place."""
    said = [f"Pin {pin.number}, {pin.screen.name}, {pin.place}: {flat(pin.text)}" for pin in pins]
    more = len(said) - PINS_NAMED
    return "\n".join([*said[:PINS_NAMED], *([f"And {more} more."] if more > 0 else [])])


def flat(text):
    """Return a text as one line."""
    return " ".join(text.split())


def pins_in_words(count):
    """Return a number of pins in words.

    >>> pins_in_words(1), pins_in_words(3)
    ('1 pin', '3 pins')
    """
    return f"{count} pin{'' if count == 1 else 's'}"
