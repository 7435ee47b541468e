"""What a client is shown of a cancellation, and how two versions differ: from snapshots alone."""

from dataclasses import dataclass
from datetime import date

from portal.cancellations.inverse import Undo
from portal.core import dates, money
from portal.core.errors import DomainError
from portal.signoff.subject import Difference, DiffFact, DiffRow, Offer


@dataclass(frozen=True)
class Sheet:
    """The body of the page that is signed."""

    why: str
    label: str  # What it cancels: "estimate 1, version 2".
    title: str
    receipt: str  # Of the answer that it cancels: "harbour/1".
    approved_on: date
    amount_minor: int
    undone: tuple[Undo, ...]
    moves_launch: bool
    launch_on: date | None
    launch_before_on: date | None

    @property
    def total_minor(self):
        return sum(undo.price_minor for undo in self.undone)

    def is_whole(self, currency):
        """True if no amount has a fraction, so that the column can leave out the decimals."""
        unit = 10 ** money.decimals(currency)
        return not any(undo.price_minor % unit for undo in self.undone)


def read(snapshot):
    """Return the Sheet that a snapshot holds."""
    cancels, launch = snapshot["cancels"], snapshot["launch"]
    return Sheet(
        why=snapshot["why"],
        label=cancels["label"],
        title=cancels["title"],
        receipt=cancels["receipt"],
        approved_on=_day(cancels["approved"]),
        amount_minor=cancels["amount"]["minor"],
        undone=tuple(Undo.read(facts) for facts in snapshot["undone"]),
        moves_launch=launch["moves"],
        launch_on=_day(launch["on"]),
        launch_before_on=_day(launch["before"]),
    )


def offer(snapshot, options):
    """Return what a snapshot comes to. Raises DomainError: there is nothing to choose."""
    if options:
        raise DomainError("There is nothing to choose here. Open the page again.")
    sheet = read(snapshot)
    return Offer(
        currency=snapshot["currency"],
        total_minor=sheet.total_minor,
        launch_on=sheet.launch_on if sheet.moves_launch else None,
        sheet=sheet,
    )


def last_words(offer):
    """Return what happens now that it is signed, a sentence each."""
    sheet = offer.sheet
    figure = f"{money.show(abs(offer.total_minor), offer.currency, brief=True)} {offer.currency}"
    said = "falls" if offer.total_minor < 0 else "rises"
    words = [
        f"{sheet.label.capitalize()} is cancelled. It stays readable, and is marked everywhere.",
        f"The project's total {said} by {figure}."
        if offer.total_minor
        else "The project's total stays as it was.",
    ]
    if sheet.moves_launch and sheet.launch_on:
        words.append(f"The launch is {dates.day(sheet.launch_on)} again.")
    elif sheet.moves_launch:
        words.append("There is no launch date any more.")
    return [*words, "If it should be replaced, the studio can send a new one."]


def difference(before, after):
    """Return what changed from one snapshot to another."""
    old, new = read(before), read(after)
    was, now = ({undo.item: undo for undo in sheet.undone} for sheet in (old, new))
    items = [one for one in dict.fromkeys([*now, *was]) if was.get(one) != now.get(one)]
    return Difference(
        since=f"Version {before['version']}.",
        rows=tuple(_row(was.get(item), now.get(item)) for item in items),
        facts=tuple(_facts(old, new)),
    )


def _row(was, now):
    note = "No longer touched" if now is None else "Newly touched" if was is None else "Otherwise"
    return DiffRow(
        (now or was).title_before, note, was and was.price_minor, now and now.price_minor
    )


def _facts(old, new):
    if old.why != new.why:
        yield DiffFact("Why", "", "worded anew")
    if (old.moves_launch, old.launch_on) != (new.moves_launch, new.launch_on):
        yield DiffFact("Launch", _launch(old), _launch(new))


def _launch(sheet):
    if not sheet.moves_launch:
        return "unchanged"
    return dates.day(sheet.launch_on) if sheet.launch_on else "none"


def _day(text):
    return date.fromisoformat(text) if text else None
