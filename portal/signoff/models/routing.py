"""Routing: asking somebody whose mandate covers what a sign-off commits the client to."""

from portal.access.models import Membership
from portal.core import money
from portal.core.errors import Conflict, Forbidden
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.signoff.models.addressees import Addressee, Ask, Rule
from portal.signoff.models.authority import Authority, Uncovered, next_who_covers


class Routing:
    """Mixed into SignOff, beside Seating. Amounts in minor units."""

    def ask_who_covers(self, commits_minor):
        """Ask one more person to decide if nobody who was asked may say yes to so much.

        Raises Uncovered if nobody on the project may.
        """
        authorities = Authority.on(self.project)
        asked = {seat.user_id for seat in self.seats}
        if not any(self._covers(authorities, seat, commits_minor) for seat in self.seats):
            person = self._next_who_covers(commits_minor, authorities, asked)
            self._route(person, commits_minor, by=SYSTEM)

    def pass_on(self, *, by, options=None):
        """Ask somebody whose mandate covers it, for a person whose mandate does not. Returns who.

        Raises Forbidden for whoever holds no seat, Conflict when there is nothing to pass on,
        Uncovered when nobody else on the project may decide so much.
        """
        with self.project.change() as project:
            return self.fresh_in(project).pass_on_here(by, self.offer(options).commits_minor)

    def pass_on_here(self, by, commits_minor):
        member, seat = Membership.of(by, self.project.slug), self.seat_of(by)
        if not self.can_be_decided_by(by, member and member.role):
            raise Forbidden("You can read this, but the answer is somebody else's.")
        if seat not in self.open_seats:
            raise Conflict("You have answered already.")
        if self.is_past_its_day or self.project.closed_at is not None:
            raise Conflict("It cannot be answered any more, so nobody has to be asked.")
        authorities = Authority.on(self.project)
        able = [one for one in self.open_seats if self._covers(authorities, one, commits_minor)]
        if seat in able:
            raise Conflict("Your mandate covers this. Nobody else has to be asked.")
        if able:
            raise Conflict(f"{able[0].user.name} is asked already.")
        asked = {by.id, *(one.user_id for one in self.seats)}
        person = self._next_who_covers(commits_minor, authorities, asked)
        self._route(person, commits_minor, by=by)
        return person

    def _covers(self, authorities, seat, commits_minor):
        found = authorities.get(seat.user_id)
        return found is not None and found.covers(self.kind, commits_minor)

    def _next_who_covers(self, commits_minor, authorities, asked):
        found = next_who_covers(authorities, self.kind, commits_minor, leave_out=asked)
        if found is None:
            sum_ = f"{self.currency} {money.show(commits_minor, self.currency, brief=True)}"
            raise Uncovered(
                f"Nobody on this project may decide {sum_} for this {self.subject_class.NOUN}. Add"
                " the client’s sponsor, or widen a mandate among the people of the project."
            )
        return found

    def _route(self, person, commits_minor, *, by):
        seats = self.seats
        waits = self.rule == Rule.IN_ORDER and bool(self.open_seats)
        Addressee.delete().where(Addressee.sign_off == self, Addressee.user == person).execute()
        seat = Addressee.create(
            sign_off=self,
            user=person,
            ask=Ask.DECISION,
            position=max((one.position for one in seats), default=0) + 1,
            **({"asked_at": None} if waits else {}),
        )
        amount = {"minor": commits_minor, "currency": self.currency}
        facts = {"person": person.identity, "commits": amount}
        record(Verb.SIGN_OFF_ROUTED, self, by=by, **self.facts(), **facts, seat=seat.id)
