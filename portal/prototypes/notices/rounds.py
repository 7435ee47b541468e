"""How rounds and gathered pins read in the activity, and the letters they send.

The studio reads these sentences too, so none says what a pin says before it is submitted.
"""

from portal.access.permissions import Role
from portal.core import dates
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.prototypes.models import PinBatch, PinShare, Round, SharedPin
from portal.prototypes.models.further import pins_in_words as pins
from portal.signoff.models import SignOff

PINS_IN_A_LETTER = 20  # A letter is read at once; the rest is behind its link.


@sentence(Verb.PINS_SHARED)
def shared(event, slug):
    body = event.body
    return _about(f"showed {pins(body['pins'])} to colleagues on", slug, body["prototype"], body)


@sentence(Verb.ROUND_SUBMITTED)
def submitted(event, slug):
    body = event.body
    does = f"submitted round {body['round']} with {pins(body['pins'])} on"
    return _about(does, slug, body["prototype"], body)


DID = {
    Verb.PINS_MERGED: "merged pins on",
    Verb.PIN_DROPPED: "left a pin out of the round on",
    Verb.PIN_RESTORED: "took a pin back into the round on",
    Verb.ROUND_REMINDED: "reminded whoever gathers the pins on",
}


@sentence(*DID)
def gathered(event, slug):
    return _about(DID[event.verb], slug, event.subject_number, event.body)


@sentence(Verb.PROTOTYPE_TERMS_SET)
def terms_set(event, slug):
    included = event.body["included"]
    number = event.subject_number
    more = "to as many as it takes" if included is None else f"to {included} included"
    path = f"/projects/{slug}/prototypes/{number}"
    return Sentence("set the rounds of", f"prototype {number}", path, more)


@letters(Verb.PINS_SHARED)
def tell_captain(event):
    """One letter to whoever gathers, with what colleagues have said."""
    share = PinShare.get(project=event.project_id, number=event.subject_number)
    said = [
        {"where": f"{pin.screen.name}, {pin.place}", "text": pin.text} for pin in share.in_order()
    ]
    context = _version(share.version) | {
        "by": share.author.name,
        "note": share.note,
        "count": pins(len(said)),
        "pins": said[:PINS_IN_A_LETTER],
        "more": max(0, len(said) - PINS_IN_A_LETTER),
        "path": _round_path(share.version, event.body["round"]),
    }
    captain = share.version.prototype.acting_captain()
    yield Post("pins-shared", filter(None, [captain]), context)


@letters(Verb.PIN_DROPPED)
def tell_author(event):
    """The author reads that a pin stays behind, and why."""
    one = SharedPin.get_by_id(event.body["shared"])
    context = _version(one.pin.version) | {
        "by": one.settled_by.name,
        "text": one.pin.text,
        "why": one.dropped_why,
        "path": _round_path(one.pin.version, event.body["round"]),
    }
    yield Post("pin-dropped", [one.pin.author], context)


@letters(Verb.ROUND_SUBMITTED)
def tell_producers(event):
    """One letter to each producer for everything that was gathered."""
    batch = PinBatch.get(project=event.project_id, number=event.subject_number)
    version, given, folded = batch.version, batch.in_order(), batch.folded()
    said = [
        {
            "number": pin.number,
            "by": pin.author.name,
            "where": f"{pin.screen.name}, {pin.place}",
            "text": pin.text,
            "also": [{"by": one.author.name, "text": one.text} for one in folded.get(pin.id, ())],
        }
        for pin in given[:PINS_IN_A_LETTER]
    ]
    context = _version(version) | {
        "by": batch.author.name,
        "round": event.body["round"],
        "path": batch.path,
        "note": batch.note,
        "count": pins(len(given)),
        "pins": said,
        "more": len(given) - len(said),
        "change": batch.round.change and batch.round.change.number,
    }
    yield Post("round-submitted", version.project.people(Role.PRODUCER), context)


@letters(Verb.ROUND_REMINDED)
def remind(event):
    """Whoever gathers hears that colleagues have said something and the day is near."""
    turn = Round.get_by_id(event.body["id"])
    version = turn.prototype.sent[0]
    sign_off = SignOff.of(version)
    context = _version(version) | {
        "due": sign_off.due_on and dates.weekday(sign_off.due_on),
        "path": _round_path(version, turn.number),
    }
    yield Post("round-reminder", filter(None, [turn.prototype.acting_captain()]), context)


def _version(version):
    return {"title": version.title, "label": version.label, "project": version.project.name}


def _round_path(version, number):
    return f"/projects/{version.project.slug}/prototypes/{version.number}/rounds/{number}"


def _about(does, slug, number, body):
    path = f"/projects/{slug}/prototypes/{number}/versions/{body['version']}"
    return Sentence(does, f"prototype {number}, version {body['version']}", path)
