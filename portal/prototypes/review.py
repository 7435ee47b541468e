"""What the page of a sent version shows one reader, gathered once."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from portal.access.models import User
from portal.access.permissions import Permission, Role
from portal.prototypes import queries
from portal.prototypes.gathered import RoundPage
from portal.prototypes.models import PinStatus, PrototypeVersion, ScreenKind
from portal.signoff.models import Ask, SignOffStatus, StandIn

ZOOM_MOST = 4  # Sixteen times the surface: a line of text fills a phone.
PHONE_PX = 900  # Upright and at most this wide: a phone's screen at double density.
STATES = {
    PinStatus.OPEN: "Open",
    PinStatus.ADDRESSED: "Addressed",
    PinStatus.WONT_CHANGE: "Won’t change",
    PinStatus.VERIFIED: "Verified",
}

#: How a pin is left on each kind of screen.
TOUCH = {
    ScreenKind.IMAGE: "Touch the picture to leave a pin.",
    ScreenKind.PAGE: "Touch the page to leave a pin.",
    ScreenKind.SITE: "Press “Leave pins”, then touch the page.",
    ScreenKind.CLIP: "Stop where it matters, then press “Pin at”.",
    ScreenKind.LINK: "Say below which page you mean.",
}


@dataclass
class Review:
    """One version, one reader, one screen before them."""

    version: PrototypeVersion
    reader: User
    role: Role
    at: int = 1  # The position of the screen that is shown.
    zoom: int = 1  # How many times as wide as the stage, while no script does it smoothly.
    show: PinStatus | None = None  # The pins that are listed and shown; None: all.
    is_viewed: bool = False  # The studio looks through the reader's eyes: drafts stay theirs.

    def __post_init__(self):
        self.at = max(1, min(self.at, len(self.screens)))
        self.zoom = max(1, min(self.zoom, ZOOM_MOST))

    @cached_property
    def parts(self):
        """The scope items that the prototype shows."""
        return self.version.prototype.parts()

    @cached_property
    def screens(self):
        return queries.screens(self.version)

    @property
    def screen(self):
        return self.screens[self.at - 1]

    @property
    def touch(self):
        return TOUCH[self.screen.kind]

    @cached_property
    def pinned(self):
        """How many pins the reader sees on each screen, by its position."""
        return Counter(pin.on_screen for pin in self.pins)

    @property
    def is_phone(self):
        """True if the screen looks like one of a phone, which is not shown across a desk."""
        if self.screen.kind != ScreenKind.IMAGE:
            return False
        return self.screen.width <= PHONE_PX and self.screen.width < self.screen.height

    def finer_url(self, url):
        """Return where the larger copy is, made by `url(sha256, media_type, name)`; or None."""
        screen = self.screen
        if screen.fine_sha256 is None:
            return None
        return url(screen.fine_sha256, screen.fine_media_type, screen.name)

    @cached_property
    def pins(self):
        """What the reader sees: published pins by number, then the reader's drafts, numbered on."""
        found = queries.pins(self.version, self.reader)
        found = [pin for pin in found if not (pin.is_draft and self.is_viewed)]
        drafts = [pin for pin in found if pin.is_draft]
        for number, pin in enumerate(drafts, self._first_number if drafts else 0):
            pin.shown_number = number
        for pin in found:
            pin.project = self.version.project
            pin.shown_number = pin.number or pin.shown_number
            pin.is_carried = pin.version_id != self.version.id
        return found

    @property
    def next_number(self):
        """The number that a pin is shown with while it is being written."""
        return self._first_number + len(self.drafts)

    @cached_property
    def _first_number(self):
        return (self.screen.last_pin or 0) + 1

    @property
    def here(self):
        """The pins on the screen that is shown, of the state that is listed."""
        found = [*self.pins, *self.turn.on_picture]
        return [pin for pin in found if pin.on_screen == self.at and self.is_shown(pin)]

    @cached_property
    def turn(self):
        """The round of the version, with what colleagues of the reader's were shown."""
        return RoundPage(self.version, self.reader, self.role, self.is_viewed)

    def is_shown(self, pin):
        """True if the pin is in the state that is listed.

        One that was verified on an earlier version leaves the picture free, unless it is asked for.
        """
        if pin.is_draft or self.show == pin.status:
            return True
        return self.show is None and not (pin.is_carried and pin.status == PinStatus.VERIFIED)

    @property
    def drafts(self):
        return [pin for pin in self.pins if pin.is_draft]

    @property
    def published(self):
        return [pin for pin in self.pins if not pin.is_draft]

    @property
    def open(self):
        return self.of(PinStatus.OPEN)

    def of(self, status):
        """Return the published pins in this state."""
        return [pin for pin in self.published if pin.status == status]

    @property
    def states(self):
        """Each state that some pin is in, with its name and its pins."""
        named = [(status, name, self.of(status)) for status, name in STATES.items()]
        return [state for state in named if state[2] or state[0] == self.show]

    @property
    def sections(self):
        """The states that are listed now."""
        return [state for state in self.states if self.show in (None, state[0])]

    @property
    def to_verify(self):
        """The answered pins that wait for the reader's side to look."""
        return [pin for pin in self.of(PinStatus.ADDRESSED) if self.may_judge(pin)]

    def may_judge(self, pin):
        """True if the reader's side pinned it, and so says whether it is solved."""
        may = self.role.may(Permission.PROTOTYPE_PIN)
        return may and pin.is_by_studio == self.reader.is_studio

    @property
    def may_reopen(self):
        """True while the prototype takes pins."""
        return self.version.prototype.sent[0].closed is None

    @property
    def batches(self):
        """The first pin of each published batch that says something over all of it."""
        own = [pin for pin in self.published if not pin.is_carried]
        firsts = [next(pins) for _, pins in groupby(own, lambda pin: pin.batch_number)]
        return [pin for pin in firsts if pin.batch_note]

    @property
    def may_pin(self):
        may = self.role.may(Permission.PROTOTYPE_PIN)
        return self.version.closed is None and may and not self.turn.is_with_studio

    @cached_property
    def versions(self):
        return self.version.prototype.seen_by(self.role)

    # The sign-off --------------------------------------------------------------------------------

    @cached_property
    def asked(self):
        """Everyone who was asked, each row with the sign-off's number, status and due date."""
        return queries.asked(self.version)

    @property
    def spoken(self):
        """Those of them who have decided or given an opinion."""
        return [row for row in self.asked if row.answer or row.view]

    @property
    def sign_off(self):
        return self.asked[0] if self.asked else None

    @property
    def is_open(self):
        return self.sign_off is not None and self.sign_off.status == SignOffStatus.OPEN

    @property
    def mine(self):
        """What the reader was asked and answered, or None."""
        return next((row for row in self.asked if row.user_id == self.reader.id), None)

    @cached_property
    def seat(self):
        """The question that the reader answers: their own, or that of somebody away; or None."""
        if self.mine or not (self.is_open and self.role.may(Permission.SIGN_OFF_DECIDE)):
            return self.mine
        today = StandIn.today(self.version.project)
        away = {id_ for id_, person in today.items() if person.id == self.reader.id}
        return next((row for row in self.asked if row.user_id in away), None)

    @property
    def may_decide(self):
        seat = self.seat
        return (
            self.is_open
            and seat is not None
            and seat.ask == Ask.DECISION
            and seat.asked_at is not None
            and seat.answer is None
            and self.role.may(Permission.SIGN_OFF_DECIDE)
        )

    @property
    def may_opine(self):
        has_decided = self.mine is not None and self.mine.answer is not None
        may = self.role.may(Permission.SIGN_OFF_OPINE)
        return self.is_open and may and not self.may_decide and not has_decided

    @property
    def awaited(self):
        """The first names of who has not answered yet, deciders before reviewers."""
        rows = sorted(self.asked, key=lambda row: row.ask != Ask.DECISION)
        return [row.name.split()[0] for row in rows if row.answer is None and row.view is None]

    @property
    def sign_off_path(self):
        return f"/projects/{self.version.project.slug}/sign-offs/{self.sign_off.number}"

    @property
    def my_published(self):
        """How many of the published pins are the reader's."""
        return sum(pin.author_id == self.reader.id for pin in self.published)
