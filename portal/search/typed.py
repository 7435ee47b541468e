"""What a person types into the field, taken apart: words, what must not be there, filters.

    kind:complaint client:harbour is:overdue "exact words" -without tid

The last word that is looked for counts as a beginning: `tid` finds tides.
"""

import re
from dataclasses import dataclass, replace

from portal.search.words import words

CHARACTERS_MOST = 300
PARTS_MOST = 16
FILTERS = (
    "after",
    "before",
    "by",
    "client",
    "has",
    "is",
    "kind",
    "project",
    "severity",
    "verdict",
    "with",
)

_PART = re.compile(
    r"""(?P<no>-)?(?:(?P<name>[a-z]+):(?!//))?(?:"(?P<quoted>[^"]*)(?:"|$)|(?P<bare>[^\s"]+))""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other; with `is_start` the last is the beginning of one."""

    words: tuple[str, ...]
    is_start: bool = False

    def stands_at(self, folded: list[str], at: int) -> bool:
        """Answer whether it stands in a list of folded words, from that place on."""
        here = tuple(folded[at : at + len(self.words)])
        if here == self.words:
            return True
        is_start = self.is_start and len(here) == len(self.words)
        return is_start and here[:-1] == self.words[:-1] and here[-1].startswith(self.words[-1])


@dataclass(frozen=True)
class Filter:
    """`is:overdue`; with `is_not`, `-is:overdue`."""

    name: str
    value: str
    is_not: bool = False


@dataclass(frozen=True)
class Query:
    """What is looked for. `unknown` are filters that nobody knows, as they were typed."""

    text: str
    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.without or self.filters)


def parse(text: str) -> Query:
    """Take apart what was typed. Anything can be typed: nothing of it is an error.

    >>> parse('kind:note "the ferry" -café tid')  # doctest: +ELLIPSIS
    Query(text=..., terms=(Term(words=('the', 'ferry'), is_start=False), Term(words=('tid',),...
    """
    text = " ".join(text.replace("\0", " ").split())[:CHARACTERS_MOST]
    terms, without, filters, unknown = [], [], [], []
    for part in list(_PART.finditer(text))[:PARTS_MOST]:
        name, is_not = (part["name"] or "").lower(), bool(part["no"])
        value = part["quoted"] if part["quoted"] is not None else part["bare"]
        if name in FILTERS and words(value):
            filters.append(Filter(name, value, is_not))
        elif name:
            unknown.append(part[0])
        elif found := tuple(words(value)):
            is_start = part["quoted"] is None and not is_not
            (without if is_not else terms).append(Term(found, is_start))
    terms = [*(replace(term, is_start=False) for term in terms[:-1]), *terms[-1:]]
    return Query(text, tuple(terms), tuple(without), tuple(filters), tuple(unknown))
