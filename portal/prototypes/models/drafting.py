"""What can be done to a version while it is a draft."""

from contextlib import contextmanager

from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import line, plain
from portal.prototypes import jobs
from portal.prototypes.models.arranging import Arranging, in_order
from portal.prototypes.models.screens import Look, Screen, ScreenKind
from portal.prototypes.models.sources import Source, SourceStatus
from portal.signoff import consequences
from portal.storage import store
from portal.storage.base import TooLarge
from portal.storage.limits import ANYTHING, LIMITS
from portal.storage.models import display_name

SCREENS_MOST = 240  # A PDF of 200 pages and some pictures; a larger set is two prototypes.
SENT = "This version has been sent and cannot change. Add a version instead."


class Drafting(Arranging):
    """Mixed into PrototypeVersion. Each change raises Conflict once the version has been sent."""

    @contextmanager
    def drafting(self):
        """Hold the draft as it is now. Raises Conflict if it has been sent meanwhile."""
        with self.project.change() as project:
            now = db.lock(self)
            now.prototype.project = project
            now.check_draft()
            yield now
            project.revise(is_internal=True)

    def check_draft(self):
        """Raise Conflict if it has been sent."""
        if not consequences.may_edit(self.KIND, "screens", self.status):
            raise Conflict(SENT)

    def describe(self, *, title, note):
        """Say what it is called and what is new. Raises DomainError without a title."""
        if not line(title):
            raise DomainError("Give the prototype a name.")
        with self.drafting() as draft:
            draft.title, draft.note = title, note
            draft.save()

    def add_screens(self, looks):
        """Show these Looks too. One that is called like a screen replaces what it showed."""
        with self.drafting() as draft:
            draft.place(looks)

    def add_link(self, name, address):
        """Show an address elsewhere. Nothing of it is fetched."""
        self.add_screens([Look(line(name), ScreenKind.LINK, address=plain(address))])

    def add_sources(self, files, *, by):
        """Put files into the version: (name, Blob) of each. The worker makes screens of them."""
        with self.drafting() as draft:
            for name, blob in files:
                Source.create(
                    version=draft,
                    name=display_name(name, blob.media_type),
                    size_bytes=blob.size_bytes,
                    blob=blob,
                    created_by=by,
                )
            db.after_commit(jobs.prepare.later)

    def receive(self, name, size_bytes, *, by):
        """Expect a file of this size, which comes in by parts. Returns its Source.

        Raises TooLarge, NoRoom, and DomainError if it is empty or the person has begun too many.
        """
        most = LIMITS["prototype"].max_bytes
        if size_bytes > most:
            raise TooLarge(f"{name} is larger than {most // 10**9} GB, the most we take.")
        if size_bytes < 1:
            raise DomainError(f"{name} is empty. Choose another one.")
        store().uploads.check_room(size_bytes)
        with self.drafting() as draft:
            Source.check_unfinished(by)
            return Source.create(
                version=draft,
                name=display_name(name, ANYTHING),
                size_bytes=size_bytes,
                status=SourceStatus.RECEIVING,
                received_at=clock.now(),
                created_by=by,
            )

    def upload(self, key, *, by):
        """Return the Source of that key which this person began, or None."""
        source = Source.get_or_none(version=self, key=key, created_by=by)
        if source:
            source.version = self
        return source

    def drop_source(self, key):
        """Take a file out of the draft that has made no screens, or not yet."""
        with self.drafting() as draft:
            source = Source.get_or_none(version=draft, key=key)
            if source is None or source.status == SourceStatus.READY:
                raise Conflict("This file is not there any more.")
            source.delete_instance()
            db.after_commit(lambda: store().uploads.discard(key))

    def drop_screens_before(self, source, kept):
        """Take out what an earlier file of that name showed, but for screens of these names."""
        for screen in Screen.of(self):
            before = screen.source
            is_old = before is not None and before != source and before.name == source.name
            if is_old and screen.name not in kept:
                screen.delete_instance()
        in_order(Screen.of(self))

    def place(self, looks):
        """Put Looks into a draft that is held."""
        screens = Screen.of(self)
        before = {screen.name.casefold(): screen for screen in screens}
        taken = set(before)
        if len(taken | {look.name.casefold() for look in looks}) > SCREENS_MOST:
            raise DomainError(f"A version shows {SCREENS_MOST} screens at most.")
        for look in looks:
            same = before.pop(look.name.casefold(), None)
            screen = same or Screen(version=self, position=len(taken) + 1)
            if same is None:
                screen.name = free_name(look.name, taken)
                taken.add(screen.name.casefold())
            screen.take(look)


def free_name(name, taken):
    """Return `name`, with a number behind it if some screen is called so.

    >>> free_name("Home", {"home"})
    'Home 2'
    """
    if name.casefold() not in taken:
        return name
    numbered = (f"{name[:76]} {n}" for n in range(2, SCREENS_MOST + 2))
    return next(one for one in numbered if one.casefold() not in taken)
