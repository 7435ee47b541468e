"""Undoing an approval: the mark it gets once both sides have signed its cancellation."""

from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.signoff.models.sign_off import SignOff, SignOffStatus
from portal.signoff.subject import SubjectStatus


def cancel(sign_off, decision):
    """Mark an approved sign-off as cancelled by a decision. Call it inside that one's transaction.

    Raises Conflict if it is not approved any more.
    """
    by = decision.sign_off
    sign_off.move("status", was=SignOffStatus.APPROVED, to=SignOffStatus.CANCELLED)
    SignOff.update(cancelled_by=by).where(SignOff.id == sign_off.id).execute()
    sign_off.subject.move("status", was=SubjectStatus.APPROVED, to=SubjectStatus.CANCELLED)
    record(
        Verb.DECISION_CANCELLED,
        sign_off,
        by=decision.actor,
        **sign_off.facts(),
        by_kind=by.kind,
        by_number=by.subject_number,
        by_sign_off=by.number,
    )
