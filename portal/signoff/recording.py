"""What is kept of an answer: the fact on the ledger, the decision, the receipt and its seal."""

from portal.core import canonical, clock
from portal.ledger.models import Identity, record
from portal.ledger.verbs import Verb
from portal.signoff import consent
from portal.signoff.models import Decision, Receipt, Seal


def write(sign_off, offer, form, evidence, by):
    facts = facts_of(sign_off, offer, form, evidence, by)
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


def facts_of(sign_off, offer, form, evidence, by):
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


def _amount(offer):
    if offer.total_minor is None:
        return None
    return {"minor": offer.total_minor, "currency": offer.currency}
