"""Seating: who was asked to decide, whose turn it is, and handing a seat over.

A seat has one answer. Rules count seats, not people, so nobody's leaving approves anything.
"""

from functools import cached_property

from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.signoff.models.addressees import Addressee, Ask, Rule
from portal.signoff.models.authority import Authority, next_who_covers
from portal.signoff.models.stand_ins import StandIn


class Seating:
    """Mixed into SignOff. What changes a seat is called inside `project.change()`."""

    @cached_property
    def stand_ins(self):
        """Who answers for whom today: {id of who is away: User}."""
        return StandIn.today(self.project)

    @property
    def seats(self):
        """Who decides, in their order."""
        found = [one for one in self.addressees if one.is_seat]
        return sorted(found, key=lambda seat: (seat.position, seat.id))

    @property
    def open_seats(self):
        taken = {made.seat_id for made in self.decisions}
        return [seat for seat in self.seats if seat.id not in taken]

    def seat_of(self, user):
        """Return the seat in which a person answers: their own, or that of somebody away; or None."""
        seats = self.seats
        own = [seat for seat in seats if seat.user_id == user.id]
        if own or not seats:
            return own[0] if own else None
        away = {id_ for id_, person in self.stand_ins.items() if person.id == user.id}
        theirs = [seat for seat in (*self.open_seats, *seats) if seat.user_id in away]
        return theirs[0] if theirs else None

    def is_turn_of(self, seat):
        """Answer whether the seat may answer now; with the rule `in_order` only the first may."""
        return self.rule != Rule.IN_ORDER or seat in self.open_seats[:1]

    def fresh_in(self, project):
        """Return it as it is now, inside `project.change()`. Raises Conflict once it has ended."""
        sign_off = type(self).get_by_id(self.id)
        sign_off.project = project
        sign_off.check_open()
        return sign_off

    # Asking --------------------------------------------------------------------------------------

    def ask(self, deciders, reviewers, copies):
        """Ask these people, each once: who decides is not asked for less."""
        deciders = list(dict.fromkeys(deciders))
        for position, user in enumerate(deciders, 1):
            waits = self.rule == Rule.IN_ORDER and position > 1
            asked = {"asked_at": None} if waits else {}
            Addressee.create(sign_off=self, user=user, ask=Ask.DECISION, position=position, **asked)
        others = [(user, Ask.OPINION) for user in reviewers] + [(user, Ask.COPY) for user in copies]
        named = set(deciders)
        for user, ask in others:
            if user not in named:
                Addressee.create(sign_off=self, user=user, ask=ask)
                named.add(user)

    def call_next(self):
        """Ask whoever is next in the order, once those before have approved."""
        for seat in self.open_seats[:1]:
            if seat.asked_at is None:
                seat.asked_at = clock.now()
                seat.save()

    # Handing over --------------------------------------------------------------------------------

    def fill(self, seat, authorities, stand_ins):
        """Give the seat of somebody who left to whoever answers for them, or else may decide it.

        Where there is nobody, the seat stays empty and is told: it never counts as a yes.
        """
        asked = {one.user_id for one in self.seats}
        person = stand_ins.get(seat.user_id)
        if person is None or person.id in asked:
            amount = self.offer().commits_minor
            person = next_who_covers(authorities, self.kind, amount, leave_out=asked)
        if person:
            self.readdress(seat, person, by=SYSTEM)
        else:
            seat.vacated_at = clock.now()
            seat.save()
            record(Verb.SIGN_OFF_VACATED, self, by=SYSTEM, **self.facts(), seat=seat.id)

    def hand_over(self, seat, person, *, by):
        """Ask this person instead of the one who left. Raises Conflict unless the seat is empty."""
        with self.project.change() as project:
            self.fresh_in(project).hand_over_here(seat.id, person, by=by)

    def hand_over_here(self, seat_id, person, *, by):
        seat = next((one for one in self.open_seats if one.id == seat_id), None)
        if seat is None or seat.vacated_at is None:
            raise Conflict("This seat is taken. Nobody has to be asked instead.")
        if person.id not in Authority.on(self.project):
            raise DomainError(f"{person.name} does not decide on this project.")
        if any(one.user_id == person.id for one in self.seats):
            raise Conflict(f"{person.name} is asked already.")
        self.readdress(seat, person, by=by)

    def readdress(self, seat, person, *, by):
        """Put another person into an unanswered seat, and forget what the one before did there."""
        Addressee.delete().where(Addressee.sign_off == self, Addressee.user == person).execute()
        before = seat.user
        seat.user, seat.instead_of = person, before
        seat.vacated_at = seat.opened_at = seat.reminded_at = None
        seat.asked_at = clock.now() if self.is_turn_of(seat) else None
        seat.save()
        facts = {"person": person.identity, "instead_of": before.identity, "seat": seat.id}
        record(Verb.SIGN_OFF_READDRESSED, self, by=by, **self.facts(), **facts)
