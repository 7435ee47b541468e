"""What can be done to a version while it is a draft."""

from contextlib import contextmanager

from portal.core import db
from portal.core.errors import Conflict, DomainError
from portal.prototypes.models.screens import Screen

SCREENS_MOST = 60  # One row of links is still a row; a larger set is two prototypes.
SENT = "This version has been sent and cannot change. Add a version instead."


class Drafting:
    """Mixed into PrototypeVersion. Each change raises Conflict once the version has been sent."""

    @contextmanager
    def drafting(self):
        """Hold the draft as it is now. Raises Conflict if it has been sent meanwhile."""
        with self.project.change() as project:
            now = db.lock(self)
            now.prototype.project = project
            if not now.is_draft:
                raise Conflict(SENT)
            yield now
            project.revise(is_internal=True)

    def describe(self, *, title, note):
        """Say what it is called and what is new. Raises DomainError without a title."""
        if not title.strip():
            raise DomainError("Give the prototype a name.")
        with self.drafting() as draft:
            draft.title, draft.note = title, note
            draft.save()

    def add_screens(self, pictures):
        """Show these Pictures too. One that is called like a screen replaces what it showed."""
        with self.drafting() as draft:
            draft.place(pictures)

    def place(self, pictures):
        """Put Pictures into a draft that is held."""
        screens = Screen.of(self)
        before = {screen.name.casefold(): screen for screen in screens}
        taken = set(before)
        if len(taken | {p.name.casefold() for p in pictures}) > SCREENS_MOST:
            raise DomainError(f"A version shows {SCREENS_MOST} screens at most.")
        for picture in pictures:
            same = before.pop(picture.name.casefold(), None)
            screen = same or Screen(version=self, position=len(taken) + 1)
            if same is None:
                screen.name = free_name(picture.name, taken)
                taken.add(screen.name.casefold())
            screen.take(picture)

    def rename_screen(self, screen_id, name):
        """Call a screen otherwise. Raises DomainError if that is nothing, or another's name."""
        with self.drafting() as draft:
            screens = Screen.of(draft)
            screen = one_of(screens, screen_id)
            others = {one.name.casefold() for one in screens if one != screen}
            if not name.strip() or " ".join(name.split()).casefold() in others:
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

    def drop_screen(self, screen_id):
        """Take a screen out of the draft."""
        with self.drafting() as draft:
            screens = Screen.of(draft)
            screen = one_of(screens, screen_id)
            screens.remove(screen)
            screen.delete_instance()
            in_order(screens)


def one_of(screens, screen_id):
    """Return the screen of that id. Raises Conflict if somebody took it away."""
    found = next((screen for screen in screens if screen.id == screen_id), None)
    if found is None:
        raise Conflict("This screen is not there any more.")
    return found


def in_order(screens):
    """Count the screens anew, from 1, in the order of the list."""
    for position, screen in enumerate(screens, 1):
        if screen.position != position:
            screen.position = position
            screen.save()


def free_name(name, taken):
    """Return `name`, with a number behind it if some screen is called so.

    >>> free_name("Home", {"home"})
    'Home 2'
    """
    if name.casefold() not in taken:
        return name
    numbered = (f"{name[:76]} {n}" for n in range(2, SCREENS_MOST + 2))
    return next(one for one in numbered if one.casefold() not in taken)
