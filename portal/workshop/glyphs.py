"""Which signs a TrueType font can draw: its `cmap` table, formats 4 and 12."""

import struct

_SUBTABLES = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3))  # The widest first.


def drawn_by(paths):
    """Return the code points that at least one of these fonts has a glyph for."""
    return set().union(*(code_points(path.read_bytes()) for path in paths))


def code_points(font):
    """Return the code points of a font's widest Unicode table. Raises ValueError without one."""
    start = _table(font, b"cmap")
    count = _short(font, start + 2)
    offsets = {}
    for i in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * i)
        offsets[platform, encoding] = start + offset
    for kind in _SUBTABLES:
        if kind in offsets:
            at = offsets[kind]
            return _groups(font, at) if _short(font, at) == 12 else _segments(font, at)
    raise ValueError("this font has no table of Unicode signs")


def _table(font, tag):
    for i in range(_short(font, 4)):
        name, _sum, offset, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * i)
        if name == tag:
            return offset
    raise ValueError(f"this font has no table {tag.decode()}")


def _groups(font, at):
    """Format 12: runs of code points."""
    found = set()
    for i in range(struct.unpack_from(">L", font, at + 12)[0]):
        first, last, _glyph = struct.unpack_from(">LLL", font, at + 16 + 12 * i)
        found.update(range(first, last + 1))
    return found


def _segments(font, at):
    """Format 4: runs of code points below 2^16, some of them without a glyph."""
    size = _short(font, at + 6)  # Twice the number of segments.
    ends, starts = at + 14, at + 16 + size
    deltas, ranges = starts + size, starts + 2 * size
    found = set()
    for i in range(0, size, 2):
        first, last = _short(font, starts + i), _short(font, ends + i)
        delta, skip = _short(font, deltas + i), _short(font, ranges + i)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = _short(font, ranges + i + skip + 2 * (code - first)) if skip else code
            if glyph and (glyph + delta) & 0xFFFF:
                found.add(code)
    return found


def _short(font, at):
    return struct.unpack_from(">H", font, at)[0]
