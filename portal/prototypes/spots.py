"""Which pins lie on one spot: the same place, moment or element. Pure."""

from portal.prototypes.models.screens import PICTURES, ScreenKind

NEAR_PERCENT = 3  # Of the picture's diagonal: about a thumb on a phone.
NEAR_MS = 1_000


def groups(pins):
    """Return the pins that share a spot, as lists of two or more, in the order given.

    Each pin has the columns of a Place, `screen_id`, and its screen's `kind`, `width`, `height`.
    """
    found = []
    for pin in pins:
        near = [group for group in found if any(is_near(pin, other) for other in group)]
        kept = [group for group in found if group not in near]
        found = [*kept, [*(one for group in near for one in group), pin]]
    order = {id(pin): n for n, pin in enumerate(pins)}
    together = [sorted(group, key=lambda pin: order[id(pin)]) for group in found if group[1:]]
    return sorted(together, key=lambda group: order[id(group[0])])


def is_near(a, b):
    """Answer whether two pins say something of the same spot."""
    if a.screen_id != b.screen_id:
        return False
    if a.kind in PICTURES:
        return is_near_in_picture(a, b)
    if a.kind == ScreenKind.CLIP:
        return gap(a.at_ms, span(a), b.at_ms, span(b)) <= NEAR_MS
    return bool(a.element) and (a.route, a.element) == (b.route, b.element)


def is_near_in_picture(a, b):
    """Answer whether points are close, a point is close to a region, or two regions overlap."""
    across = gap(a.x_bp, a.w_bp or 0, b.x_bp, b.w_bp or 0) * (a.width or 1)
    down = gap(a.y_bp, a.h_bp or 0, b.y_bp, b.h_bp or 0) * (a.height or 1)
    if a.w_bp and b.w_bp:
        return across == down == 0
    diagonal = (a.width or 1) ** 2 + (a.height or 1) ** 2
    return across**2 + down**2 <= diagonal * (NEAR_PERCENT * 100) ** 2


def span(pin):
    return (pin.until_ms or pin.at_ms) - pin.at_ms


def gap(start, length, other_start, other_length):
    """Return how far two stretches are apart; 0 if they touch.

    >>> gap(0, 10, 25, 5), gap(25, 5, 0, 10), gap(0, 10, 5, 10)
    (15, 15, 0)
    """
    return max(0, other_start - start - length, start - other_start - other_length)
