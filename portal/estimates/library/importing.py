"""What the rows of a file come to: which column is what, which rows are lines, and why others not."""

from dataclasses import dataclass
from functools import cached_property

from portal.core.errors import DomainError
from portal.estimates.library import outline
from portal.estimates.library.reading import as_text
from portal.estimates.models import EstimateVersion, LineKind
from portal.estimates.models.lines import LINES_MOST, SECTIONS_MOST
from portal.estimates.rows import NAMES, headings_of, read_rows

SAMPLES = 3  # Cells that show what a column is.
#: What a column may be, with its word for people.
COLUMNS = {
    "what": "What the client gets",
    "note": "Note",
    "section": "Section",
    "quantity": "Quantity",
    "unit": "Unit",
    "hours": "Hours",
    "rate": "Rate",
    "price": "Price",
    "optional": "Optional",
}
LOCALES = {"point": "en", "comma": "de"}
NO_COLUMN = "Say which column holds what the client gets, and one more besides it."
TWICE = "Two columns cannot both be “{}”."


@dataclass(frozen=True, slots=True)
class Reading:
    """How somebody wants a file to be read. `columns` by place from 0; None: as its first row says."""

    numbers: str = "point"
    columns: dict | None = None
    has_headings: bool = True


class Preview:
    """The rows of an import, read in one way. Nothing is changed by looking."""

    def __init__(self, kept, reading):
        self.kept, self.reading = kept, reading
        self.currency = kept.project.currency
        self.locale = LOCALES[reading.numbers]
        self.cells = as_text(kept.rows, self.locale)
        self.width = max(map(len, self.cells))
        self.first = next(row for row in self.cells if any(row))
        self.guessed = headings_of(tuple(self.first))

    @property
    def columns(self):
        """Which column each one is, by place; what is left out means nothing here."""
        if self.reading.columns is not None:
            return self.reading.columns
        return {at: name for at, name in enumerate(self.guessed or ()) if name}

    @property
    def has_headings(self):
        return self.reading.has_headings if self.reading.columns is not None else bool(self.guessed)

    @property
    def is_chosen(self):
        """Whether it is known what the columns are: by their headings, or because somebody said."""
        return bool(self.columns)

    def samples(self):
        """Yield (place, heading, first cells) for each column of the file."""
        skipped = 1 if self.has_headings else 0
        filled = [row for row in self.cells if any(row)]
        for at in range(self.width):
            heading = self.first[at] if skipped and at < len(self.first) else ""
            shown = [row[at] for row in filled[skipped:] if at < len(row) and row[at]]
            if heading or shown:
                yield at, heading, shown[:SAMPLES]

    @cached_property
    def problem(self):
        """What keeps it from being read at all, as a sentence, or None."""
        names = list(self.columns.values())
        if "what" not in names or len(names) < 2:
            return NO_COLUMN
        twice = next((name for name in names if names.count(name) > 1), None)
        return TWICE.format(COLUMNS[twice]) if twice else None

    @cached_property
    def rows(self):
        """Every row that holds something, read; headings are no row."""
        if self.problem:
            return []
        words = [_word(self.columns.get(at)) for at in range(self.width)]
        if self.has_headings:
            place = self.cells.index(self.first)
            cells = [*self.cells[:place], words, *self.cells[place + 1 :]]
            return read_rows(cells, self.locale, self.currency)
        found = read_rows([words, *self.cells], self.locale, self.currency)
        for row in found:
            row.number -= 1
        return found

    @cached_property
    def good(self):
        """The rows that make lines, each in its section."""
        return [row for row in self._in_sections() if row is not None]

    @cached_property
    def bad(self):
        return [row for row in self.rows if row.errors]

    def sections(self):
        """Return (title, rows) for each section that the good rows make, in order."""
        found = {}
        for row in self.good:
            found.setdefault(row.section.casefold(), (row.section, []))[1].append(row)
        return list(found.values())

    @property
    def refusal(self):
        """Why the good rows cannot be taken over either, as a sentence, or None."""
        if not self.good:
            return "No row of this file makes a line."
        if len(self.good) > LINES_MOST:
            return f"An estimate has at most {LINES_MOST} lines, and these are {len(self.good)}."
        if len(self.sections()) > SECTIONS_MOST:
            return f"An estimate has at most {SECTIONS_MOST} sections."
        return None

    def _in_sections(self):
        """Yield the good rows; one of words only, above rows with numbers, names their section."""
        named = any(row.section for row in self.rows)
        has_numbers = any(_has_numbers(row) for row in self.rows)
        title = ""
        for row in self.rows:
            if row.errors:
                continue
            if has_numbers and not named and not row.note and not _has_numbers(row):
                title = row.what
            else:
                row.section = row.section or title
                yield row


def take_over(preview, *, by):
    """Make lines of the good rows, and return the estimate that has them.

    They go into the draft that was chosen, or into a new estimate. Raises DomainError if that
    cannot be, and Conflict if the rows are gone or were taken over already.
    """
    kept, project = preview.kept, preview.kept.project
    if preview.problem or preview.refusal:
        raise DomainError(preview.problem or preview.refusal)
    with project.change() as held:
        if kept.into:
            estimate = kept.into
            draft = EstimateVersion.all_of(held, estimate.number)[0]
            draft.add_rows(preview.good, by=by)
        else:
            estimate = outline.begin(held, as_outline(preview), by=by)
        kept.finish(estimate)
    return estimate


def as_outline(preview):
    """Return the outline that the good rows of a file are."""
    sections = [
        {"title": title, "choice": "", "is_chosen_by_default": False}
        | {"lines": [outline.blank() | _columns(row) for row in rows]}
        for title, rows in preview.sections()
    ]
    return outline.empty(preview.currency) | {"sections": sections}


def _columns(row):
    columns = row.fields()
    return columns | {"kind": str(LineKind(columns["kind"]))}


def _has_numbers(row):
    return any(
        one is not None for one in (row.quantity_thousandths, row.rate_minor, row.fixed_minor)
    )


def _word(column):
    """Return a heading that `read_rows` knows, or none."""
    return NAMES[column].split()[0] if column else ""
