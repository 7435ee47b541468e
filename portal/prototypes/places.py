"""Where something is in a picture, in words and in numbers. Pure.

A place is a pair of basis points: hundredths of a per cent of the picture's width and height,
counted from its top left corner, so that it holds at every size the picture is shown in.
"""

WHOLE_BP = 10_000
_ROWS = ("top", "middle", "bottom")
_COLUMNS = ("left", "centre", "right")

#: Nine places that can be named without touching the picture: the middle of each ninth.
PLACES = {
    f"{row}-{column}": (1_667 + 3_333 * x, 1_667 + 3_333 * y)
    for y, row in enumerate(_ROWS)
    for x, column in enumerate(_COLUMNS)
}


def words(x_bp: int, y_bp: int) -> str:
    """Return the ninth of the picture that a place is in.

    >>> words(9_000, 300)
    'top right'
    >>> words(5_000, 5_000)
    'middle centre'
    """
    return f"{_ROWS[_third(y_bp)]} {_COLUMNS[_third(x_bp)]}"


def percent(bp: int) -> str:
    """Return basis points as the per cent of an SVG attribute.

    >>> percent(3_360)
    '33.6%'
    """
    return f"{bp / 100:g}%"


def _third(bp: int) -> int:
    return min(2, bp * 3 // WHOLE_BP)
