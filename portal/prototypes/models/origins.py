"""What a change request tells of the pins it came of, and how one begins with pins."""

from portal.changes.models import ChangeOrigin, ChangeRequest, Picture, Told, origin
from portal.core.errors import DomainError
from portal.prototypes.models.further import flat, lines
from portal.prototypes.models.pins import Pin
from portal.prototypes.models.screens import Screen
from portal.storage.models import Blob

TITLE_CHARACTERS = 80


@origin(Pin.KIND)
def told(project, numbers):
    """Return what each published pin says, with the screen it was left on."""
    pins = _of(project, numbers)
    thumbs = Blob.select().where(Blob.id.in_({pin.screen.thumb_id for pin in pins}))
    pictures = {blob.id: (_picture(blob),) for blob in thumbs}
    shown = {pin.number: pictures.get(pin.screen.thumb_id, ()) for pin in pins}
    return {pin.number: Told(flat(pin.text), shown[pin.number]) for pin in pins}


def turn_into_change(prototype, numbers, *, by):
    """Draft a change request with what these published pins of a prototype say, and return it.

    The same pins again are the same draft. Raises DomainError if none of them is there.
    """
    with prototype.project.change() as project:
        pins = [pin for pin in _of(project, numbers) if pin.version.prototype_id == prototype.id]
        if not pins:
            raise DomainError("Choose at least one pin.")
        made = _made(project, pins)
        if made:
            return made
        change = ChangeRequest.draft(project, by=by, came_of=pins)
        words = {"title": _title(pins), "why": lines(pins)}
        change.current.write([], by=by, edits=0, **words)
    return change


def _of(project, numbers):
    query = Pin.select(Pin, Screen).join(Screen)
    wanted = (Pin.project == project) & Pin.number.in_(numbers) & Pin.batch.is_null(False)
    return list(query.where(wanted).order_by(Pin.number))


def _made(project, pins):
    """Return the draft that was begun with exactly these pins, or None."""
    named = {(Pin.KIND, pin.number) for pin in pins}
    query = ChangeRequest.select().join(ChangeOrigin).where(ChangeRequest.project == project)
    first = (ChangeOrigin.kind == Pin.KIND) & (ChangeOrigin.number == pins[0].number)
    for change in query.where(first):
        kept = {(one.kind, one.number) for one in change.came_of}
        if kept == named and change.current.is_draft:
            return change
    return None


def _title(pins):
    if len(pins) > 1:
        return f"{len(pins)} pins on “{pins[0].version.title}”"
    text = flat(pins[0].text)
    if len(text) <= TITLE_CHARACTERS:
        return text
    return text[:TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"


def _picture(blob):
    return Picture(blob.sha256, blob.media_type, blob.width, blob.height)
