"""Where something is: in a picture, on a page, in a moment. In numbers and in words. Pure.

A place in a picture is a pair of basis points: hundredths of a per cent of the picture's width and
height, counted from its top left corner, so that it holds at every size the picture is shown in.
"""

from dataclasses import asdict, dataclass, fields

from portal.core.errors import DomainError

WHOLE_BP = 10_000
MINUTE_MS = 60_000
_ROWS = ("top", "middle", "bottom")
_COLUMNS = ("left", "centre", "right")

#: Nine places that can be named without touching the picture: the middle of each ninth.
PLACES = {
    f"{row}-{column}": (1_667 + 3_333 * x, 1_667 + 3_333 * y)
    for y, row in enumerate(_ROWS)
    for x, column in enumerate(_COLUMNS)
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pin is. What a kind of screen does not have stays None, or empty."""

    x_bp: int | None = None  # In a picture, a frame; on a website, in the whole document.
    y_bp: int | None = None
    w_bp: int | None = None  # A region has a size: x and y are its top left corner then.
    h_bp: int | None = None
    at_ms: int | None = None  # In a video; with `until_ms`, a range.
    until_ms: int | None = None
    route: str = ""  # The page of a website: its path there; of a link: its address.
    element: str = ""  # CSS path of the element on the page.
    in_x_bp: int | None = None  # In that element, so that the pin stays on it at every width.
    in_y_bp: int | None = None

    @classmethod
    def of(cls, pin):
        """Return the place of a pin, or of whatever has these attributes."""
        return cls(**{field.name: getattr(pin, field.name) for field in fields(cls)})

    def facts(self):
        return asdict(self)

    def check(self, *, duration_ms=None):
        """Raise DomainError unless it is inside what is shown."""
        parts = (self.x_bp, self.y_bp, self.in_x_bp, self.in_y_bp)
        if any(part is not None and not 0 <= part <= WHOLE_BP for part in parts):
            raise DomainError("Touch inside the picture.")
        if self.is_region and not (
            0 < self.w_bp <= WHOLE_BP - self.x_bp and 0 < self.h_bp <= WHOLE_BP - self.y_bp
        ):
            raise DomainError("Draw the region inside the picture.")
        if self.at_ms is None:
            return
        last_ms = duration_ms if self.until_ms is None else self.until_ms
        if not 0 <= self.at_ms <= last_ms <= duration_ms:
            raise DomainError("Choose a time inside the video.")

    @property
    def is_region(self):
        return None not in (self.x_bp, self.y_bp, self.w_bp, self.h_bp)

    @property
    def words(self):
        """Where it is, as a reader says it: top left; at 0:12; on about.html, middle centre."""
        parts = []
        if self.at_ms is not None:
            until = "" if self.until_ms is None else f" to {moment(self.until_ms)}"
            parts.append(f"at {moment(self.at_ms)}{until}")
        if self.route:
            parts.append(f"on {self.route}")
        if self.x_bp is not None:
            half_w_bp, half_h_bp = (self.w_bp or 0) // 2, (self.h_bp or 0) // 2
            parts.append(words(self.x_bp + half_w_bp, self.y_bp + half_h_bp))
        return ", ".join(parts)


def words(x_bp: int, y_bp: int) -> str:
    """Return the ninth of the picture that a place is in.

    >>> words(9_000, 300)
    'top right'
    >>> words(5_000, 5_000)
    'middle centre'
    """
    return f"{_ROWS[_third(y_bp)]} {_COLUMNS[_third(x_bp)]}"


def moment(ms: int) -> str:
    """Return a time in a video as a player shows it.

    >>> moment(12_400), moment(3_725_000)
    ('0:12', '62:05')
    """
    return f"{ms // MINUTE_MS}:{ms % MINUTE_MS // 1_000:02}"


def milliseconds(typed: str) -> int:
    """Return a time as people type it in milliseconds. Raises DomainError if it is none.

    >>> milliseconds("1:02"), milliseconds("7"), milliseconds("0:12.5")
    (62000, 7000, 12500)
    """
    minutes, _, seconds = typed.strip().replace(",", ".").rpartition(":")
    whole, _, part = seconds.partition(".")
    if not whole.isdecimal() or not (minutes or "0").isdecimal() or not (part or "0").isdecimal():
        raise DomainError("Write the time as minutes and seconds, like 1:05.")
    return int(minutes or 0) * MINUTE_MS + int(whole) * 1_000 + int(f"{part:0<3}"[:3])


def percent(bp: int) -> str:
    """Return basis points as the per cent of an SVG attribute.

    >>> percent(3_360)
    '33.6%'
    """
    return f"{bp / 100:g}%"


def _third(bp: int) -> int:
    return min(2, bp * 3 // WHOLE_BP)
