"""How a question reached whoever answered it, what it replaced, and who hears of the answer."""

from portal.access.permissions import Role
from portal.core import clock
from portal.mail.models import Letter, LetterStatus
from portal.signoff.asking.addressing import people_behind
from portal.signoff.models import Addressee, SignOff


def of(sign_off, person):
    """Return what a receipt says of the way to this answer, without anything about a person."""
    asked = Addressee.get_or_none(sign_off=sign_off, user=person)
    opened_at = asked and asked.opened_at
    return {
        "asked_at": clock.stamp(sign_off.requested_at),
        "opened_at": opened_at and clock.stamp(opened_at),
        "letters": _letters(sign_off, person),
        "notified": sorted({one.identity for one in told(sign_off, person)}),
        "supersedes": _before(sign_off),
    }


def told(sign_off, signer):
    """Return who hears of an answer, besides whoever gave it: who was asked, and the producers."""
    people = people_behind(list(sign_off.addressees)) + sign_off.project.people(Role.PRODUCER)
    return [person for person in dict.fromkeys(people) if person.id != signer.id]


def _letters(sign_off, person):
    """Return how many letters about it went to this person so far, and what became of them."""
    letters = Letter.select(Letter.status).where(
        Letter.project_id == sign_off.project_id,
        Letter.subject_kind == "sign_off",
        Letter.subject_number == sign_off.number,
        Letter.user_id == person.id,
    )
    found = [letter.status for letter in letters]
    return {
        "written": len(found),
        "sent": found.count(LetterStatus.SENT),
        "failed": found.count(LetterStatus.FAILED),
    }


def _before(sign_off):
    """Return the version that this one replaced, or None."""
    before = (
        SignOff.select(SignOff.version, SignOff.digest)
        .where(
            SignOff.project == sign_off.project_id,
            SignOff.kind == sign_off.kind,
            SignOff.subject_number == sign_off.subject_number,
            SignOff.version < sign_off.version,
        )
        .order_by(SignOff.version.desc())
        .first()
    )
    return before and {"version": before.version, "digest": before.digest}
