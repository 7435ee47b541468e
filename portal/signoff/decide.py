"""Deciding: one transaction from the form to the receipt, or nothing at all."""

from dataclasses import dataclass, replace

from portal.access.models import Membership
from portal.core.errors import Conflict, Forbidden
from portal.core.fields import plain
from portal.ledger.models import SYSTEM
from portal.signoff import checks, recording
from portal.signoff.models import Answer, Ask, Decision, Evidence, Rule, SignOff, SignOffStatus
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


def decide(sign_off, form, evidence: Evidence, *, by):
    """Record this person's answer and let it take effect. Returns the Decision.

    The same form again gives the same decision. Raises Forbidden for a person who may not
    decide, Closed, Stale, Moved or Overtaken (all 409) when the form no longer fits, Incomplete
    (422) when something is missing; then nothing is recorded.
    """
    form = replace(form, notes=plain(form.notes).strip())  # As kept, so that its hash fits.
    evidence = replace(evidence, typed_name=plain(evidence.typed_name).strip())
    try:
        with sign_off.project.change() as project:
            sign_off.project = project
            return _replay(form, sign_off, by) or _decide(sign_off, form, evidence, by)
    except Overtaken as overtaken:
        sign_off.withdraw(by=SYSTEM, reason=overtaken.message)
        raise


def _replay(form, sign_off, by):
    made = Decision.get_or_none(key=form.key)
    if made and (made.user_id != by.id or made.sign_off_id != sign_off.id):
        raise Conflict("This form was used already. Open the page again.")
    return made


def _decide(sign_off, form, evidence, by):
    project = sign_off.project
    sign_off = SignOff.select().where(SignOff.id == sign_off.id).get()
    sign_off.project = project
    membership = Membership.of(by, project.slug)
    if not sign_off.can_be_decided_by(by, membership and membership.role):
        raise Forbidden("You can read this, but the answer is somebody else's.")
    checks.check_open(sign_off, by)
    subject, offer = sign_off.subject, sign_off.offer(form.options)
    checks.check_fit(sign_off, subject, offer, form)
    checks.check_complete(form, evidence)
    decision = recording.write(sign_off, offer, form, evidence, by)
    outcome = _outcome(sign_off, form.answer)
    if outcome:
        sign_off.close(outcome)
    if outcome == SignOffStatus.APPROVED:
        subject.approved(decision, offer)
    return decision


def _outcome(sign_off, answer):
    """Return how the sign-off ends with this answer, or None while others are still awaited."""
    if not answer.is_yes or sign_off.rule == Rule.ANY:
        return OUTCOMES[answer]
    asked = {a.user_id for a in sign_off.addressees if a.ask == Ask.DECISION}
    answered = {made.user_id for made in Decision.select().where(Decision.sign_off == sign_off)}
    return OUTCOMES[answer] if asked <= answered else None
