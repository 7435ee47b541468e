"""The inverse of an amendment: what has to be done to scope, sums and launch to undo it."""

from dataclasses import dataclass
from datetime import date

from portal.scope.models import Action


@dataclass(frozen=True, slots=True)
class Undo:
    """What becomes of one item."""

    action: Action  # Removed, or restored to what it was.
    item: int
    section: str
    title: str
    detail: str
    price_minor: int  # What it adds to the sum.
    title_before: str  # As it is called now.

    @classmethod
    def read(cls, facts):
        """Return the one that a snapshot tells of."""
        return cls(
            action=Action(facts["action"]),
            item=facts["item"],
            section=facts["section"],
            title=facts["title"],
            detail=facts["detail"],
            price_minor=facts["price"]["minor"],
            title_before=facts["title_before"],
        )

    def facts(self, currency):
        """Return it in the canonical values of a snapshot."""
        return {
            "action": str(self.action),
            "item": self.item,
            "section": self.section,
            "title": self.title,
            "detail": self.detail,
            "price": {"minor": self.price_minor, "currency": currency},
            "title_before": self.title_before,
        }


def undo(original, now, before):
    """Return an Undo for each item that the amendment number `original` touched.

    `now` and `before` are the baselines with it and just before it. An item that it added is
    removed; one that it changed or removed becomes exactly what it was.
    """
    return [
        _undo(item, touch, before.item(item.number))
        for item in now.items
        for touch in item.touches
        if touch.by.number == original
    ]


def _undo(item, touch, was):
    if was is None or was.is_removed:
        action, kept = Action.REMOVED, item
    else:
        action, kept = Action.RESTORED, was
    return Undo(
        action, item.number, item.section, kept.title, kept.detail, -touch.price_minor, item.title
    )


def overtaken(original, now):
    """Return why the amendment cannot be undone any more: a later one touched its items. Or None."""
    for item in now.items:
        touches = [touch for touch in item.touches if touch.by.stands]
        if original in [touch.by.number for touch in touches]:
            last = touches[-1]
            if last.by.number != original:
                words = f"“{item.title}” was {last.action} by {last.by.subject} later."
                return f"{words} Cancel that first, or propose a change request."
    return None


@dataclass(frozen=True, slots=True)
class Launch:
    """Where the launch goes; `moves` is False where it stays as it is."""

    moves: bool
    on: date | None = None


def launch(original, now):
    """Return where the launch goes without this amendment: back, unless a later one moved it."""
    movers = [a for a in now.amendments if a.launch_on and a.stands]
    if not movers or movers[-1].number != original:
        return Launch(False)
    earlier = [a.launch_on for a in movers[:-1]]
    return Launch(True, earlier[-1] if earlier else _unsigned(now))


def _unsigned(now):
    """Return the launch that the project had before signatures moved it, the last time they began."""
    moved = [a for a in now.amendments if a.launch_on and a.cancels is None]

    def began(one):
        before = (b.undone_in for b in moved if b.number < one.number)
        return all(undone and undone < one.number for undone in before)

    return [one for one in moved if began(one)][-1].launch_before_on
