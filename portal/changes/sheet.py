"""What a client is shown of a change request, and how two versions differ: from snapshots alone."""

from dataclasses import dataclass
from datetime import date

from portal.changes.effects import Effect, total_minor
from portal.core import dates, money
from portal.core.errors import DomainError
from portal.signoff.subject import Difference, DiffFact, DiffRow, Offer


@dataclass(frozen=True)
class Sheet:
    """The body of the page that is signed."""

    why: str
    effects: tuple[Effect, ...]
    launch_on: date | None  # The new launch, if it moves.
    launch_before_on: date | None
    silence: str
    valid_until_on: date | None

    @property
    def total_minor(self):
        return total_minor(self.effects)

    def is_whole(self, currency):
        """True if no amount has a fraction, so that the columns can leave out the decimals."""
        unit = 10 ** money.decimals(currency)
        amounts = [(effect.price_minor, effect.becomes_minor) for effect in self.effects]
        return not any(minor % unit for pair in amounts for minor in pair)

    @property
    def launch_move(self):
        """How far the launch moves, in words: "21 days later"."""
        days = (self.launch_on - self.launch_before_on).days
        unit = "day" if abs(days) == 1 else "days"
        return f"{abs(days)} {unit} {'later' if days > 0 else 'earlier'}"


def read(snapshot):
    """Return the Sheet that a snapshot holds."""
    return Sheet(
        why=snapshot["why"],
        effects=tuple(Effect.read(facts) for facts in snapshot["effects"]),
        launch_on=_day(snapshot["launch"]),
        launch_before_on=_day(snapshot["launch_before"]),
        silence=snapshot["silence"],
        valid_until_on=_day(snapshot["valid_until"]),
    )


def offer(snapshot, options):
    """Return what a snapshot comes to. Raises DomainError: there is nothing to choose."""
    if options:
        raise DomainError("There is nothing to choose here. Open the page again.")
    sheet = read(snapshot)
    return Offer(
        currency=snapshot["currency"],
        total_minor=sheet.total_minor,
        launch_on=sheet.launch_on,
        sheet=sheet,
    )


def last_words(offer):
    """Return what happens now that it is signed, a sentence each."""
    figure = f"{money.show(abs(offer.total_minor), offer.currency, brief=True)} {offer.currency}"
    said = "The price of the project stays as it was."
    if offer.total_minor > 0:
        said = f"The project's total rises by {figure}."
    elif offer.total_minor < 0:
        said = f"The project's total falls by {figure}."
    words = ["The scope has moved with this signature; its page shows each item and who signed it."]
    if offer.launch_on:
        return [*words, said, f"The launch is now {dates.day(offer.launch_on)}."]
    return [*words, said]


def difference(before, after):
    """Return what changed from one snapshot to another."""
    old, new = read(before), read(after)
    was, now = ({one.key: one for one in sheet.effects} for sheet in (old, new))
    keys = dict.fromkeys([*now, *was])
    total = DiffRow("This change request", "", old.total_minor, new.total_minor)
    return Difference(
        since=f"Version {before['version']}.",
        rows=tuple(
            _row(was.get(key), now.get(key)) for key in keys if was.get(key) != now.get(key)
        ),
        facts=tuple(_facts(before, after)),
        total=total if total.change_minor else None,
    )


def _row(was, now):
    note = ""
    if was is None:
        note = f"Newly in it: {now.action}"
    elif now is None:
        note = "No longer in it"
    elif was.action != now.action:
        note = f"Now {now.action}, before {was.action}"
    elif (was.title, was.detail) != (now.title, now.detail):
        note = "Worded anew"
    return DiffRow(
        (now or was).title, note, was.price_minor if was else None, now.price_minor if now else None
    )


def _facts(before, after):
    for what, name, none in (
        ("Launch", "launch", "unchanged"),
        ("Valid until", "valid_until", "no end"),
    ):
        if before[name] != after[name]:
            old, new = (_day(snapshot[name]) for snapshot in (before, after))
            yield DiffFact(what, *(dates.day(on) if on else none for on in (old, new)))
    for what, name in (("Title", "title"), ("Why", "why"), ("Without an answer", "silence")):
        if before[name] != after[name]:
            yield DiffFact(what, "", "worded anew")


def _day(text):
    return date.fromisoformat(text) if text else None
