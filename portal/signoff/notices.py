"""How sign-offs read in the activity, and the letters they send."""

from portal.access.permissions import Role
from portal.core import dates, money
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.projects.models import Project
from portal.signoff import question_notices  # noqa: F401 - what it registers is of this room.
from portal.signoff.models import Addressee, Ask, Decision, SignOff
from portal.signoff.subject import SUBJECTS

DID = {
    "approve": "approved",
    "approve_with_notes": "approved with a note",
    "request_changes": "asked for changes to",
    "decline": "declined",
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
    Verb.SIGN_OFF_SENT: "sent for sign-off",
    Verb.SIGN_OFF_WITHDRAWN: "took back",
    Verb.SIGN_OFF_OPENED: "opened",
    Verb.SIGN_OFF_REMINDED: "sent a reminder about",
}.items():
    sentence(verb)(_says(does))


@sentence(Verb.SIGN_OFF_EXPIRED)
def expired(event, slug):
    return Sentence("noted the end of", _named(event), _path(event, slug), "its last day passed")


@sentence(Verb.SIGN_OFF_SUPERSEDED)
def superseded(event, slug):
    more = f"with version {event.body['by_version']}"
    return Sentence("replaced", _named(event), _path(event, slug), more)


@sentence(Verb.DECISION_MADE)
def decided(event, slug):
    body = event.body
    amount = body["amount"]
    more = f"for {_money(amount)}" if amount and body["answer"].startswith("approve") else ""
    return Sentence(DID[body["answer"]], _named(event), _path(event, slug), more)


@sentence(Verb.OPINION_GIVEN)
def opined(event, slug):
    return Sentence(FOUND[event.body["view"]], _named(event), _path(event, slug))


@letters(Verb.SIGN_OFF_SENT)
def ask(event):
    sign_off = _sign_off(event)
    context = _about(sign_off)
    for role in Ask:
        asked = [a.user for a in sign_off.addressees if a.ask == role]
        yield Post("sign-off-request", asked, {**context, "ask": str(role)})


@letters(Verb.SIGN_OFF_REMINDED)
def remind(event):
    addressee = Addressee.get_by_id(event.body["addressee"])
    context = {**_about(addressee.sign_off), "ask": str(addressee.ask)}
    yield Post("sign-off-reminder", [addressee.user], context)


@letters(Verb.DECISION_MADE)
def tell(event):
    """A receipt to whoever signed; the news to the other addressees and the producers."""
    decision = Decision.get(event=event.id)
    sign_off, receipt = decision.sign_off, decision.receipts.get()
    context = {
        **_about(sign_off),
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
    }
    if decision.amount_minor is not None:
        context["amount"] = _money({"minor": decision.amount_minor, "currency": sign_off.currency})
    yield Post("receipt", [decision.user], context, tells_actor=True)
    yield Post("decision", _everyone_else(sign_off, decision.user), context)


@letters(Verb.SIGN_OFF_WITHDRAWN, Verb.SIGN_OFF_SUPERSEDED, Verb.SIGN_OFF_EXPIRED)
def end(event):
    """Tell whoever was asked and has not answered; and the producers when a clock did it."""
    sign_off = _sign_off(event)
    unanswered = [a.user for a in sign_off.addressees if not a.has_answered]
    if event.actor_id is None:
        unanswered += sign_off.project.people(Role.PRODUCER)
    context = {**_about(sign_off), "reason": sign_off.reason, "status": str(sign_off.status)}
    if event.verb != Verb.SIGN_OFF_SUPERSEDED:  # The new version's own letter says it.
        yield Post("sign-off-ended", unanswered, context)


def _sign_off(event):
    return SignOff.get(project=event.project_id, number=event.subject_number)


def _everyone_else(sign_off, signer):
    people = [a.user for a in sign_off.addressees] + sign_off.project.people(Role.PRODUCER)
    return [person for person in dict.fromkeys(people) if person.id != signer.id]


def _about(sign_off):
    """Return what every letter about a sign-off says."""
    project = Project.get_by_id(sign_off.project_id)
    return {
        "label": sign_off.label,
        "title": sign_off.title,
        "project": project.name,
        "path": sign_off.path,
        "amount": sign_off.amount_minor is not None
        and _money({"minor": sign_off.amount_minor, "currency": sign_off.currency}),
        "due": sign_off.due_on and dates.weekday(sign_off.due_on),
        "silence": sign_off.silence,
        "from_name": sign_off.requested_by.name,
        "from_title": sign_off.requested_by.title,
        "from_phone": sign_off.requested_by.phone,
        "closed": sign_off.closed_at is not None,
    }


def _money(amount):
    figure = money.show(amount["minor"], amount["currency"], brief=True)
    return f"{figure} {amount['currency']}"
