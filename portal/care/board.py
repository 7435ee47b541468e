"""The page of care, gathered once: the figures of a reader's projects, as pictures and tables."""

from dataclasses import dataclass
from functools import cached_property

from babel.dates import format_date

from portal.care import figures, queries
from portal.care.figures import hours_words
from portal.core import clock, dates
from portal.core.paging import PAGE_ROWS
from portal.studio.models import Studio

MONTHS = 6  # As many columns as a phone can show with their words.
WAYS = {"client": "Clients", "project": "Projects", "producer": "Producers"}

NO_PROMISE = "No promise has fallen due. One is made per client, and holds for what is filed then."
NO_ANSWER = "Nobody has answered yet. Clients are asked when something is resolved."


@dataclass(frozen=True)
class Column:
    """One month of a picture: `part` of `whole`, and what stands below."""

    label: str
    whole: int
    part: int
    below: str = ""

    @property
    def words(self):
        return f"{self.part} of {self.whole}" if self.whole else "none"


@dataclass(frozen=True)
class Picture:
    """One figure over time, with the sentence that says it."""

    id: str
    title: str
    description: str
    columns: list[Column]
    headings: tuple[str, ...]
    empty: str  # What to say instead of a picture of nothing.

    @property
    def is_drawn(self):
        return any(one.whole for one in self.columns)

    @property
    def rows(self):
        """The table: a row of cells for each month, none for nothing."""
        if not self.description:
            return []
        cells = [(one.label, one.below, one.words) for one in self.columns]
        return [row if len(self.headings) == len(row) else (row[0], row[2]) for row in cells]


class Board:
    """What one reader sees of care, over all or about one client, project or producer."""

    def __init__(self, reader, *, sees_all, way="client", of=None, start=0):
        self.way, self.of, self.start, self.studio = way, of, start, Studio.here()
        today = dates.today(clock.now(), self.studio.zone)
        self.months = figures.months_until(today, MONTHS)
        self.cells = queries.cells(self.months[0], None if sees_all else reader)

    @cached_property
    def _grouped(self):
        return figures.by(self.cells, self.way)

    @property
    def groups(self):
        """[(id, name, Figures)] of a page of the clients, projects or producers."""
        page = self._grouped[self.start : self.start + PAGE_ROWS]
        return [(n, name, figures.figures(cells)) for (n, name), cells in page]

    @property
    def next_start(self):
        """Where the next page of groups begins, or None."""
        following = self.start + PAGE_ROWS
        return following if following < len(self._grouped) else None

    @property
    def name(self):
        """Whom the pictures are about; empty: all; None if the reader knows no such."""
        if self.of is None:
            return ""
        return next((name for (n, name), _ in self._grouped if n == self.of), None)

    @cached_property
    def shown(self):
        """The cells that the pictures are made of."""
        if self.of is None:
            return self.cells
        return [one for one in self.cells if (getattr(one, f"{self.way}_id") or 0) == self.of]

    @cached_property
    def total(self):
        return figures.figures(self.shown)

    @cached_property
    def over_time(self):
        """[(label, Figures)] of each month."""
        locale = self.studio.locale
        return [
            (format_date(on, "MMM", locale=locale), figures.figures(cells))
            for on, cells in figures.by_month(self.shown, self.months)
        ]

    @property
    def pictures(self):
        """First response, resolution, satisfaction."""
        return [
            self._speed("response", "First response", "answered", self.total.response),
            self._speed("resolution", "Resolution", "resolved", self.total.resolution),
            self._satisfaction(),
        ]

    def _speed(self, name, title, done, total):
        columns = [
            Column(label, one.promised, one.kept, hours_words(one.median_minutes))
            for label, each in self.over_time
            for one in [getattr(each, name)]
        ]
        says = []
        if total.promised:
            says.append(f"{share(total.kept, total.promised)} in the promised time.")
        if total.measured:
            median = hours_words(total.median_minutes)
            says.append(f"The median of {total.measured} {done} is {median}.")
        heads = ("Filed in", "Median", "In time")
        return Picture(name, title, " ".join(says), columns, heads, NO_PROMISE)

    def _satisfaction(self):
        total = self.total
        columns = [Column(label, one.answered, one.good) for label, one in self.over_time]
        said = f"{share(total.good, total.answered)} said that it was handled well."
        says = said if total.answered else ""
        return Picture(
            "satisfaction", "Satisfaction", says, columns, ("Filed in", "Good"), NO_ANSWER
        )


def share(part, whole):
    """Return a share that says of how many.

    >>> share(9, 12), share(0, 0)
    ('9 of 12 (75%)', 'None of none')
    """
    return f"{part} of {whole} ({part * 100 // whole}%)" if whole else "None of none"
