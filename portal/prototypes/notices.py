"""How prototypes and pins read in the activity, and the letter about a published batch."""

from portal.access.permissions import Role
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.prototypes.models import PinBatch

PINS_IN_A_LETTER = 20  # A letter is read at once; the rest is behind its link.


@sentence(Verb.PROTOTYPE_DRAFTED)
def drafted(event, slug):
    number, version = event.subject_number, event.body["version"]
    does = "started" if version == 1 else "started a new version of"
    more = "" if version == 1 else f"version {version}"
    return Sentence(does, f"prototype {number}", f"/projects/{slug}/prototypes/{number}", more)


@sentence(Verb.PINS_PUBLISHED)
def published(event, slug):
    body = event.body
    return _about(f"published {pins(body['pins'])} on", slug, body["prototype"], body["version"])


@sentence(Verb.PIN_ADDRESSED)
def addressed(event, slug):
    body = event.body
    return _about(f"answered pin {body['pin']} on", slug, event.subject_number, body["version"])


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


def pins(count):
    """Return a number of pins in words.

    >>> pins(1), pins(3)
    ('1 pin', '3 pins')
    """
    return f"{count} pin{'' if count == 1 else 's'}"


def _about(does, slug, number, version):
    path = f"/projects/{slug}/prototypes/{number}/versions/{version}"
    return Sentence(does, f"prototype {number}, version {version}", path)
