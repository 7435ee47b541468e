"""The screens of a draft: what they are called, in which order, and which of them stay."""

from portal.core.errors import Conflict, DomainError
from portal.core.fields import line
from portal.prototypes.models.screens import Screen

GONE = "This screen is not there any more."


class Arranging:
    """Mixed into PrototypeVersion, which lends `drafting()`."""

    def rename_screen(self, screen_id, name):
        """Call a screen otherwise. Raises DomainError if that is nothing, or another's name."""
        with self.drafting() as draft:
            screens = Screen.of(draft)
            screen = one_of(screens, screen_id)
            others = {one.name.casefold() for one in screens if one != screen}
            if not line(name) or line(name).casefold() in others:
                raise DomainError("Give each screen a name of its own.")
            screen.name = name
            screen.save()

    def shift_screen(self, screen_id, places):
        """Show a screen so many places later, or earlier when negative."""
        with self.drafting() as draft:
            screens = Screen.of(draft)
            screen = one_of(screens, screen_id)
            to = max(0, min(len(screens) - 1, screens.index(screen) + places))
            screens.remove(screen)
            screens.insert(to, screen)
            in_order(screens)

    def move_screens(self, screen_ids, before):
        """Show these screens, in their order, right before another one; 0: after all the others."""
        with self.drafting() as draft:
            screens = Screen.of(draft)
            moved = [one for one in screens if one.id in screen_ids and one.id != before]
            others = [one for one in screens if one not in moved]
            to = others.index(one_of(others, before)) if before else len(others)
            in_order([*others[:to], *moved, *others[to:]])

    def drop_screens(self, screen_ids):
        """Take screens out of the draft. Raises Conflict if none of them is there any more."""
        with self.drafting() as draft:
            screens = Screen.of(draft)
            kept = [one for one in screens if one.id not in screen_ids]
            if len(kept) == len(screens):
                raise Conflict(GONE)
            for screen in screens:
                if screen not in kept:
                    screen.delete_instance()
            in_order(kept)


def one_of(screens, screen_id):
    """Return the screen of that id. Raises Conflict if somebody took it away."""
    found = next((screen for screen in screens if screen.id == screen_id), None)
    if found is None:
        raise Conflict(GONE)
    return found


def in_order(screens):
    """Count the screens anew, from 1, in the order of the list."""
    for position, screen in enumerate(screens, 1):
        if screen.position != position:
            screen.position = position
            screen.save()
