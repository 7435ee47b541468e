"""How sign-offs read in the activity, and the letters they send."""

import datetime as dt

from portal.access.permissions import Role
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.signoff.asking.addressing import about, in_words, people_behind, requests
from portal.signoff.deciding import trail
from portal.signoff.models import Addressee, Decision, How, Rule, SignOff
from portal.signoff.subject import SUBJECTS

DID = {
    "approve": "approved",
    "approve_with_notes": "approved with a note",
    "request_changes": "asked for changes to",
    "decline": "declined",
}
ANSWERED = {
    "approve": "the client approved",
    "request_changes": "the client asked for changes to",
    "decline": "the client declined",
}
FOUND = {"looks_good": "thinks it looks good:", "needs_changes": "thinks it needs changes:"}


def _named(event):
    body = event.body
    return f"{SUBJECTS[body['kind']].NOUN} {body['subject_number']}, version {body['version']}"


def _path(event, slug):
    return f"/projects/{slug}/sign-offs/{event.subject_number}"


def _says(does):
    return lambda event, slug: Sentence(does, _named(event), _path(event, slug))


for verb, does in {
    Verb.SIGN_OFF_WITHDRAWN: "took back",
    Verb.SIGN_OFF_OPENED: "opened",
    Verb.SIGN_OFF_REMINDED: "sent a reminder about",
}.items():
    sentence(verb)(_says(does))


@sentence(Verb.SIGN_OFF_SENT)
def sent(event, slug):
    return Sentence("sent", _named(event), _path(event, slug), "for sign-off")


@sentence(Verb.SIGN_OFF_EXPIRED)
def expired(event, slug):
    return Sentence(
        "noted the end of", _named(event), _path(event, slug), "because its last day passed"
    )


@sentence(Verb.SIGN_OFF_SUPERSEDED)
def superseded(event, slug):
    more = f"with version {event.body['by_version']}"
    return Sentence("replaced", _named(event), _path(event, slug), more)


@sentence(Verb.DECISION_MADE)
def decided(event, slug):
    body = event.body
    amount = body["amount"]
    more = f"for {in_words(amount)}" if amount and body["answer"].startswith("approve") else ""
    person = body.get("acting_for") or ""
    more = ", ".join(filter(None, (more, "for"))) if person else more
    return Sentence(DID[body["answer"]], _named(event), _path(event, slug), more, person)


@sentence(Verb.OPINION_GIVEN)
def opined(event, slug):
    return Sentence(FOUND[event.body["view"]], _named(event), _path(event, slug))


@letters(Verb.SIGN_OFF_SENT)
def ask(event):
    asked = [one for one in _sign_off(event).addressees if one.asked_at is not None]
    yield from requests(_sign_off(event), asked)


@letters(Verb.SIGN_OFF_REMINDED)
def remind(event):
    addressee = Addressee.get_by_id(event.body["addressee"])
    yield from requests(addressee.sign_off, [addressee], "sign-off-reminder")


@sentence(Verb.DECISION_RECORDED)
def recorded(event, slug):
    """Sam recorded an approval of [estimate 3, version 2] from a letter of 3 March 2026"""
    body = event.body
    how, on = body["recorded"]["how"], dt.date.fromisoformat(body["recorded"]["on"])
    does = f"recorded that {ANSWERED[body['answer']]}"
    return Sentence(does, _named(event), _path(event, slug), f"from {How(how).of(on)}")


@letters(Verb.DECISION_MADE, Verb.DECISION_RECORDED)
def tell(event):
    """A receipt to whoever signed; the news to the others; the request to whoever is next."""
    decision = Decision.get(event=event.id)
    sign_off, receipt = decision.sign_off, decision.receipts.get()
    context = {
        **about(sign_off),
        "answer": DID[decision.answer],
        "is_yes": decision.is_yes,
        "by": decision.user.name,
        "notes": decision.notes,
        "receipt": receipt.name,
        "receipt_path": receipt.path,
        "event": f"{event.chain}/{event.seq}",
        "hash": event.hash,
        "digest": sign_off.digest,
        "is_final": not sign_off.is_open,
        "source": decision.source,
    }
    if decision.amount_minor is not None:
        context["amount"] = in_words(
            {"minor": decision.amount_minor, "currency": sign_off.currency}
        )
    receipt_letter = "decision-recorded" if decision.is_recorded else "receipt"
    yield Post(receipt_letter, [decision.user], context, tells_actor=True)
    yield Post("decision", trail.told(sign_off, decision.user), context)
    if sign_off.is_open and sign_off.rule == Rule.IN_ORDER:
        yield from requests(sign_off, sign_off.open_seats[:1])


@letters(Verb.SIGN_OFF_WITHDRAWN, Verb.SIGN_OFF_SUPERSEDED, Verb.SIGN_OFF_EXPIRED)
def end(event):
    """Tell whoever was asked and has not answered; and the producers when a clock did it."""
    sign_off = _sign_off(event)
    asked = [one for one in sign_off.addressees if not (one.has_answered or one.is_copy)]
    awaited = people_behind(asked)
    others = people_behind([one for one in sign_off.addressees if one.is_copy])
    if event.actor_id is None:
        others += sign_off.project.people(Role.PRODUCER)
    context = {**about(sign_off), "reason": sign_off.reason, "status": str(sign_off.status)}
    if event.verb != Verb.SIGN_OFF_SUPERSEDED:  # The new version's own letter says it.
        yield Post("sign-off-ended", awaited, context)
        yield Post("sign-off-ended", others, {**context, "ask": "copy"})


def _sign_off(event):
    return SignOff.get(project=event.project_id, number=event.subject_number)
