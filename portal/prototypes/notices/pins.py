"""How prototypes and pins read in the activity, and the letter about a published batch."""

from portal.access.permissions import Role
from portal.core import clock
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.prototypes.models import Pin, PinBatch
from portal.prototypes.notices.rounds import pins
from portal.threads.models import Message, on

GATHER_MINUTES = 10  # Who answers one pin answers the others; who reopens one looks at the rest.
PINS_IN_A_LETTER = 20  # A letter is read at once; the rest is behind its link.


@sentence(Verb.PROTOTYPE_DRAFTED)
def drafted(event, slug):
    number, version = event.subject_number, event.body["version"]
    does = "started" if version == 1 else "started a new version of"
    more = "" if version == 1 else f"version {version}"
    return Sentence(does, f"prototype {number}", f"/projects/{slug}/prototypes/{number}", more)


@sentence(Verb.PROTOTYPE_LINKED)
def linked(event, slug):
    number = event.subject_number
    items = [str(item) for item in event.body["items"]]
    more = f"to scope item{'s' if len(items) > 1 else ''} {', '.join(items)}"
    path = f"/projects/{slug}/prototypes/{number}"
    if not items:
        return Sentence("took from the scope", f"prototype {number}", path)
    return Sentence("linked", f"prototype {number}", path, more)


@sentence(Verb.PINS_PUBLISHED)
def published(event, slug):
    body = event.body
    return _about(f"published {pins(body['pins'])} on", slug, body["prototype"], body["version"])


DID = {
    Verb.PIN_ADDRESSED: "answered",
    Verb.PIN_DECLINED: "decided against",
    Verb.PIN_REOPENED: "reopened",
    Verb.PIN_VERIFIED: "verified",
}


@sentence(*DID)
def stepped(event, slug):
    path = Pin.path_of(slug, event.body["pin"])
    more = f"of prototype {event.subject_number}"
    return Sentence(DID[event.verb], f"pin {event.body['pin']}", path, more)


@letters(Verb.PIN_ADDRESSED, Verb.PIN_DECLINED)
def tell_author(event):
    """One letter to whoever pinned it, with all that is answered until it leaves."""
    pin = _pin(event)
    yield Post("pins-answered", [pin.author], _since(pin, event), gathers_minutes=GATHER_MINUTES)


@letters(Verb.PIN_REOPENED)
def tell_studio(event):
    """One letter to each producer and to whoever answered it."""
    pin = _pin(event)
    told = {person.id: person for person in [*pin.project.people(Role.PRODUCER), pin.answered_by]}
    context = _since(pin, event)
    yield Post("pins-reopened", told.values(), context, gathers_minutes=GATHER_MINUTES)


def _pin(event):
    return Pin.get(project=event.project_id, number=event.body["pin"])


def _since(pin, event):
    """Return what both letters say, and what their late half needs to know: from when on."""
    version, deed = pin.version, on(Message, pin).order_by(Message.number.desc()).first()
    return {
        "title": version.title,
        "label": f"prototype {event.subject_number}",
        "project": pin.project.name,
        "path": f"/projects/{pin.project.slug}/prototypes/{event.subject_number}",
        "since": clock.stamp(deed.posted_at),
    }


@letters(Verb.PINS_PUBLISHED)
def tell(event):
    """One letter to each producer for the whole batch."""
    batch = PinBatch.get(project=event.project_id, number=event.subject_number)
    version, published = batch.version, batch.in_order()
    said = [
        {"number": pin.number, "where": f"{pin.screen.name}, {pin.place}", "text": pin.text}
        for pin in published[:PINS_IN_A_LETTER]
    ]
    context = {
        "by": batch.author.name,
        "title": version.title,
        "label": version.label,
        "project": version.project.name,
        "path": batch.path,
        "note": batch.note,
        "count": pins(len(published)),
        "pins": said,
        "more": len(published) - len(said),
    }
    yield Post("pins-published", version.project.people(Role.PRODUCER), context)


def _about(does, slug, number, version):
    path = f"/projects/{slug}/prototypes/{number}/versions/{version}"
    return Sentence(does, f"prototype {number}, version {version}", path)
