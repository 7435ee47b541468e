"""Which screen of one version is which of another. Pure: screens in, pairs out.

A screen is whatever has `kind`, `name`, `shown_id`, `mark` and `source_name`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from portal import workshop
from portal.prototypes.models.screens import PICTURES, ScreenKind

_VERSION = re.compile(r"[\s_,-]*(?<![a-z])(?:v|version|rev)[\s_.-]*\d+(?!\w)")
_DOCUMENTS = 16  # Alignments that are kept: each time a page is opened it is the same one.


@dataclass(frozen=True, slots=True)
class Pair:
    """The same screen in an older and a newer version; None where it is not."""

    before: Any = None
    after: Any = None

    @property
    def screen(self):
        return self.after or self.before

    @property
    def is_added(self):
        return self.before is None

    @property
    def is_removed(self):
        return self.after is None

    @property
    def is_same(self):
        """True if both show the very same picture."""
        is_both = not (self.is_added or self.is_removed)
        return is_both and self.before.shown_id == self.after.shown_id

    @property
    def differs(self):
        """True if there are two pictures to compare."""
        return not (self.is_added or self.is_removed or self.is_same)

    @property
    def key(self):
        """What a Comparison of them is found by, or None."""
        return (self.before.shown_id, self.after.shown_id) if self.differs else None


def pairs(before, after):
    """Return a Pair for each image and page of two versions, in the order of the newer one.

    What was removed stands behind what it followed. Images are the same by their names, or by
    their bytes; pages of a PDF by what they look like, among those of the file of the same name.
    """
    olds, news = ([one for one in some if one.kind in PICTURES] for some in (before, after))
    origins = _images(olds, news) | _pages(olds, news)
    kept = [
        Pair(olds[origins[place]] if place in origins else None, new)
        for place, new in enumerate(news)
    ]
    return _in_order(olds, kept, {old: new for new, old in origins.items()})


def _in_order(olds, kept, targets):
    """Put what was removed behind the pair of the screen that it followed."""
    gone = _gaps(targets, len(olds))
    found = [Pair(olds[old], None) for old in gone.get(-1, [])]
    for place, pair in enumerate(kept):
        found += [pair, *(Pair(olds[old], None) for old in gone.get(place, []))]
    return found


def _images(olds, news):
    """Return which image was which: {place in the newer version: place in the older one}."""
    olds, news = (
        {place: one for place, one in enumerate(some) if one.kind == ScreenKind.IMAGE}
        for some in (olds, news)
    )
    keys = (lambda one: one.name.casefold(), lambda one: one.shown_id, lambda one: stem(one.name))
    return matched(olds, news, *keys)


def _pages(olds, news):
    """Return which page was which, likewise."""
    olds, news = _documents(olds), _documents(news)
    names = ({name: name for name in some} for some in (olds, news))
    found = {}
    for new, old in matched(*names, str.casefold, stem).items():
        was, now = list(olds[old]), list(news[new])
        marks = (tuple(one.mark for one in some.values()) for some in (olds[old], news[new]))
        origins = {b: a for a, b in _aligned(*marks) if a is not None and b is not None}
        origins |= _drawn_anew(origins, len(was), len(now))
        found |= {now[b]: was[a] for b, a in origins.items()}
    return found


def _drawn_anew(origins, were, are):
    """Pair pages without a pair that follow the same page, if they are as many."""
    gone = _gaps({old: new for new, old in origins.items()}, were)
    came = _gaps({new: new for new in origins}, are)
    both = [(gone[place], came[place]) for place in gone.keys() & came.keys()]
    return {
        new: old
        for olds, news in both
        if len(olds) == len(news)
        for old, new in zip(olds, news, strict=True)
    }


def _gaps(targets, many):
    """Return what is no key of `targets`, by the target of the last key before it: {-1: [0]}."""
    found, last = {}, -1
    for place in range(many):
        if place in targets:
            last = targets[place]
        else:
            found.setdefault(last, []).append(place)
    return found


def _documents(screens):
    """Return the pages of each PDF, by the name of its file: {name: {place: screen}}."""
    found = {}
    for place, one in enumerate(screens):
        if one.kind == ScreenKind.PAGE:
            found.setdefault(one.source_name or "", {})[place] = one
    return found


@lru_cache(maxsize=_DOCUMENTS)
def _aligned(before, after):
    return workshop.align(before, after)


def matched(olds, news, *keys):
    """Return {new: old} for what has the same key, and no other has it. Earlier keys come first.

    One thing that is alone in each version is the same thing, whatever it is called.

    >>> matched({1: "Home"}, {1: "About", 2: "home"}, str.casefold)
    {2: 1}
    """
    if len(olds) == len(news) == 1:
        return {next(iter(news)): next(iter(olds))}
    found = {}
    for key in keys:
        before = _once({old: key(olds[old]) for old in olds if old not in found.values()})
        after = _once({new: key(news[new]) for new in news if new not in found})
        found |= {after[same]: before[same] for same in after.keys() & before.keys()}
    return found


def _once(keys):
    """Turn a dict around, without the values that it has more than once."""
    counts = Counter(keys.values())
    return {key: place for place, key in keys.items() if counts[key] == 1}


def stem(name):
    """Return a name without the version that people write into it.

    >>> stem("Home v2"), stem("brochure_version-3.pdf"), stem("Screen 2")
    ('home', 'brochure.pdf', 'screen 2')
    """
    return " ".join(_VERSION.sub("", name.casefold()).split())
