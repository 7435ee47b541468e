"""How objections and cancellations read in the activity, and the letters they send."""

from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.signoff.asking.addressing import about
from portal.signoff.deciding import trail
from portal.signoff.models import Decision, Objection, SignOff
from portal.signoff.subject import SUBJECTS


def _named(event):
    body = event.body
    return f"{SUBJECTS[body['kind']].NOUN} {body['subject_number']}, version {body['version']}"


def _path(event, slug):
    return f"/projects/{slug}/sign-offs/{event.subject_number}"


@sentence(Verb.DECISION_DISPUTED)
def disputed(event, slug):
    return Sentence("objected to the answer to", _named(event), _path(event, slug))


@sentence(Verb.OBJECTION_WITHDRAWN)
def withdrawn(event, slug):
    return Sentence("took back the objection to", _named(event), _path(event, slug))


@sentence(Verb.DECISION_CANCELLED)
def cancelled(event, slug):
    body = event.body
    more = f"with {SUBJECTS[body['by_kind']].NOUN} {body['by_number']}"
    return Sentence("cancelled", _named(event), _path(event, slug), more)


@letters(Verb.DECISION_DISPUTED, Verb.OBJECTION_WITHDRAWN)
def tell(event):
    """Both sides: whoever was asked, the producers, and a copy to whoever did it."""
    decision = Decision.get(event=Event.get(hash=event.body["decision"]))
    objection = Objection.get(decision=decision)
    receipt = decision.receipts.get()
    context = {
        **about(decision.sign_off),
        "by": objection.by.name,
        "reason": objection.reason,
        "receipt": receipt.name,
        "receipt_path": receipt.path,
        "is_withdrawn": event.verb == Verb.OBJECTION_WITHDRAWN,
        "event": f"{event.chain}/{event.seq}",
        "hash": event.hash,
    }
    yield Post("objection-copy", [objection.by], context, tells_actor=True)
    yield Post("objection", trail.told(decision.sign_off, objection.by), context)


@letters(Verb.DECISION_CANCELLED)
def tell_of_cancellation(event):
    """Those who signed or read the original and were not asked about undoing it."""
    body = event.body
    sign_off = SignOff.get(project=event.project_id, number=event.subject_number)
    by = SignOff.get(project=event.project_id, number=body["by_sign_off"])
    asked = {one.user_id for one in by.addressees}
    people = [one.user for one in sign_off.addressees if one.user_id not in asked]
    context = {**about(sign_off), "by_label": by.subject_label, "by_path": by.path}
    yield Post("decision-cancelled", people, context)
