"""Boxes around what is set in a mask: found, merged where they touch, in reading order."""

import pyvips

_MOST_LABELS = 65_535  # What the index of a histogram holds.
_MOST_BOXES = 2_000  # More would take seconds to merge; then it is one box around all.
_FAR = 1_000_000  # Beyond every picture.


def grown(mask, distance):
    """Return the mask (0 or 255) with everything grown by so many pixels in each direction."""
    side = 2 * distance + 1
    across = pyvips.Image.new_from_array([[255] * side])
    down = pyvips.Image.new_from_array([[255]] * side)
    return mask.morph(across, "dilate").morph(down, "dilate")


def found(mask, distance, smallest):
    """Return tight boxes (left, top, right, bottom) around set pixels that lie near each other.

    What is within twice `distance` is one; less than `smallest` set pixels are left out.
    """
    labels = grown(mask, distance).copy_memory().labelregions().copy_memory()
    if labels.max() > _MOST_LABELS:
        labels = labels * 0
    labels = labels.cast("ushort")
    places = pyvips.Image.xyz(mask.width, mask.height)
    low = _table((mask > 0).ifthenelse(places, _FAR), labels, "min")
    high = _table((mask > 0).ifthenelse(places, -1), labels, "max")
    counts = _table(mask > 0, labels, "sum")
    boxes = [
        (int(left), int(top), int(right) + 1, int(bottom) + 1)
        for (left, top), (right, bottom), (count,) in zip(low, high, counts, strict=True)
        if count / 255 >= smallest
    ]
    return boxes if len(boxes) <= _MOST_BOXES else [around(boxes)]


def _table(values, labels, combine):
    """Return for each label, from 0 on, the values of its pixels combined, one for each band."""
    table = values.hist_find_indexed(labels, combine=combine)
    return [table.getpoint(n, 0) for n in range(table.width)]


def around(boxes):
    """Return the smallest box that holds all of these."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def merged(boxes):
    """Return the boxes with those that touch or overlap made one.

    >>> merged([(0, 0, 2, 2), (2, 1, 4, 3), (9, 9, 10, 10)])
    [(0, 0, 4, 3), (9, 9, 10, 10)]
    """
    left_over, done = sorted(boxes), []
    while left_over:
        box = left_over.pop(0)
        touching = [one for one in left_over if _touch(box, one)]
        if touching:
            left_over = [one for one in left_over if one not in touching]
            left_over.insert(0, around([box, *touching]))
        else:
            near = [one for one in done if _touch(box, one)]
            done = [one for one in done if one not in near]
            left_over[:0] = [around([box, *near])] if near else []
            done += [] if near else [box]
    return done


def _touch(one, other):
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def in_reading_order(boxes):
    """Return the boxes line by line, each from left to right.

    >>> in_reading_order([(50, 4, 60, 14), (0, 0, 9, 10), (0, 90, 9, 99)])
    [(0, 0, 9, 10), (50, 4, 60, 14), (0, 90, 9, 99)]
    """
    lines = []
    for box in sorted(boxes, key=lambda box: box[1]):
        if lines and box[1] < (lines[-1][0][1] + lines[-1][0][3]) / 2:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [box for line in lines for box in sorted(line)]
