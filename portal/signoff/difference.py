"""What changed since this person's last yes."""

from dataclasses import replace

from portal.core import dates
from portal.signoff.models import Answer, Decision, SignOff, SignOffStatus

YES = (Answer.APPROVE, Answer.APPROVE_WITH_NOTES)


def since_last_yes(sign_off, subject, reader):
    """Return the Difference to open the page with, or None when there is nothing to compare.

    First choice: an earlier version of the same thing that this person approved. Then the
    version that was sent before this one. Then what others signed on the project since this
    person's last yes to anything.
    """
    before = _approved_version(sign_off, reader) or None
    if before:
        made = before.decisions.where(Decision.user == reader).get()
        day = dates.day(made.made_at.date())
        return _between(before, sign_off, f"Version {before.version}, which you approved on {day}.")
    before = _sent_before(sign_off)
    if before:
        day = dates.day(before.requested_at.date())
        since = f"Version {before.version}, which was sent on {day}."
        return replace(_between(before, sign_off, since), heading="Changed since the last version")
    last = _last_yes(sign_off, reader)
    return subject.changed_since(last) if last else None


def between(before, after):
    """Return the Difference between two sent versions of one thing."""
    return _between(before, after, f"Version {before.version}.")


def _between(before, after, since):
    found = after.subject_class.difference(before.shown, after.shown)
    return replace(found, since=since)


def _versions(sign_off):
    return SignOff.select().where(
        SignOff.project == sign_off.project_id,
        SignOff.kind == sign_off.kind,
        SignOff.subject_number == sign_off.subject_number,
        SignOff.version < sign_off.version,
    )


def _approved_version(sign_off, reader):
    return (
        _versions(sign_off)
        .join(Decision)
        .where(Decision.user == reader, Decision.answer.in_(YES))
        .order_by(SignOff.version.desc())
        .first()
    )


def _sent_before(sign_off):
    return (
        _versions(sign_off)
        .where(SignOff.status != SignOffStatus.OPEN)
        .order_by(SignOff.version.desc())
        .first()
    )


def _last_yes(sign_off, reader):
    return (
        Decision.select()
        .where(
            Decision.project == sign_off.project_id,
            Decision.user == reader,
            Decision.answer.in_(YES),
        )
        .order_by(Decision.made_at.desc())
        .first()
    )
