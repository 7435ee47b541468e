"""Deciding: one transaction from the form to the receipt, or nothing at all."""

from dataclasses import dataclass, replace

from portal.access.models import Membership
from portal.core import canonical, clock, money
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.core.fields import plain
from portal.ledger.models import SYSTEM, Identity, record
from portal.ledger.verbs import Verb
from portal.signoff import consent
from portal.signoff.models import (
    Answer,
    Ask,
    Decision,
    Evidence,
    Receipt,
    Rule,
    Seal,
    SignOff,
)
from portal.signoff.models.sign_off import SignOffStatus

OUTCOMES = {
    Answer.APPROVE: SignOffStatus.APPROVED,
    Answer.APPROVE_WITH_NOTES: SignOffStatus.APPROVED,
    Answer.REQUEST_CHANGES: SignOffStatus.CHANGES_REQUESTED,
    Answer.DECLINE: SignOffStatus.DECLINED,
}

ALTERED = "What was sealed has been altered since, so nobody can sign it. Please tell the studio."


class Incomplete(DomainError):
    """Something is missing from the form; `context["field"]` says where."""


class Closed(Conflict):
    """There is an outcome already, or the version was replaced."""


class Stale(Conflict):
    """The form was made for another version or another text."""


class Moved(Conflict):
    """The project moved meanwhile: the question stands, but its sums are new."""


class Overtaken(Conflict):
    """What it would change has changed itself; the question was taken back."""


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
    _check_open(sign_off, by)
    subject, offer = sign_off.subject, sign_off.offer(form.options)
    _check_fit(sign_off, subject, offer, form)
    _check_complete(form, evidence)
    decision = _record(sign_off, offer, form, evidence, by)
    outcome = _outcome(sign_off, form.answer)
    if outcome:
        sign_off.close(outcome)
    if outcome == SignOffStatus.APPROVED:
        subject.approved(decision, offer)
    return decision


def _check_open(sign_off, by):
    if not sign_off.is_open:
        raise Closed(closed_words(sign_off), sign_off=sign_off)
    if any(made.user_id == by.id for made in sign_off.decisions):
        raise Closed("You have answered already.", sign_off=sign_off)
    if sign_off.project.closed_at is not None:
        raise Closed("The project is closed. The studio can open it again.", sign_off=sign_off)
    if sign_off.is_past_its_day:
        raise Closed("It was valid until a day that has passed.", sign_off=sign_off)


def _check_fit(sign_off, subject, offer, form):
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


def _check_complete(form, evidence):
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


def _record(sign_off, offer, form, evidence, by):
    facts = _facts(sign_off, offer, form, evidence, by)
    event = record(Verb.DECISION_MADE, sign_off, by=by, **facts)
    decision = Decision.create(
        project=sign_off.project,
        sign_off=sign_off,
        user=by,
        answer=form.answer,
        notes=form.notes,
        options=list(offer.options),
        amount_minor=offer.total_minor,
        launch_on=offer.launch_on,
        baseline_number=form.baseline_number,
        key=form.key,
        signer=facts["signer"],
        device=facts["device"],
        event=event,
        made_at=event.at,
    )
    Seal.promise(Receipt.issue(decision, _receipt(sign_off, event, facts)))
    return decision


def _facts(sign_off, offer, form, evidence, by):
    """Return what the ledger and the receipt say of this answer."""
    words = consent.text(sign_off, offer, by.client.name) if form.answer.is_yes else ""
    return {
        **sign_off.facts(),
        "answer": str(form.answer),
        "options": list(offer.options),
        "amount": _amount(offer),
        "launch": offer.launch_on and offer.launch_on.isoformat(),
        "baseline": form.baseline_number,
        "consent": _consent(words) if words else None,
        "notes_sha256": canonical.sha256(form.notes) if form.notes else None,
        "signer": Identity.commit(
            name=by.name,
            typed_name=evidence.typed_name,
            email=by.email,
            title=by.title,
            company=by.client.name,
            zone=by.zone,
        ),
        "device": Identity.commit(address=evidence.address, agent=evidence.agent),
        "identified_by": evidence.how,
        "identified_at": clock.stamp(evidence.authenticated_at),
    }


def _consent(words):
    return {"id": consent.VERSION, "text": words, "sha256": consent.digest(words)}


def _receipt(sign_off, event, facts):
    return {
        "format": "receipt/1",
        "project": sign_off.project.slug,
        "sign_off": sign_off.number,
        "made_at": clock.stamp(event.at),
        "event": {
            "chain": event.chain,
            "seq": event.seq,
            "prev": event.prev,
            "hash": event.hash,
        },
        **facts,
    }


def _outcome(sign_off, answer):
    """Return how the sign-off ends with this answer, or None while others are still awaited."""
    if not answer.is_yes or sign_off.rule == Rule.ANY:
        return OUTCOMES[answer]
    asked = {a.user_id for a in sign_off.addressees if a.ask == Ask.DECISION}
    answered = {made.user_id for made in Decision.select().where(Decision.sign_off == sign_off)}
    return OUTCOMES[answer] if asked <= answered else None


def closed_words(sign_off):
    """Return why a sign-off cannot be answered any more, for whoever still has it open."""
    if sign_off.status == SignOffStatus.SUPERSEDED:
        return f"A newer version replaced {sign_off.label}."
    if sign_off.status == SignOffStatus.WITHDRAWN:
        return f"The studio took it back: {sign_off.reason}"
    if sign_off.status == SignOffStatus.EXPIRED:
        return "It was valid until a day that has passed."
    last = sign_off.decisions.order_by(Decision.id.desc()).first()
    did = {SignOffStatus.APPROVED: "approved it", SignOffStatus.DECLINED: "declined it"}
    return f"{last.user.name} {did.get(sign_off.status, 'asked for changes')} already."


def _amount(offer):
    if offer.total_minor is None:
        return None
    return {"minor": offer.total_minor, "currency": offer.currency}


def _sum(offer):
    if offer.total_minor is None:
        return "no amount"
    return f"{money.show(offer.total_minor, offer.currency)} {offer.currency}"
