"""The screens of a draft as its page shows them: the pages of one PDF in one place. Pure."""

from itertools import groupby
from typing import NamedTuple

from portal.prototypes.models import ScreenKind


class Place(NamedTuple):
    """One screen, or the pages of a PDF that stand side by side; `nth` counts screens from 1."""

    nth: int
    screens: list

    @property
    def first(self):
        return self.screens[0]

    @property
    def ids(self):
        return ",".join(str(screen.id) for screen in self.screens)


def of(screens):
    """Return screens, in order, as Places."""
    places, nth = [], 1
    for _, group in groupby(screens, together):
        found = list(group)
        places.append(Place(nth, found))
        nth += len(found)
    return places


def together(screen):
    """What neighbours share that stand in one place."""
    is_page = screen.kind == ScreenKind.PAGE
    return ("pages", screen.source_id) if is_page else ("screen", screen.id)
