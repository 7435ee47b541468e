"""What differs between two baselines: items, prices, total, launch. Pure."""

from dataclasses import dataclass

from portal.scope.baseline import Baseline, Item, Touch
from portal.scope.models import Action


@dataclass(frozen=True, slots=True)
class Move:
    """One item that is not as it was. An item that is not there is None, or a removed one."""

    number: int
    before: Item | None
    after: Item | None

    @property
    def action(self):
        """Whether it was added, changed or removed on the way from one to the other."""
        if is_there(self.before):
            return Action.CHANGED if is_there(self.after) else Action.REMOVED
        return Action.ADDED if is_there(self.after) else Action.CHANGED

    @property
    def item(self):
        """The item as it is called afterwards; one that is gone, as it was called before."""
        return self.after or self.before

    @property
    def change_minor(self):
        """What it adds to the total, in minor units; negative when it gives back."""
        return price(self.after) - price(self.before)

    @property
    def was_called(self):
        """Its title before, if that is another one; else empty."""
        before = self.before.title if is_there(self.before) and is_there(self.after) else ""
        return before if before != self.item.title else ""

    @property
    def is_reworded(self):
        """True if what it says about itself is another text than before."""
        both = is_there(self.before) and is_there(self.after)
        return both and self.before.detail != self.after.detail

    @property
    def touches(self) -> tuple[Touch, ...]:
        """The signatures that did it, oldest first."""
        some, other = _touches(self.before), _touches(self.after)
        return max(some, other, key=len)[min(len(some), len(other)) :]


@dataclass(frozen=True, slots=True)
class Difference:
    """The way from one baseline to another, in whichever direction."""

    before: Baseline
    after: Baseline
    moves: tuple[Move, ...]

    def __bool__(self):
        return bool(self.moves) or self.before.launch_on != self.after.launch_on

    def of(self, action):
        return [move for move in self.moves if move.action == action]

    @property
    def groups(self):
        """(what happened, its moves) for whatever happened: added, changed, removed."""
        actions = Action.ADDED, Action.CHANGED, Action.REMOVED
        return [(str(action), self.of(action)) for action in actions if self.of(action)]

    @property
    def change_minor(self):
        return self.after.total_minor - self.before.total_minor

    @property
    def has_moved_launch(self):
        return self.before.launch_on != self.after.launch_on

    @property
    def signatures(self):
        """The amendments that lie between the two, oldest first."""
        ends = sorted((self.before, self.after), key=lambda one: one.number)
        return ends[1].amendments[ends[0].number :]

    def is_whole(self, currency):
        return self.before.is_whole(currency) and self.after.is_whole(currency)


def between(before, after):
    """Return the Difference that leads from one baseline to another."""
    was = {item.number: item for item in before.items}
    now = {item.number: item for item in after.items}
    moves = [Move(number, was.get(number), now.get(number)) for number in sorted({*was, *now})]
    return Difference(before, after, tuple(move for move in moves if _differs(move)))


def is_there(item):
    """True for an item that the client gets."""
    return item is not None and not item.is_removed


def price(item):
    """Return what an item comes to in minor units; a removed one may have kept something."""
    return item.price_minor if item else 0


def facts(item):
    """Return all that can differ of an item: None, or its words, its price and if it is there."""
    if item is None:
        return None
    return (item.section, item.title, item.detail, item.price_minor, item.is_removed)


def _differs(move):
    if not (is_there(move.before) or is_there(move.after)) and move.change_minor == 0:
        return False
    return facts(move.before) != facts(move.after)


def _touches(item):
    return item.touches if item else ()
