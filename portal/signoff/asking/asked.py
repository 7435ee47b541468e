"""Who was asked, and all that came of asking each of them."""

from dataclasses import dataclass

from portal.access.models import User
from portal.mail.models import Letter
from portal.signoff.models import Addressee, Answer, Ask, Decision, Opinion

#: How an answer reads as a state.
STATES = {
    Answer.APPROVE: "approved",
    Answer.APPROVE_WITH_NOTES: "approved",
    Answer.REQUEST_CHANGES: "changes_requested",
    Answer.DECLINE: "declined",
}


@dataclass(frozen=True)
class Asked:
    """One addressee, and all that came of asking."""

    addressee: Addressee
    decision: Decision | None
    opinion: Opinion | None
    letter: Letter | None
    stand_in: User | None  # Who answers in this seat today.

    @property
    def user(self):
        return self.addressee.user

    @property
    def is_opinion(self):
        return self.addressee.ask == Ask.OPINION

    @property
    def is_copy(self):
        return self.addressee.is_copy

    @property
    def is_empty(self):
        """True for the seat of somebody who left, with nobody to ask instead."""
        return self.addressee.vacated_at is not None and self.decision is None

    @property
    def has_turn(self):
        return self.addressee.asked_at is not None

    @property
    def has_answered(self):
        answer = self.opinion if self.is_opinion else self.decision
        return self.is_copy or answer is not None

    @property
    def state(self):
        return self.decision and STATES[self.decision.answer]


def of(sign_off, opinions, *, has_letters):
    """Return an Asked for each addressee, in their order; with `has_letters`, for the studio, what
    became of the letter that asked. The sign-off has its addressees and decisions at hand.
    """
    made = {decision.seat_id: decision for decision in sign_off.decisions}
    given = {opinion.user_id: opinion for opinion in opinions}
    letters = _letters(sign_off) if has_letters else {}
    return [
        Asked(
            one,
            made.get(one.id),
            given.get(one.user_id) if one.ask == Ask.OPINION else None,
            letters.get(one.user_id),
            sign_off.stand_ins.get(one.user_id) if one.is_seat else None,
        )
        for one in sign_off.addressees
    ]


def _letters(sign_off):
    """Return the last letter that asked each person, by their id."""
    sent = Letter.select(Letter.user_id, Letter.status, Letter.sent_at, Letter.error).where(
        Letter.project_id == sign_off.project_id,
        Letter.subject_kind == "sign_off",
        Letter.subject_number == sign_off.number,
        Letter.template == "sign-off-request",
    )
    return {letter.user_id: letter for letter in sent.order_by(Letter.id)}
