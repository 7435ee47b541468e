"""What the page that compares two versions shows, gathered once."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from portal.prototypes import places, queries
from portal.prototypes.comparing import matching
from portal.prototypes.models import (
    Comparison,
    ComparisonStatus,
    PrototypeVersion,
    ScreenKind,
)
from portal.prototypes.review import PHONE_PX, ZOOM_MOST

MODES = {
    "side": "Side by side",
    "swipe": "Swipe",
    "onion": "Onion skin",
    "difference": "Difference",
}
MIXES = (25, 50, 75)  # Per cent of the newer version, where no script mixes smoothly.
ALL_BP = 9_000  # A place as wide and as high as that is no place.
_WORDS = "no one two three four five six seven eight nine ten".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Change:
    """One screen of both versions, and what is known of how it changed."""

    number: int  # Counts from 1, in the order of the page.
    pair: matching.Pair
    comparison: Comparison | None

    @property
    def name(self):
        return self.pair.screen.name

    @property
    def was(self):
        """What it was called in the older version, or which page it was, if that says anything."""
        before, after = self.pair.before, self.pair.after
        if not (before and after):
            return ""
        if after.kind == ScreenKind.PAGE:
            return "" if before.page == after.page else f"page {before.page}"
        is_called_so = matching.stem(before.name) == matching.stem(after.name)
        return "" if is_called_so else before.name

    @property
    def is_known(self):
        """True if there is no more to find."""
        return not self.pair.differs or self.is_ready

    @property
    def is_ready(self):
        found = self.comparison
        return found is not None and found.status == ComparisonStatus.READY

    @property
    def is_under_way(self):
        return self.comparison is not None and self.comparison.is_under_way

    @property
    def has_changed(self):
        """True unless it is known to look as before."""
        return not self.pair.is_same and not (self.is_ready and not self.comparison.changed_bp)

    @property
    def problem(self):
        """Why nothing was found, as a sentence, or nothing."""
        return self.comparison.problem if self.comparison else ""

    @property
    def regions(self):
        found = self.comparison.regions if self.is_ready else []
        return [Region(n, **one) for n, one in enumerate(found, 1)]

    @property
    def count(self):
        """Three places"""
        many = len(self.regions)
        return f"{number(many)} {plural(many, 'place')}".capitalize()

    @property
    def words(self):
        """2.4 % changed, 3 places; the same; new; removed."""
        pair, found = self.pair, self.comparison
        if not pair.differs:
            return "new" if pair.is_added else "removed" if pair.is_removed else "the same"
        if found is None or found.status == ComparisonStatus.FAILED:
            return "not compared"
        if found.is_under_way:
            return "being compared"
        if not found.changed_bp:
            return "nothing that can be seen changed"
        many = len(found.regions)
        return f"{share(found.changed_bp)} changed, {many} {plural(many, 'place')}"

    @property
    def sentence(self):
        """What stands where the picture of the difference would."""
        if self.pair.is_same:
            return "Nothing changed on this screen."
        if self.is_under_way:
            return "The differences are being looked for."
        return self.problem or "Nobody has looked for the differences yet."

    @property
    def sizes(self):
        """What the two are in pixels, if that changed; else None."""
        if not self.pair.differs:
            return None
        old, new = ((one.width, one.height) for one in (self.pair.before, self.pair.after))
        return None if old == new else f"{new[0]} × {new[1]}, before {old[0]} × {old[1]}"


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture that changed."""

    number: int
    x_bp: int
    y_bp: int
    w_bp: int
    h_bp: int

    @property
    def place(self):
        """Top right"""
        if self.is_whole:
            return "The whole picture"
        return places.words(self.x_bp + self.w_bp // 2, self.y_bp + self.h_bp // 2).capitalize()

    @property
    def is_whole(self):
        return min(self.w_bp, self.h_bp) >= ALL_BP

    @property
    def size(self):
        """12 × 4 %, if that says anything."""
        return "" if self.is_whole else f"{whole(self.w_bp)} × {whole(self.h_bp)} %"


@dataclass
class Compared:
    """Two versions, the older first, and one screen of them before the reader."""

    before: PrototypeVersion
    after: PrototypeVersion
    choices: list[PrototypeVersion]  # All that this reader may see, the newest first.
    at: int | None = None  # The position in the newer version of the screen that is shown,
    was: int | None = None  # or in the older one, of a screen that was removed.
    mode: str | None = None
    mix: int | None = None
    zoom: int | None = None
    modes = MODES
    mixes = MIXES

    def __post_init__(self):
        self.is_chosen = self.mode in MODES  # Otherwise a phone swipes.
        self.mode = self.mode if self.is_chosen else "side"
        self.mix = self.mix if self.mix in MIXES else MIXES[1]
        self.zoom = self.zoom or 1
        self.zoom = max(1, min(self.zoom, ZOOM_MOST))

    @cached_property
    def changes(self):
        old, new = queries.screens(self.before), queries.screens(self.after)
        found, pairs = queries.comparisons(self.before, self.after), matching.pairs(old, new)
        return [Change(n, one, found.get(one.key)) for n, one in enumerate(pairs, 1)]

    @cached_property
    def change(self):
        """The screen that is shown: the one asked for, else the first that changed, else None."""
        asked = [one for one in self.changes if self._is_asked(one.pair)]
        changed = [one for one in self.changes if not one.pair.is_same]
        return next(iter(asked + changed + self.changes), None)

    def _is_asked(self, pair):
        if pair.is_removed:
            return pair.before.position == self.was
        return self.was is None and pair.after.position == self.at

    def beside(self, steps, *, changed=False):
        """Return the screen so many steps on, of all or of those that changed; None at the end."""
        ahead = (
            self.changes[self.change.number :]
            if steps > 0
            else self.changes[: self.change.number - 1][::-1]
        )
        found = [one for one in ahead if one.has_changed or not changed]
        return found[0] if found else None

    def url(self, change=None, *, before=None, after=None, **more):
        """Return the address of this page: with another screen, another version, more in it."""
        pair = (before or self.before, after or self.after)
        older, newer = sorted(pair, key=lambda one: one.version)
        query = {"with": older.version} if before or after else self.query(change)
        return f"{newer.path}/comparison?{urlencode(query | more)}"

    def query(self, change=None):
        """Return what is asked for besides the newer version."""
        shown = change or self.change
        pair, query = shown and shown.pair, {"with": self.before.version}
        if pair:
            query |= (
                {"was": pair.before.position}
                if pair.is_removed
                else {"screen": pair.after.position}
            )
        return query | ({"as": self.mode} if self.is_chosen else {})

    # In words -----------------------------------------------------------------------------------

    @property
    def summary(self):
        """Three of five screens changed, one is new."""
        pairs = [one.pair for one in self.changes]
        both = [one for one in self.changes if one.pair.before and one.pair.after]
        known = [one for one in both if one.is_known]
        changed = sum(one.has_changed for one in known)
        of = f" of {number(len(both))}" if 0 < changed < len(both) else ""
        parts = []
        if changed or (both and len(known) == len(both)):
            screens = plural(len(both) if of else changed, "screen")
            parts.append(f"{number(changed)}{of} {screens} changed")
        parts += _counted(len(both) - len(known), "is not compared yet", "are not compared yet")
        parts += _counted(sum(one.is_added for one in pairs), "was added", "were added")
        parts += _counted(sum(one.is_removed for one in pairs), "was removed", "were removed")
        return f"{', '.join(parts).capitalize()}."

    @property
    def is_waiting(self):
        return any(one.is_under_way for one in self.changes)

    @property
    def is_lacking(self):
        """True if somebody can ask for more to be found."""
        return any(not (one.is_known or one.is_under_way) for one in self.changes)

    @property
    def has_failed(self):
        return any(one.problem for one in self.changes)

    @property
    def progress(self):
        """How many screens are done, and of how many."""
        asked = [one for one in self.changes if one.comparison]
        return sum(not one.is_under_way for one in asked), len(asked)

    @property
    def shape(self):
        """What limits how wide it is shown: a phone's screen, a page, or nothing."""
        one = self.change.pair.screen
        if one.kind == ScreenKind.PAGE:
            return "leaf"
        return "phone" if one.width <= PHONE_PX and one.width < one.height else ""


def _counted(many, one, more):
    """Return a sentence's part about so many, in a list; an empty one for none."""
    return [f"{number(many)} {one if many == 1 else more}"] if many else []


def share(bp):
    """Return a part of a picture in per cent.

    >>> share(240), share(3), share(4_210)
    ('2.4 %', 'less than 0.1 %', '42 %')
    """
    if bp < 10:
        return "less than 0.1 %"
    return f"{bp // 100}.{bp // 10 % 10} %" if bp < 1_000 else f"{whole(bp)} %"


def whole(bp):
    """Return basis points in whole per cent, at least one."""
    return max(1, (bp + 50) // 100)


def number(many):
    """Return a small number as a word.

    >>> number(3), number(40)
    ('three', '40')
    """
    return _WORDS[many] if many < len(_WORDS) else str(many)


def plural(many, word):
    return word if many == 1 else f"{word}s"
