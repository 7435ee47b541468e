"""The rate card: what an hour of each kind of work costs a client, from a day on."""

from flask import abort, flash, g, redirect, url_for

from portal.access.permissions import Permission
from portal.core import db
from portal.core.errors import DomainError
from portal.core.web import render
from portal.home.forms import RateEndForm, RateForm
from portal.home.views.room import bp
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.studio.rates import Rate, today


@bp.get("/studio/rates", allow=Permission.RATE_WRITE)
def rates():
    return page(RateForm(formdata=None, from_on=today()))


@bp.post("/studio/rates", allow=Permission.RATE_WRITE)
def create_rate():
    form = RateForm()
    if not (form.validate_on_submit() and added(form)):
        return page(form), 422
    flash("On the card. What was sent already keeps its price.")
    return redirect(url_for("home.rates"), code=303)


@bp.post("/studio/rates/<int:number>/end", allow=Permission.RATE_WRITE)
def create_rate_end(number):
    rate, form = Rate.get_or_none(id=number) or abort(404), RateEndForm()
    if not form.validate_on_submit():
        raise DomainError("Write the last day as a date.")
    with db.change():
        rate.end(on=form.until_on.data)
        record(Verb.RATE_ENDED, rate, by=g.user, until=form.until_on.data.isoformat())
    flash("Ended. It holds until the end of that day.")
    return redirect(url_for("home.rates"), code=303)


def added(form):
    """Put it on the card; False, with the reason beside the role, if that cannot be."""
    try:
        with db.change():
            rate = Rate.add(**form.facts())
            price = {"minor": rate.hour_minor, "currency": rate.currency}
            record(Verb.RATE_ADDED, rate, by=g.user, hour=price, since=rate.from_on.isoformat())
    except DomainError as refused:
        form.role.errors = [refused.message]
        return False
    return True


def page(form):
    ending = RateEndForm(formdata=None, until_on=today())
    return render("home/rates.html", form=form, card=Rate.card(), ending=ending, today=today())
