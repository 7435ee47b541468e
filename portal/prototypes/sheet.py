"""What a client is shown of a prototype, and how two versions differ: from snapshots alone."""

from dataclasses import dataclass

from portal.core.errors import DomainError
from portal.prototypes.places import moment
from portal.signoff.subject import Difference, DiffFact, Offer


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen as it was sealed. The SHA-256 is that of the file it came from, as uploaded."""

    kind: str
    name: str
    media_type: str = ""
    size_bytes: int = 0
    sha256: str = ""
    shown_sha256: str = ""  # A page of a PDF: the picture of it that was shown.
    width: int = 0
    height: int = 0
    page: int = 0
    duration_ms: int = 0
    address: str = ""  # A link's; the start page of a website.

    @property
    def file(self):
        """What the file is called after: a page of a PDF stands for all of them."""
        return self.name.rpartition(", page ")[0] or self.name

    @property
    def is_picture(self):
        return self.kind in ("image", "page")

    @property
    def size(self):
        """1200 × 1918 pixels; 0:42; https://example.test"""
        if self.kind in ("link", "site"):
            return self.address
        return moment(self.duration_ms) if self.kind == "clip" else f"{self.width} × {self.height}"

    @property
    def seal(self):
        """What makes it another one, whatever it is called."""
        return (self.kind, self.shown_sha256 or self.sha256, self.address)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The body of the page that is signed."""

    number: int
    version: int
    shots: tuple[Shot, ...]

    @property
    def files(self):
        """The first shot of each file it was made from."""
        first = {}
        for shot in self.shots:
            first.setdefault(shot.sha256, shot)
        return [shot for sha256, shot in first.items() if sha256]


NEW = {
    "image": "new picture",
    "page": "new page",
    "site": "new files",
    "clip": "new video",
    "link": "new address",
}


def whole(version, screens):
    """Return the snapshot of a version; `screens` are the facts of each, in order."""
    return {
        "kind": version.KIND,
        "number": version.number,
        "version": version.version,
        "title": version.title,
        "summary": version.note,
        "silence": version.silence,
        "screens": screens,
    }


def read(snapshot):
    """Return the Sheet that a snapshot holds."""
    shots = tuple(Shot(**facts) for facts in snapshot["screens"])
    return Sheet(snapshot["number"], snapshot["version"], shots)


def offer(snapshot, options):
    """Return what a snapshot comes to. Raises DomainError: there is nothing to choose."""
    if options:
        raise DomainError("There is nothing to choose here. Open the page again.")
    return Offer(currency="", total_minor=None, sheet=read(snapshot))


def difference(before, after):
    """Return what changed from one snapshot to another: screens are the same by their names."""
    was, now = ({shot.name: shot for shot in read(one).shots} for one in (before, after))
    facts = [fact for name in now | was if (fact := _screen(was.get(name), now.get(name)))]
    kept = [[name for name in one if name in was and name in now] for one in (was, now)]
    if kept[0] != kept[1]:
        facts.append(DiffFact("Order of the screens", "", "changed"))
    for what, name in (("Name", "title"), ("Without an answer", "silence")):
        if before[name] != after[name]:
            facts.append(DiffFact(what, "", "worded anew"))
    return Difference(since=f"Version {before['version']}.", facts=tuple(facts))


def _screen(was, now):
    if was is None:
        return DiffFact(now.name, "", "added")
    if now is None:
        return DiffFact(was.name, "shown", "removed")
    if was.seal != now.seal:
        return DiffFact(now.name, "", NEW[now.kind])
    return None
