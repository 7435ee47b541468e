"""What the page of a sign-off shows one reader, gathered once."""

from dataclasses import dataclass, field
from functools import cached_property

from portal.access.models import User
from portal.access.permissions import Permission
from portal.core.filters import READER
from portal.signoff import difference, queries, talks
from portal.signoff.asking import asked, seats, silence
from portal.signoff.deciding import checks, consent
from portal.signoff.models import Ask, Rule, SignOff
from portal.signoff.models.stand_ins import studio_day
from portal.signoff.questions import Talk, is_copied
from portal.signoff.standing import Standing
from portal.signoff.subject import Offer


@dataclass
class Page:
    """One sign-off, one reader, one choice of options."""

    sign_off: SignOff
    reader: User
    role: object
    offer: Offer
    is_preview: bool = False
    subject: object = field(init=False)

    def __post_init__(self):
        self.subject = self.sign_off.subject
        self.shown = self.sign_off.shown

        if not self.is_preview:  # Read once, for the page and for whose seat is whose.
            self.sign_off.addressees = queries.addressees_of(self.sign_off)
            self.sign_off.decisions = queries.decisions_of(self.sign_off)

    @property
    def addressees(self):
        return [] if self.is_preview else self.sign_off.addressees

    @property
    def decisions(self):
        return [] if self.is_preview else self.sign_off.decisions

    @cached_property
    def opinions(self):
        return [] if self.is_preview else queries.opinions_of(self.sign_off)

    @cached_property
    def strip(self):
        is_live = self.sign_off.is_open and not self.is_too_late
        return self.subject.strip(self.offer) if is_live else None

    @cached_property
    def baseline_number(self):
        return self.subject.baseline_number()

    @cached_property
    def difference(self):
        if self.role.is_studio and not self.is_preview:
            return None
        return difference.since_last_yes(self.sign_off, self.subject, self.reader)

    @cached_property
    def asked(self):
        """Everyone who was asked, in the order they were."""
        if self.is_preview:
            return []
        return asked.of(self.sign_off, self.opinions, has_letters=self.role.is_studio)

    @property
    def holds(self):
        """What the open question holds up, and by how much by now: sentences, or nothing."""
        if not self.sign_off.is_open or self.is_too_late:
            return []
        found = silence.of(self.sign_off, studio_day())
        return silence.words(found, self.sign_off.currency, READER.get().locale)

    @cached_property
    def scope_parts(self):
        """The scope items that it belongs to, or that its approval made."""
        return [] if self.is_preview else self.subject.scope_parts()

    @property
    def talked_of(self):
        """The kind of the thread that belongs to what is signed here."""
        return talks.KINDS[self.sign_off.kind]

    @cached_property
    def talk(self):
        """The questions at its lines, and who of them may ask or answer."""
        return Talk(self.sign_off, self.reader, self.role, self.addressees)

    @cached_property
    def standing(self):
        """Whether this version still counts, and what replaced it."""
        return Standing(self.sign_off, self.role, is_copied(self.reader, self.addressees))

    @property
    def draft_path(self):
        """Where the studio goes on writing what is previewed."""
        return f"/projects/{self.sign_off.project.slug}/{self.sign_off.kind}s/{self.subject.number}"

    @property
    def mine(self):
        """The reader's own decision, if there is one."""
        return next((made for made in self.decisions if made.user_id == self.reader.id), None)

    @property
    def my_opinion(self):
        return next((given for given in self.opinions if given.user_id == self.reader.id), None)

    @cached_property
    def seat(self):
        """The seat in which the reader answers, or None."""
        may = not self.is_preview and self.role.may(Permission.SIGN_OFF_DECIDE)
        return self.sign_off.seat_of(self.reader) if may else None

    @property
    def acting_for(self):
        """Who is away, and holds the seat of the reader; or None."""
        return self.seat.user if self.seat and self.seat.user_id != self.reader.id else None

    @property
    def is_too_late(self):
        """True once its last day has passed, also before the night closes it."""
        return self.sign_off.is_open and not self.is_preview and self.sign_off.is_past_its_day

    @property
    def may_decide(self):
        return (
            self.sign_off.is_open
            and not self.is_too_late
            and self.mine is None
            and self.seat in self.sign_off.open_seats
            and self.sign_off.is_turn_of(self.seat)
        )

    @property
    def first_answers(self):
        """Who answers before the reader, whose turn comes later; or None."""
        is_open = self.sign_off.is_open and not self.is_too_late
        waits = is_open and self.seat in self.sign_off.open_seats
        return self.sign_off.open_seats[0].user if waits and not self.may_decide else None

    @cached_property
    def reach(self):
        """How far the reader's yes goes, with these options."""
        return seats.reach_of(self.sign_off, self.reader, self.offer)

    @property
    def over(self):
        """Why the reader may not approve this alone, and who can; empty if they may."""
        if not self.may_decide or self.reach.may_approve:
            return ""
        return checks.over_words(self.sign_off, self.reach)

    @property
    def may_pass_on(self):
        """True where somebody else can decide so much and nobody has asked them yet."""
        return bool(self.over and self.reach.who_can and not self.reach.is_asked)

    @property
    def could_answer(self):
        """Who can be asked instead of somebody who left."""
        return seats.others_on(self.sign_off)

    @property
    def may_opine(self):
        return (
            self.sign_off.is_open
            and not self.is_preview
            and not self.is_too_late
            and self.role.may(Permission.SIGN_OFF_OPINE)
            and self.seat is None
            and not self.gets_copy
        )

    @property
    def gets_copy(self):
        return any(one.user_id == self.reader.id and one.is_copy for one in self.addressees)

    @property
    def awaits_reader(self):
        return self.may_decide or (
            self.sign_off.is_open
            and not self.is_too_late
            and self.my_opinion is None
            and any(a.user_id == self.reader.id and a.ask == Ask.OPINION for a in self.addressees)
        )

    @property
    def waits(self):
        """For whom it waits, as the reader says it; or None: the state says enough."""
        if self.over and self.reach.is_asked:
            return f"Waiting for {self.reach.who_can.name}"
        if self.first_answers:
            return f"Waiting for {self.first_answers.name}"
        if not self.awaits_reader:
            return None
        return (
            f"Waiting for you, for {self.acting_for.name}" if self.acting_for else "Waiting for you"
        )

    @property
    def consent(self):
        return consent.text(self.sign_off, self.offer, self.company)

    @property
    def company(self):
        return self.sign_off.project.client.name

    @property
    def others(self):
        """Who else is asked to decide, in words."""
        others = [one for one in self.sign_off.seats if one != self.seat]
        if not others:
            return "Yours is the only answer needed"
        if self.sign_off.rule != Rule.IN_ORDER:
            every = "Together with " if self.sign_off.rule == Rule.ALL else "You or "
            return every + " and ".join(one.user.name for one in others)
        after = [one.user.name for one in others if one.position > self.seat.position]
        return f"Then {' and '.join(after)}" if after else "Yours is the last answer"
