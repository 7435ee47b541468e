"""What becomes of a pin: the studio's answer, and what the side that pinned it says to that."""

from flask import g

from portal.access.permissions import Permission
from portal.core.web import changed
from portal.prototypes.forms.pins import AnswerForm, ReopeningForm, VerificationForm
from portal.prototypes.views import pins, talks
from portal.prototypes.views.room import bp


@bp.post(f"{talks.PIN}/answers", allow=Permission.PROTOTYPE_WRITE)
def create_answer(number):
    pin, form = talks.find_pin(number), AnswerForm()
    if not form.validate_on_submit():
        return shown(pin, answering=(number, form)), 422
    form.answer_to(pin)(form.answer.data, by=g.user)
    return answered(pin)


@bp.post(f"{talks.PIN}/verification", allow=Permission.PROTOTYPE_PIN)
def create_verification(number):
    pin, form = talks.find_pin(number), VerificationForm()
    if not form.validate_on_submit():
        return shown(pin), 422
    pin.verify(by=g.user, seen=form.seen.data or None)
    return answered(pin)


@bp.post(f"{talks.PIN}/reopening", allow=Permission.PROTOTYPE_PIN)
def create_reopening(number):
    pin, form = talks.find_pin(number), ReopeningForm()
    if not form.validate_on_submit():
        return shown(pin, reopening=(number, form)), 422
    pin.reopen(form.words.data, by=g.user)
    return answered(pin)


def answered(pin):
    """Answer a step with the page on which it was taken."""
    version = talks.page_of(pin)
    if version is None:
        return talks.answered(pin)
    where = f"{version.path}?screen={pins.at()}#pin-{pin.number}"
    return changed(where, pins.PAGE, *pins.PARTS, **pins.context(version))


def shown(pin, **forms):
    """Return the page on which the form was, with the form as it was typed."""
    version = talks.page_of(pin)
    return talks.page(pin, **forms) if version is None else pins.page(version, **forms)
