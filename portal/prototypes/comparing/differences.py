"""Finding what differs between two pictures, in the workshop. Runs in the worker."""

from portal import workshop
from portal.core.errors import DomainError
from portal.prototypes.places import WHOLE_BP
from portal.prototypes.preparing.screens import kept
from portal.storage import store

REGIONS_MOST = 100  # The workshop gives 60; a child that was taken over may say anything.
PARTS = ("x_bp", "y_bp", "w_bp", "h_bp")


def find(comparison):
    """Find what differs in a claimed Comparison, or say on it why that cannot be."""
    try:
        with store().scratch() as folder:
            before, after = comparison.before.path(), comparison.after.path()
            found = workshop.run("difference", after, folder, other=before)
            comparison.finish(
                changed_bp=part(found["changed_bp"]),
                regions=[region(one) for one in found["regions"][:REGIONS_MOST]],
                picture=kept(folder, found["picture"]),
            )
    except DomainError as refused:
        comparison.fail(refused.message)


def region(found):
    return {name: part(found[name]) for name in PARTS}


def part(found):
    return max(0, min(WHOLE_BP, int(found)))
