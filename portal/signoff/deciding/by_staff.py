"""Writing down an answer that reached the studio outside the portal: its own kind, and marked."""

import secrets
from dataclasses import dataclass
from datetime import date

from portal.access.models import Membership, User
from portal.core import clock, dates
from portal.core.errors import Conflict, DomainError
from portal.core.fields import line, plain
from portal.ledger.models import SYSTEM
from portal.signoff.asking import seats
from portal.signoff.deciding import checks, decide
from portal.signoff.deciding.attached import Kept
from portal.signoff.deciding.recording import Given, Recorded
from portal.signoff.models import Answer, Evidence, How, SignOff
from portal.signoff.models.stand_ins import studio_day
from portal.signoff.refusals import OverMandate, Overtaken
from portal.studio.models import Studio

IDENTIFIED_BY = "recorded by the studio"


class Unfit(DomainError):
    """Something is missing or cannot be; `context["field"]` says where."""


@dataclass(frozen=True)
class Heard:
    """An answer as somebody of the studio heard or read it."""

    person: User
    answer: Answer
    how: How
    on: date
    said: str
    options: tuple[str, ...] | None = None  # None: as it was sent.
    purchase_order: str = ""
    files: tuple[Kept, ...] = ()
    key: str = ""
    address: str = ""  # Of whoever writes it down, and their browser.
    agent: str = ""


def record_answer(sign_off, heard, *, by):
    """Record for a client what they answered by letter, mail, call or in a meeting.

    It takes effect as if they had answered here, and they get a letter with the way to object.
    Returns the Decision; the same key again gives the same one. Raises Unfit (422) for what is
    missing, Conflict for whoever was not asked or has answered, and what `decide` raises.
    """
    try:
        with sign_off.project.change() as project:
            made = decide.replay(heard.key, sign_off, heard.person)
            if made:
                return made
            sign_off = SignOff.get_by_id(sign_off.id)
            sign_off.project = project
            evidence = Evidence("", IDENTIFIED_BY, clock.now(), heard.address, heard.agent)
            return _record(sign_off, heard, evidence, by)
    except Overtaken as overtaken:
        sign_off.withdraw(by=SYSTEM, reason=overtaken.message)
        raise


def _record(sign_off, heard, evidence, by):
    person = heard.person
    checks.check_answerable(sign_off)
    _check_asked(sign_off, person)
    subject, offer = sign_off.subject, sign_off.offer(heard.options)
    form = _form(sign_off, subject, offer, heard)
    _check_said(sign_off, heard, form)
    checks.check_fit(sign_off, subject, offer, form)
    seats.hold(sign_off, person)
    recorded = Recorded(by, heard.how, heard.on)
    try:
        return decide.settle(Given(sign_off, offer, form, evidence, person, recorded), subject)
    except OverMandate as over:
        words = f"{person.name} may not decide so much alone, so a yes cannot be recorded."
        raise Conflict(words) from over


def _check_asked(sign_off, person):
    membership = Membership.of(person, sign_off.project.slug)
    if not sign_off.can_be_decided_by(person, membership and membership.role):
        raise Conflict(f"{person.name} was not asked to decide this, so nothing can be recorded.")
    if any(made.user_id == person.id for made in sign_off.decisions):
        raise Conflict(f"{person.name} has answered already.")
    checks.check_turn(sign_off, person)


def _check_said(sign_off, heard, form):
    sent_on = dates.today(sign_off.requested_at, Studio.here().zone)
    if not form.notes:
        raise Unfit("Write down what exactly was said.", field="said")
    if heard.how.is_written and not heard.files:
        raise Unfit(f"Add the {heard.how} itself: a scan, a photo or a PDF.", field="files")
    if heard.on > studio_day():
        raise Unfit("This day has not come yet.", field="on")
    if heard.on < sent_on:
        raise Unfit(f"It was only sent on {dates.day(sent_on)}.", field="on")


def _form(sign_off, subject, offer, heard):
    """Return the answer as a form of the page would have said it: about exactly what was sent."""
    return decide.Form(
        answer=heard.answer,
        version=sign_off.version,
        digest=sign_off.digest,
        baseline_number=subject.baseline_number(),
        total_minor=offer.total_minor,
        options=offer.options,
        notes=plain(heard.said).strip(),
        has_consented=False,
        key=heard.key or secrets.token_urlsafe(24),
        purchase_order=line(heard.purchase_order),
        files=heard.files,
    )
