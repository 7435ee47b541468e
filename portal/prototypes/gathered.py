"""What the pages about rounds read. What is held back is read for the client's side alone."""

from dataclasses import dataclass
from functools import cached_property

from portal.access.models import User
from portal.access.permissions import Permission, Role
from portal.core.read import Read
from portal.prototypes import spots
from portal.prototypes.models import Pin, PrototypeVersion, Round
from portal.prototypes.models.captain import stamp
from portal.prototypes.models.further import Further

COUNTED = 8  # Signature lines that are drawn; beyond, the words say how many.

_ROUND = Read(
    """select r.*, t.included_rounds, u.id as gatherer_id, u.name as gatherer, s.name as submitter,
              c.number as change_number, w.status as change_status, o.number as change_sign_off,
              (select count(*) from shared_pin h join pin p on p.id = h.pin_id
               where p.version_id = :version and p.batch_id is null and h.into_id is null
                 and h.dropped_why = '') as held,
              (select count(*) from shared_pin h join pin p on p.id = h.pin_id
               where p.version_id = :version) as shown,
              exists (select 1 from shared_pin h join pin l on l.id = h.into_id
                      join prototype_version y on y.id = l.version_id
                      where y.prototype_id = r.prototype_id and l.batch_id is not null)
              as has_folded
       from round r join prototype t on t.id = r.prototype_id
       join prototype_version f on f.id = r.version_id
       left join membership m on m.project_id = t.project_id and m.user_id = t.captain_id
                             and m.role in ('reviewer', 'approver', 'sponsor')
       left join "user" u on u.id = m.user_id and u.disabled_at is null
       left join "user" s on s.id = r.submitted_by_id
       left join change_request c on c.id = r.change_id
       left join change_version w on w.change_id = c.id and w.version = coalesce(
            (select max(version) from change_version
             where change_id = c.id and status = 'approved'),
            (select max(version) from change_version
             where change_id = c.id and status <> 'draft'),
            (select max(version) from change_version where change_id = c.id))
       left join sign_off o on o.kind = 'change' and o.subject_id = w.id
       where r.prototype_id = :prototype and f.version <= :number
       order by r.number desc limit 1""",
    model=Round,
)
# Shown to colleagues of the client, and what became of it; with them the reader's own drafts, if
# the reader gathers. No page of the studio asks this.
_SHARED = Read(
    """select p.*, u.name as author_name, s.position as on_screen, s.name as screen_name, s.kind,
              s.width, s.height, h.id as shared_id, h.into_id, coalesce(h.dropped_why, '') as
              dropped_why, coalesce(h.is_kept, false) as is_kept, d.name as settled_by_name,
              g.note as share_note, g.id as share_id, w.version as left_on
       from pin p join "user" u on u.id = p.author_id join screen s on s.id = p.screen_id
       left join shared_pin h on h.pin_id = p.id left join pin_share g on g.id = h.share_id
       left join prototype_version w on w.id = g.version_id
       left join "user" d on d.id = h.settled_by_id
       where p.version_id = :version
         and (h.id is not null or p.batch_id is null and p.author_id = :own)
       order by case when h.id is null then 1 else 0 end, h.id, p.id""",
    model=Pin,
)
# What says the same as a pin that the studio has; now everybody reads it.
_FOLDED = Read(
    """select p.text, u.name as author_name, h.into_id from shared_pin h
       join pin p on p.id = h.pin_id join "user" u on u.id = p.author_id
       join pin l on l.id = h.into_id join prototype_version v on v.id = l.version_id
       where v.prototype_id = :prototype and l.batch_id is not null order by p.id"""
)
#: Whose pins wait for this person to submit them: the newest version of each prototype.
_TO_GATHER = Read(
    """select j.slug, j.name as project, t.number, v.version, v.title, r.number as round,
              r.opened_at, s.due_on, count(distinct p.author_id) as colleagues
       from prototype t join project j on j.id = t.project_id
       join membership m on m.project_id = j.id and m.user_id = t.captain_id
                        and m.role in ('reviewer', 'approver', 'sponsor')
       join prototype_version v on v.prototype_id = t.id and v.version =
            (select max(version) from prototype_version n
             where n.prototype_id = t.id and n.status != 'draft')
       join round r on r.prototype_id = t.id and r.submitted_at is null and r.number =
            (select max(number) from round n where n.prototype_id = t.id)
       join pin p on p.version_id = v.id and p.batch_id is null and p.author_id <> t.captain_id
       join shared_pin h on h.pin_id = p.id and h.into_id is null and h.dropped_why = ''
       left join sign_off s on s.kind = 'prototype' and s.subject_id = v.id
       where t.captain_id = :user and v.status in ('sent', 'changes_requested')
         and j.closed_at is null
       group by j.slug, j.name, t.number, v.version, v.title, r.number, r.opened_at, s.due_on
       order by r.opened_at"""
)


def current(version):
    """Return the round of a sent version with all that its page says of it, or None."""
    facts = {"prototype": version.prototype_id, "number": version.version}
    return _ROUND.one(version=version.id, **facts)


def folded(prototype_id):
    """Return what is folded under pins that the studio has: {id of the pin: [row, …]}."""
    found = {}
    for row in _FOLDED.all(prototype=prototype_id):
        found.setdefault(row.into_id, []).append(row)
    return found


def to_gather(user):
    """Return the rounds for which colleagues of this captain have shown pins, oldest first."""
    return _TO_GATHER.all(user=user.id)


@dataclass
class RoundPage:
    """The round of a version, as one reader finds it."""

    version: PrototypeVersion
    reader: User
    role: Role
    is_viewed: bool = False  # As in `review.Review`.

    @cached_property
    def round(self):
        return None if self.version.is_draft else current(self.version)

    # The counter ---------------------------------------------------------------------------------

    @property
    def included(self):
        return self.round.included_rounds

    @property
    def title(self):
        """Round 2 of 3 included rounds"""
        number, included = self.round.number, self.included
        if included is None:
            return f"Round {number}"
        if number > included:
            return f"Round {number}, beyond the {included or 'no'} included"
        return f"Round {number} of {included} included {'round' if included == 1 else 'rounds'}"

    @property
    def lines(self):
        """Signature lines: "on" for a round that has begun, "off" for one to come; none ticked."""
        number = self.round.number
        count = min(COUNTED, max(number, self.included or number))
        return [
            ("on" if n <= number else "off", n < number or (n == number and self.is_ticked))
            for n in range(1, count + 1)
        ]

    @property
    def is_ticked(self):
        return self.round.is_submitted or not self.round.is_open

    # Who does what -------------------------------------------------------------------------------

    @property
    def has_captain(self):
        return self.round is not None and self.round.gatherer_id is not None

    @property
    def is_captain(self):
        return self.has_captain and self.round.gatherer_id == self.reader.id

    @property
    def may_gather(self):
        """True for the captain; for who decides when pins are held and there is none."""
        is_shut_out = self.reader.is_studio or self.is_viewed
        if is_shut_out or self.round is None or self.version.closed:
            return False
        if self.has_captain:
            return self.is_captain and not self.round.is_submitted
        return bool(self.round.held) and self.role.may(Permission.SIGN_OFF_DECIDE)

    @property
    def is_with_studio(self):
        """True if the captain submitted it, so that nobody of the client adds to it."""
        return self.has_captain and self.round.is_submitted and not self.reader.is_studio

    @property
    def further(self):
        """The offer for one more round than the contract includes, or None."""
        return self.round and Further.of(self.version, self.round)

    @property
    def path(self):
        prototype = self.version.prototype
        return f"/projects/{prototype.project.slug}/prototypes/{prototype.number}/rounds/{self.round.number}"

    @cached_property
    def folded(self):
        """What says the same as a pin that everybody reads: {id of that pin: [row, …]}."""
        is_asked = self.round is not None and self.round.has_folded
        return folded(self.version.prototype_id) if is_asked else {}

    # What is held back ---------------------------------------------------------------------------

    @cached_property
    def rows(self):
        """What was shown to colleagues, and the gatherer's own drafts. Nothing for the studio."""
        is_asked = self.round is not None and (self.round.shown or self.may_gather)
        if self.reader.is_studio or not is_asked:
            return []
        return self.read(own=self.may_gather)

    def read(self, *, own):
        if self.is_viewed:
            return []
        return named(_SHARED.all(version=self.version.id, own=self.reader.id if own else 0))

    @property
    def shared(self):
        """Every pin that was shown to colleagues."""
        return [pin for pin in self.rows if pin.shared_id]

    @property
    def waiting(self):
        return [pin for pin in self.rows if pin.batch_id is None]

    @cached_property
    def held(self):
        """The pins that stand and wait to be submitted, each with those `under` it."""
        waiting = self.waiting
        standing = [pin for pin in waiting if pin.into_id is None and not pin.dropped_why]
        for pin in standing:
            pin.under = [one for one in waiting if one.into_id == pin.id]
        return standing

    @property
    def to_give(self):
        """What the reader would submit now: what is held, or the reader's own drafts."""
        if self.may_gather:
            return self.held
        return [pin for pin in self.read(own=True) if pin.shared_id is None]

    @property
    def dropped(self):
        return [pin for pin in self.shared if pin.dropped_why]

    @property
    def on_picture(self):
        """What colleagues were shown and waits, as the picture marks it: by a letter."""
        found = [pin for pin in self.held if pin.shared_id]
        for pin in found:
            pin.shown_number, pin.is_carried = pin.letter, False
        return found

    @property
    def on_one_spot(self):
        """Groups of pins at one place of which the captain has not said that all stay."""
        found = spots.groups(self.held)
        return [group for group in found if not all(pin.is_kept for pin in group)]

    @property
    def notes(self):
        """What colleagues said over all of their pins: (name, sentence)."""
        said = {pin.share_id: (pin.author_name, pin.share_note) for pin in self.shared}
        return [one for one in said.values() if one[1]]

    @property
    def stamp(self):
        """What this page shows, as `submit` checks it."""
        return stamp((pin.key, pin.into_id, bool(pin.dropped_why)) for pin in self.waiting)


def named(pins):
    """Give each pin a letter: it has no number before the studio has it."""
    for n, pin in enumerate(pins):
        pin.letter = letter(n)
    return pins


def letter(n):
    """Return the name of the nth thing, from 0.

    >>> letter(0), letter(25), letter(26)
    ('a', 'z', 'aa')
    """
    rest, last = divmod(n, 26)
    return (letter(rest - 1) if rest else "") + "abcdefghijklmnopqrstuvwxyz"[last]
