"""The page of a sent version, and the pins that people leave on it."""

from urllib.parse import urlencode

from flask import flash, g, redirect, request

from portal.access import agent
from portal.access.permissions import Permission
from portal.core.web import changed, render
from portal.prototypes import aside, talk
from portal.prototypes.forms.pins import BatchForm, MessageForm, NoteForm, PinForm, WordingForm
from portal.prototypes.models import Pin, PinBatch, PinStatus
from portal.prototypes.notices.pins import pins as in_words
from portal.prototypes.review import Review
from portal.prototypes.views.drafts import draft_page
from portal.prototypes.views.room import bp, find, picture_url, seen

PAGE = "prototypes/show.html"
PARTS = ("shots", "pins", "answer", "handle")
VERSION = "/<int:number>/versions/<int:version>"


@bp.get("/<int:number>", allow=Permission.PROTOTYPE_READ)
def newest(number):
    return redirect(seen(number)[0].path, code=303)


@bp.get(VERSION, allow=Permission.PROTOTYPE_READ)
def show(number, version):
    found = find(number, version)
    is_looked_at = "screen" in request.args  # A draft too, by the studio, as the client will.
    return draft_page(found) if found.is_draft and not is_looked_at else page(found)


@bp.post(f"{VERSION}/pins", allow=Permission.PROTOTYPE_PIN)
def create_pin(number, version):
    found = find(number, version)
    review = review_of(found)
    form = PinForm.of(review.screens)
    if not form.validate_on_submit():
        return page(found, pin=form), 422
    facts = form.facts()
    facts["seen"]["device"] = agent.words(request.user_agent.string)
    Pin.leave(found, by=g.user, **facts)
    return answer(found, "drafts")


@bp.post(f"{VERSION}/pins/<key>", allow=Permission.PROTOTYPE_PIN)
def update_pin(number, version, key):
    found, form = find(number, version), WordingForm()
    if not form.validate_on_submit():
        return page(found, rewording=(key, form)), 422
    Pin.reword(found, key, form.text.data, by=g.user)
    return answer(found, "drafts")


@bp.post(f"{VERSION}/pins/<key>/removal", allow=Permission.PROTOTYPE_PIN)
def create_pin_removal(number, version, key):
    found = find(number, version)
    Pin.discard(found, key, by=g.user)
    return answer(found, "drafts")


@bp.post(f"{VERSION}/batches", allow=Permission.PROTOTYPE_PIN)
def create_batch(number, version):
    found, form = find(number, version), BatchForm.new()
    if not form.validate_on_submit():
        return page(found, batch=form), 422
    batch = PinBatch.publish(found, by=g.user, note=form.note.data or "", key=form.key.data)
    flash(f"Published: {in_words(len(batch.in_order()))}. {batch.told}".strip())
    return redirect(f"{found.path}?screen={at()}", code=303)


def answer(found, anchor):
    """Answer a change: the parts that show it for htmx, the page for everyone else."""
    screen = request.form.get("screen", at(), type=int)
    where = f"{found.path}?screen={screen}#{anchor}"
    return changed(where, PAGE, *PARTS, **context(found))


def page(found, **forms):
    """Return the page, or the parts that htmx asked for, with these forms as they were typed."""
    return render(PAGE, *PARTS, **context(found, **forms))


def context(found, **forms):
    review = review_of(found)
    usual = {
        "pin": PinForm.of(review.screens, formdata=None, screen=review.at),
        "batch": BatchForm.new(formdata=None),
        "rewording": (None, None),
        "answering": (None, None),
        "reopening": (None, None),
        **opened(review),
        "noted": aside.noted(found) if g.user.is_studio else {},
        "back": back(review),
        "alone": False,
    }
    return {"review": review, "version": found, **usual, **forms}


def opened(review):
    """Return the thread that is open: that of the pin which the address names, if it is here."""
    asked = request.args.get("pin", type=int)
    found = next((pin for pin in review.published if pin.number == asked), None)
    return thread_of(found) if found else {"opened": None}


def thread_of(pin):
    """Return a pin's thread as this reader sees it, and the forms to write in it."""
    pin.project = g.project
    return {
        "opened": (aside.Aside if g.user.is_studio else talk.Talk)(pin, g.user),
        "message": MessageForm.on(pin, formdata=None),
        "note": NoteForm.on(pin, formdata=None),
        "file_url": lambda blob, name: picture_url(blob.sha256, blob.media_type, name),
    }


def back(review):
    """Return what the address of a pin carries, so that an answer leads back to this page."""
    where = {"on": review.version.version, "screen": review.at, "show": review.show}
    return "?" + urlencode({name: value for name, value in where.items() if value})


def review_of(found):
    zoom = request.args.get("zoom", default=1, type=int)
    show = request.args.get("show", type=PinStatus)
    return Review(found, g.user, g.membership.role, at(), zoom, show, bool(g.viewing))


def at():
    """Return the position of the screen that is before the reader."""
    return request.args.get("screen", default=1, type=int)
