"""How the people of the story answer: through the engine, with what their browsers would send."""

import secrets

from portal.core import clock
from portal.signoff.deciding.decide import Form, decide
from portal.signoff.models import Addressee, Answer, Evidence

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1"
)
LAPTOP = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
)
OFFICE, TRAIN = "192.0.2.44", "198.51.100.7"  # Addresses kept for documentation (RFC 5737).


def opens(sign_off, person):
    """Note that this person had the page before their eyes."""
    Addressee.get(sign_off=sign_off, user=person).open()


def answers(sign_off, by, answer=Answer.APPROVE, *, notes="", options=None, on=IPHONE):
    """Answer as the page would post it. Returns the Decision."""
    offer = sign_off.offer(options)
    form = Form(
        answer=answer,
        version=sign_off.version,
        digest=sign_off.digest,
        baseline_number=sign_off.subject.baseline_number(),
        total_minor=offer.total_minor,
        options=offer.options,
        notes=notes,
        has_consented=True,
        key=secrets.token_urlsafe(16),
    )
    evidence = Evidence(
        typed_name=by.name if answer.is_yes else "",
        how="email code" if on == IPHONE else "password",
        authenticated_at=clock.now(),
        address=TRAIN if on == IPHONE else OFFICE,
        agent=on,
    )
    return decide(sign_off, form, evidence, by=by)


def wants_changes(sign_off, by, notes, **how):
    return answers(sign_off, by, Answer.REQUEST_CHANGES, notes=notes, **how)


def declines(sign_off, by, notes, **how):
    return answers(sign_off, by, Answer.DECLINE, notes=notes, **how)


def approves_with_notes(sign_off, by, notes, **how):
    return answers(sign_off, by, Answer.APPROVE_WITH_NOTES, notes=notes, **how)
