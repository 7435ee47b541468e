"""What a client is shown of a change request, and what a choice comes to: from snapshots alone."""

from dataclasses import dataclass
from datetime import date

from portal.changes.effects import Effect, total_minor
from portal.changes.funding import Funding
from portal.changes.models.origins import Origin
from portal.core import dates, money
from portal.core.errors import DomainError
from portal.signoff.subject import Offer

SMALL_EFFECTS = 2
SMALL_CHARACTERS = 200  # Of the why and the details together: five lines on a phone.


@dataclass(frozen=True)
class Alternative:
    """One way to make the change, as it was sealed."""

    number: int
    title: str
    summary: str
    is_recommended: bool
    effects: tuple[Effect, ...]
    launch_on: date | None  # The new launch, if it moves.

    @classmethod
    def read(cls, facts):
        """Return the alternative that a snapshot tells of."""
        names = ("number", "title", "summary", "is_recommended")
        effects = tuple(Effect.read(effect) for effect in facts["effects"])
        return cls(**{name: facts[name] for name in names}, effects=effects, launch_on=_day(facts))

    @property
    def option(self):
        """What a form calls it."""
        return f"a{self.number}"

    @property
    def total_minor(self):
        return total_minor(self.effects)

    def place(self, effect):
        """What a question at one of its effects is filed under: "a1-item-7"."""
        return f"{self.option}-{effect.place}"


@dataclass(frozen=True)
class Sheet:
    """The body of the page that is signed. `chosen` is one of the alternatives."""

    why: str
    alternatives: tuple[Alternative, ...]
    chosen: Alternative
    launch_before_on: date | None
    silence: str
    valid_until_on: date | None
    funding: Funding | None
    origins: tuple[Origin, ...]

    @property
    def is_small(self):
        """True if all of it can be read at one glance."""
        is_plain = not (self.is_choice or self.funding or self.origins)
        words = len(self.why) + sum(len(one.detail) for one in self.effects)
        return is_plain and len(self.effects) <= SMALL_EFFECTS and words <= SMALL_CHARACTERS

    @property
    def is_choice(self):
        return len(self.alternatives) > 1

    @property
    def others(self):
        return [one for one in self.alternatives if one != self.chosen]

    @property
    def effects(self):
        return self.chosen.effects

    @property
    def launch_on(self):
        return self.chosen.launch_on

    @property
    def total_minor(self):
        return self.chosen.total_minor

    def is_whole(self, currency):
        """True if no amount has a fraction, so that the columns can leave out the decimals."""
        unit = 10 ** money.decimals(currency)
        effects = [effect for one in self.alternatives for effect in one.effects]
        amounts = [(effect.price_minor, effect.becomes_minor) for effect in effects]
        return not any(minor % unit for pair in amounts for minor in pair)

    def launch_move(self, alternative):
        """How far the launch moves, in words: "21 days later"; empty if it stays or there is none."""
        if not (alternative.launch_on and self.launch_before_on):
            return ""
        days = (alternative.launch_on - self.launch_before_on).days
        unit = "day" if abs(days) == 1 else "days"
        return f"{abs(days)} {unit} {'later' if days > 0 else 'earlier'}"


def read(snapshot, options=None):
    """Return the Sheet that a snapshot holds, with the alternative chosen that `options` name.

    None: the one the studio recommends. Raises DomainError unless they name exactly one.
    """
    alternatives = tuple(Alternative.read(facts) for facts in snapshot["alternatives"])
    return Sheet(
        why=snapshot["why"],
        alternatives=alternatives,
        chosen=_chosen(alternatives, options),
        launch_before_on=_day(snapshot, "launch_before"),
        silence=snapshot["silence"],
        valid_until_on=_day(snapshot, "valid_until"),
        funding=Funding.read(snapshot["funding"]),
        origins=tuple(Origin.read(facts) for facts in snapshot["origins"]),
    )


def _chosen(alternatives, options):
    if len(alternatives) == 1:
        if options:
            raise DomainError("There is nothing to choose here. Open the page again.")
        return alternatives[0]
    if options is None:
        return next(one for one in alternatives if one.is_recommended)
    found = [one for one in alternatives if (one.option,) == tuple(options)]
    if not found:
        raise DomainError("Choose exactly one of the alternatives on this page.")
    return found[0]


def places(snapshot):
    """Return what can be asked about: {"a1-item-7": "Booking"}."""
    ways = read(snapshot).alternatives
    return {way.place(effect): effect.title for way in ways for effect in way.effects}


def offer(snapshot, options):
    """Return what a snapshot comes to. Raises DomainError unless exactly one way is chosen."""
    sheet = read(snapshot, options)
    return Offer(
        currency=snapshot["currency"],
        total_minor=sheet.total_minor,
        options=(sheet.chosen.option,) if sheet.is_choice else (),
        launch_on=sheet.launch_on,
        sheet=sheet,
        choice=sheet.chosen.title if sheet.is_choice else "",
        is_small=sheet.is_small,
    )


def last_words(offer):
    """Return what happens now that it is signed, a sentence each."""
    figure = f"{money.show(abs(offer.total_minor), offer.currency, brief=True)} {offer.currency}"
    said = "The price of the project stays as it was."
    if offer.total_minor > 0:
        said = f"The project's total rises by {figure}."
    elif offer.total_minor < 0:
        said = f"The project's total falls by {figure}."
    moved = "The scope has moved with this signature; its page shows each item and who signed it."
    words = [moved] if offer.sheet.effects else []
    if offer.choice:
        left = ", ".join(f"“{one.title}”" for one in offer.sheet.others)
        words.insert(0, f"“{offer.choice}” was chosen, and not {left}.")
    if offer.launch_on:
        return [*words, said, f"The launch is now {dates.day(offer.launch_on)}."]
    return [*words, said]


def _day(facts, name="launch"):
    return date.fromisoformat(facts[name]) if facts[name] else None
