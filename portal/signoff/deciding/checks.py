"""What must hold before an answer counts. Each check passes silently or raises a refusal."""

from portal.core import canonical, money
from portal.signoff.models import Answer
from portal.signoff.refusals import (
    ALTERED,
    Closed,
    Incomplete,
    Moved,
    NotYet,
    OverMandate,
    Overtaken,
    Stale,
    closed_words,
)


def check_open(sign_off, by):
    if sign_off.is_open and any(made.user_id == by.id for made in sign_off.decisions):
        raise Closed("You have answered already.", sign_off=sign_off)
    check_answerable(sign_off)


def check_answerable(sign_off):
    """Refuse any answer to what is closed, or whose last day has passed."""
    if not sign_off.is_open:
        raise Closed(closed_words(sign_off), sign_off=sign_off)
    if sign_off.project.closed_at is not None:
        raise Closed("The project is closed. The studio can open it again.", sign_off=sign_off)
    if sign_off.is_past_its_day:
        raise Closed("It was valid until a day that has passed.", sign_off=sign_off)


def check_turn(sign_off, by):
    """Refuse an answer in a seat that has one, or before those who come first have approved."""
    seat = sign_off.seat_of(by)
    for made in sign_off.decisions:
        if made.seat_id == seat.id:
            whom = " for you" if seat.user_id == by.id else ""
            raise Closed(f"{made.user.name} answered{whom} already.", sign_off=sign_off)
    if not sign_off.is_turn_of(seat):
        first = sign_off.open_seats[0]
        raise NotYet(f"{first.user.name} answers first. You get a letter when it is your turn.")


def check_mandate(sign_off, reach, form):
    """Refuse a yes that is over the mandate of the seat, unless another yes beside it covers it."""
    if not form.answer.is_yes or reach.may_approve:
        return
    raise OverMandate(over_words(sign_off, reach), sign_off=sign_off)


def over_words(sign_off, reach):
    """Return why it is too much for this person alone, and who can."""
    reason = "You may not decide this alone."
    if reach.authority:
        reason = reach.authority.refusal(sign_off.kind, sign_off.subject_class.NOUN)
    if reach.who_can is None:
        return f"{reason} Nobody else on the project can."
    return f"{reason} {reach.who_can.name} can{', and is asked already' if reach.is_asked else ''}."


def check_fit(sign_off, subject, offer, form):
    """Refuse a form that was made for something else than what would be signed."""
    if form.version != sign_off.version or form.digest != sign_off.digest:
        raise Stale("This is not the version you read.", sign_off=sign_off)
    if canonical.sha256(sign_off.snapshot) != sign_off.digest:
        raise Stale(ALTERED, sign_off=sign_off)
    if not 0 <= form.baseline_number <= subject.baseline_number():
        raise Stale("No page of ours was about that baseline.", sign_off=sign_off)
    if not form.answer.is_yes:
        return
    reason = subject.overtaken(sign_off.shown)
    if reason:
        raise Overtaken(reason, sign_off=sign_off)
    if form.baseline_number != subject.baseline_number():
        raise Moved("Another change was signed while you read.", sign_off=sign_off)
    if form.total_minor != offer.total_minor:
        raise Moved(
            f"With these choices it comes to {_sum(offer)}, not to what the page showed.",
            sign_off=sign_off,
        )
    _check_same_choices(sign_off, offer)


def _check_same_choices(sign_off, offer):
    """Refuse a yes to other options than those that somebody before has signed: one contract."""
    for made in sign_off.decisions:
        if made.is_yes and tuple(made.options) != offer.options:
            words = f"{made.user.name} signed other choices, and everyone has to sign the same."
            raise Moved(f"{words} Choose those, or ask for changes.", sign_off=sign_off)


def check_complete(form, evidence):
    if form.answer.is_yes and not evidence.typed_name:
        raise Incomplete("Type your name to sign.", field="name")
    if form.answer.is_yes and not form.has_consented:
        raise Incomplete("Tick the box to say that you have read it.", field="consent")
    if form.answer == Answer.DECLINE and not form.notes:
        raise Incomplete("Say why, so that the studio can do better.", field="notes")
    if form.answer == Answer.REQUEST_CHANGES and not form.notes:
        raise Incomplete("Say what should change.", field="notes")
    if form.answer == Answer.APPROVE_WITH_NOTES and not form.notes:
        raise Incomplete("Write the note, or approve without one.", field="notes")


def _sum(offer):
    if offer.total_minor is None:
        return "no amount"
    return f"{money.show(offer.total_minor, offer.currency)} {offer.currency}"
