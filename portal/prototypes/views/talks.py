"""The page of one pin with its thread, and the thread alone, for the page of its version."""

from urllib.parse import urlencode

from flask import abort, g, request

from portal.access.permissions import Permission
from portal.core.web import changed, render
from portal.prototypes.forms.pins import MessageForm, NoteForm
from portal.prototypes.models import Pin
from portal.prototypes.views import pins
from portal.prototypes.views.room import bp, find, seen
from portal.threads import files
from portal.threads import models as threads

PIN = "/pins/<int:number>"
PAGE = "prototypes/pin.html"


@bp.get(PIN, allow=Permission.PROTOTYPE_READ)
def show_pin(number):
    return page(find_pin(number))


@bp.post(f"{PIN}/messages", allow=Permission.MESSAGE_WRITE)
def create_message(number):
    pin = find_pin(number)
    form = MessageForm.on(pin)
    if not form.validate_on_submit():
        return page(pin, message=form), 422
    threads.reply(pin, by=g.user, text=form.message.data, files=files.keep(form.files.data))
    return answered(pin)


@bp.post(f"{PIN}/notes", allow=Permission.NOTE_WRITE)
def create_note(number):
    pin = find_pin(number)
    form = NoteForm.on(pin)
    if not form.validate_on_submit():
        return page(pin, note=form), 422
    threads.note(pin, by=g.user, text=form.note.data, files=files.keep(form.files.data))
    return answered(pin)


def find_pin(number):
    return Pin.find(g.project, number) or abort(404)


def answered(pin):
    """Answer with the thread as it is now, or with the page on which it was open."""
    version = page_of(pin)
    where = version.path if version else pin.path
    query = f"?screen={pins.at()}&pin={pin.number}" if version else ""
    return changed(f"{where}{query}#talk-{pin.number}", PAGE, "talk", **context(pin))


def page_of(pin):
    """Return the version whose page the request came from, or None for the pin's own page."""
    on = request.args.get("on", type=int)
    version = None if on is None else find(pin.version.number, on)
    return abort(404) if version and version.is_draft else version


def page(pin, **forms):
    """Return the pin's page, or its thread alone if htmx asks, with these forms as typed."""
    return render(PAGE, "talk", **context(pin, **forms))


def context(pin, **forms):
    version = next(one for one in seen(pin.version.number) if one.id == pin.version_id)
    about = pins.context(version)
    one = next(one for one in about["review"].published if one.number == pin.number)
    usual = {"one": one, **pins.thread_of(one), "back": sent_back(), "alone": True}
    return {**about, **usual, **forms}


def sent_back():
    """Return what the address said of the page that the thread is on."""
    where = {name: request.args.get(name) for name in ("on", "screen", "show")}
    query = urlencode({name: value for name, value in where.items() if value})
    return f"?{query}" if query else ""
