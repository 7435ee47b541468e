"""What a client would be shown of a draft, before anything is sent."""

from portal.core import canonical, clock
from portal.signoff.models import Rule, SignOff, SignOffStatus


def preview(subject, by):
    """Return a sign-off that was never sent: what the client would be shown now."""
    facts = subject.snapshot()
    sealed = canonical.dump(facts)
    offer = subject.offer(facts, None)
    return SignOff(
        project=subject.project,
        number=0,
        kind=subject.KIND,
        subject_id=subject.id,
        subject_number=subject.number,
        version=subject.version,
        noun=subject.noun,
        title=subject.title,
        status=SignOffStatus.OPEN,
        rule=Rule.ANY,
        snapshot=sealed,
        digest=canonical.sha256(sealed),
        currency=subject.project.currency,
        amount_minor=offer.total_minor,
        baseline_number=subject.baseline_number(),
        silence=getattr(subject, "silence", ""),
        expires_on=getattr(subject, "valid_until_on", None),
        requested_by=by,
        requested_at=clock.now(),
    )
