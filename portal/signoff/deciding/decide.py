"""Deciding: one transaction from the form to the receipt, or nothing at all."""

from dataclasses import dataclass, replace

from portal.access.models import Membership
from portal.core.errors import Conflict, Forbidden
from portal.core.fields import line, plain
from portal.ledger.models import SYSTEM
from portal.signoff.asking import seats
from portal.signoff.deciding import checks, recording
from portal.signoff.deciding.attached import Kept
from portal.signoff.deciding.recording import Given
from portal.signoff.models import Answer, Decision, Evidence, Rule, SignOff, SignOffStatus
from portal.signoff.refusals import Overtaken

OUTCOMES = {
    Answer.APPROVE: SignOffStatus.APPROVED,
    Answer.APPROVE_WITH_NOTES: SignOffStatus.APPROVED,
    Answer.REQUEST_CHANGES: SignOffStatus.CHANGES_REQUESTED,
    Answer.DECLINE: SignOffStatus.DECLINED,
}


@dataclass(frozen=True)
class Form:
    """What the answering person saw and chose."""

    answer: Answer
    version: int
    digest: str
    baseline_number: int
    total_minor: int | None
    options: tuple[str, ...]
    notes: str
    has_consented: bool
    key: str
    purchase_order: str = ""
    files: tuple[Kept, ...] = ()


def decide(sign_off, form, evidence: Evidence, *, by):
    """Record this person's answer and let it take effect. Returns the Decision.

    The same form again gives the same decision. Raises Forbidden for a person who may not
    decide, Closed, Stale, Moved or Overtaken (all 409) when the form no longer fits, Incomplete
    (422) when something is missing; then nothing is recorded.
    """
    form = as_kept(form)
    evidence = replace(evidence, typed_name=plain(evidence.typed_name).strip())
    try:
        with sign_off.project.change() as project:
            sign_off.project = project
            return replay(form.key, sign_off, by) or _decide(sign_off, form, evidence, by)
    except Overtaken as overtaken:
        sign_off.withdraw(by=SYSTEM, reason=overtaken.message)
        raise


def as_kept(form):
    """Return the form with its words as they are stored, so that their hashes fit."""
    order = line(form.purchase_order)
    return replace(form, notes=plain(form.notes).strip(), purchase_order=order)


def replay(key, sign_off, by):
    """Return the answer that a form with this key gave before, or None. Raises Conflict if it was
    somebody else's, or to something else.
    """
    made = Decision.get_or_none(key=key)
    if made and (made.user_id != by.id or made.sign_off_id != sign_off.id):
        raise Conflict("This form was used already. Open the page again.")
    return made


def _decide(sign_off, form, evidence, by):
    project = sign_off.project
    sign_off = SignOff.get_by_id(sign_off.id)
    sign_off.project = project
    membership = Membership.of(by, project.slug)
    if not sign_off.can_be_decided_by(by, membership and membership.role):
        raise Forbidden("You can read this, but the answer is somebody else's.")
    seats.hold(sign_off, by)
    checks.check_open(sign_off, by)
    checks.check_turn(sign_off, by)
    subject, offer = sign_off.subject, sign_off.offer(form.options)
    checks.check_fit(sign_off, subject, offer, form)
    checks.check_complete(form, evidence)
    return settle(Given(sign_off, offer, form, evidence, by), subject)


def settle(given, subject):
    """Record an answer that was found to fit, and let it take effect. Returns the Decision.

    Call it inside the project's `change()`. Raises OverMandate for a yes over the mandate.
    """
    sign_off, offer = given.sign_off, given.offer
    reach = seats.reach_of(sign_off, given.by, offer)
    checks.check_mandate(sign_off, reach, given.form)
    decision = recording.write(given, reach)
    _take_effect(sign_off, subject, decision, offer)
    return decision


def _take_effect(sign_off, subject, decision, offer):
    outcome = _outcome(sign_off, decision.answer)
    if outcome:
        sign_off.close(outcome)
    else:
        sign_off.call_next()
    if outcome == SignOffStatus.APPROVED:
        subject.approved(decision, offer)


def _outcome(sign_off, answer):
    """Return how the sign-off ends with this answer, or None while others are still awaited."""
    if not answer.is_yes or sign_off.rule == Rule.ANY:
        return OUTCOMES[answer]
    return None if sign_off.open_seats else OUTCOMES[answer]
