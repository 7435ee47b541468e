"""What is kept of an answer: the fact on the ledger, the decision, the receipt and its seal."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.access.models import User
from portal.core import canonical, clock
from portal.core.release import RELEASE
from portal.ledger.models import Identity, record
from portal.ledger.verbs import Verb
from portal.signoff import questions
from portal.signoff.deciding import consent, trail
from portal.signoff.models import Decision, DecisionFile, Evidence, How, Receipt, Seal, SignOff
from portal.signoff.subject import Offer


@dataclass(frozen=True)
class Recorded:
    """How an answer came that somebody of the studio writes down."""

    by: User
    how: How
    on: date

    def facts(self):
        return {"by": self.by.identity, "how": str(self.how), "on": self.on.isoformat()}


@dataclass(frozen=True)
class Given:
    """One answer that was found to fit: to what, what was said, by whom, and how we know."""

    sign_off: SignOff
    offer: Offer
    form: Any
    evidence: Evidence
    by: User
    recorded: Recorded | None = None  # Who wrote it down; None: it was given here.

    @property
    def is_yes(self):
        return self.form.answer.is_yes

    @property
    def actor(self):
        """Whoever pressed the button."""
        return self.recorded.by if self.recorded else self.by


def write(given, reach):
    """Record an answer, given in the seat and on the mandate that `reach` tells. Returns the Decision."""
    sign_off, offer, form = given.sign_off, given.offer, given.form
    facts = facts_of(given) | reach.facts(is_yes=given.is_yes)
    verb = Verb.DECISION_RECORDED if given.recorded else Verb.DECISION_MADE
    event = record(verb, sign_off, by=given.actor, **facts)
    decision = Decision.create(
        project=sign_off.project,
        sign_off=sign_off,
        user=given.by,
        answer=form.answer,
        notes=form.notes,
        options=list(offer.options),
        amount_minor=offer.total_minor,
        launch_on=offer.launch_on,
        baseline_number=form.baseline_number,
        key=form.key,
        signer=facts["signer"],
        device=facts["device"],
        purchase_order=form.purchase_order,
        event=event,
        made_at=event.at,
        **_source(given.recorded),
        **reach.columns(is_yes=given.is_yes),
    )
    for file in form.files:
        DecisionFile.create(decision=decision, blob=file.blob, name=file.name)
    Seal.promise(Receipt.issue(decision, _receipt(sign_off, event, facts)))
    return decision


def facts_of(given):
    """Return what the ledger and the receipt say of this answer."""
    sign_off, by, recorded = given.sign_off, given.by, given.recorded
    has_agreed = given.is_yes and recorded is None
    words = consent.text(sign_off, given.offer, by.client.name) if has_agreed else ""
    return {
        **sign_off.facts(),
        **_answer(given.offer, given.form),
        "consent": _consent(words) if words else None,
        "questions": questions.hashes(sign_off),
        **_person(by, given.evidence),
        "recorded": recorded and recorded.facts(),
        **trail.of(sign_off, by),
        "release": RELEASE,
    }


def _source(recorded):
    if recorded is None:
        return {}
    return {
        "recorded_by": recorded.by,
        "recorded_how": recorded.how,
        "recorded_on": recorded.on,
    }


def _answer(offer, form):
    order = form.purchase_order
    return {
        "answer": str(form.answer),
        "options": list(offer.options),
        "amount": _amount(offer),
        "launch": offer.launch_on and offer.launch_on.isoformat(),
        "baseline": form.baseline_number,
        "notes_sha256": canonical.sha256(form.notes) if form.notes else None,
        "purchase_order_sha256": canonical.sha256(order) if order else None,
        "files": [file.blob.sha256 for file in form.files],
    }


def _person(by, evidence):
    """Return who it was, as commitments, and how we know."""
    return {
        "signer": Identity.commit(
            by.id,
            name=by.name,
            typed_name=evidence.typed_name,
            email=by.email,
            title=by.title,
            company=by.client.name,
            zone=by.zone,
        ),
        "device": Identity.commit(by.id, address=evidence.address, agent=evidence.agent),
        "identified_by": evidence.how,
        "identified_at": clock.stamp(evidence.authenticated_at),
        "session": evidence.session or None,
        "form_age_s": evidence.form_age_s,
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


def _amount(offer):
    if offer.total_minor is None:
        return None
    return {"minor": offer.total_minor, "currency": offer.currency}
