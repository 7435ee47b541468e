"""Seats over HTTP: passing on what is over a mandate, asking instead of somebody who left."""

from flask import abort, flash, g, redirect, request

from portal.access.models import User
from portal.access.permissions import Permission
from portal.core.web import Room
from portal.signoff import queries
from portal.signoff.forms.answer import ButtonForm
from portal.signoff.models import Addressee

bp = Room("seats", __name__, url_prefix="/projects/<slug>/sign-offs/<int:number>")


@bp.post("/routings", allow=Permission.SIGN_OFF_DECIDE)
def create_routing(number):
    """Ask whoever may decide so much, with the options that were chosen."""
    sign_off = find(number)
    ButtonForm().validate_on_submit() or abort(400)
    options = tuple(sorted(request.form.getlist("option")))
    person = sign_off.pass_on(by=g.user, options=options)
    flash(f"Passed on. {person.name} gets a letter with a link to this page.")
    return redirect(sign_off.path, code=303)


@bp.post("/seats", allow=Permission.SIGN_OFF_RUN)
def create_seat(number):
    """Ask somebody else in the seat of a person who left."""
    sign_off = find(number)
    ButtonForm().validate_on_submit() or abort(400)
    seat = Addressee.get_or_none(id=typed("seat"), sign_off=sign_off) or abort(404)
    person = User.get_or_none(id=typed("person")) or abort(404)
    sign_off.hand_over(seat, person, by=g.user)
    flash(f"{person.name} is asked instead of {seat.user.name}, and gets a letter.")
    return redirect(sign_off.path, code=303)


def find(number):
    return queries.sign_off_in(g.project, number) or abort(404)


def typed(name):
    return request.form.get(name, type=int) or abort(404)
