"""Which page of one version is which of another, by what they look like."""

_ACROSS, _DOWN, _FINER = 16, 24, 4  # Cells of a mark, and samples of a cell each way.
_LEVELS = (1, 8, 24, 64)  # Of 255: a speck, thin text, text, pictures.
_ALIKE = 0.45  # Half the ink is where it was: the same page, worked on.
_MOVED = 0.9  # A page at another place must be nearly the same to be taken for it.


def mark(image):
    """Return a signature of how a pyvips image looks, as hexadecimal digits.

    Each digit is one cell of a grid; its set bits count how much ink the cell has: 0, 1, 3, 7, f.
    So the bits in which two marks differ are the ink in which the pictures differ.
    """
    width, height = _ACROSS * _FINER, _DOWN * _FINER
    small = image.thumbnail_image(width, height=height, size="force").colourspace("b-w")
    samples = bytes(small.extract_band(0).cast("uchar").write_to_memory())
    paper = max(set(samples), key=samples.count)
    cells = [0] * (_ACROSS * _DOWN)
    for n, sample in enumerate(samples):
        cells[n // width // _FINER * _ACROSS + n % width // _FINER] += abs(sample - paper)
    ink = (cell / _FINER**2 for cell in cells)
    return "".join("0137f"[sum(one >= level for level in _LEVELS)] for one in ink)


def align(before, after):
    """Return pairs of page numbers (from 0) for two lists of marks: the same page in both.

    A removed page is paired with None, as is an inserted one. The pairs are in the order of
    `after`; a removed page stands behind the one it followed.

    >>> align(["f0", "0f", "ff"], ["f0", "ff"])
    [(0, 0), (1, None), (2, 1)]
    """
    ink = [int(one or "0", 16) for one in before], [int(one or "0", 16) for one in after]
    pairs = _in_order(*ink)
    gone = [a for a, b in pairs if b is None]
    came = [b for a, b in pairs if a is None]
    moved = _moved(gone, came, *ink)
    origins = {b: a for a, b in moved.items()}
    return [
        (origins.get(b), b) if a is None else (a, b)
        for a, b in pairs
        if not (b is None and a in moved)
    ]


def _likeness(one, other):
    """Return 0 for pages with no ink in common, 1 for the same."""
    either = (one | other).bit_count()
    return (one & other).bit_count() / either if either else 1.0


def _in_order(before, after):
    """Return the pairs of the alignment whose likenesses add up to most, without crossing."""
    rows, columns = len(before), len(after)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            paired = best[a + 1][b + 1] + _likeness(before[a], after[b]) - _ALIKE
            best[a][b] = max(paired, best[a + 1][b], best[a][b + 1])
    a, b, pairs = 0, 0, []
    while a < rows or b < columns:
        if a < rows and b < columns and _is_paired(best, a, b):
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif a < rows and best[a][b] == best[a + 1][b]:
            pairs.append((a, None))
            a += 1
        else:
            pairs.append((None, b))
            b += 1
    return pairs


def _is_paired(best, a, b):
    return best[a][b] > max(best[a + 1][b], best[a][b + 1])


def _moved(gone, came, before, after):
    """Return where pages that left one place came back at another: {before: after}."""
    moved = {}
    for a in gone:
        free = [b for b in came if b not in moved.values()]
        likest = max(free, key=lambda b: _likeness(before[a], after[b]), default=None)
        if likest is not None and _likeness(before[a], after[likest]) >= _MOVED:
            moved[a] = likest
    return moved
