"""The rate card: what an hour of each kind of work costs a client, and what it costs the studio."""

from flask import abort, flash, g, redirect, url_for

from portal.access.once import once
from portal.access.permissions import Permission
from portal.core import db
from portal.core.errors import DomainError
from portal.core.web import render
from portal.home.forms import RateEndForm, RateForm
from portal.home.views.room import bp
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.studio.costs import CostRate
from portal.studio.rates import Rate, today

ENDED = "Ended. It holds until the end of that day."


@bp.get("/studio/rates", allow=Permission.RATE_WRITE)
def rates():
    return page()


@bp.post("/studio/rates", allow=Permission.RATE_WRITE)
@once
def create_rate():
    form = RateForm()
    if not (form.validate_on_submit() and added(form, Rate, rate_added)):
        return page(form), 422
    flash("On the card. What was sent already keeps its price.")
    return redirect(url_for("home.rates"), code=303)


@bp.post("/studio/rates/<int:number>/end", allow=Permission.RATE_WRITE)
def create_rate_end(number):
    ended(Rate.get_or_none(id=number) or abort(404), Verb.RATE_ENDED)
    flash(ENDED)
    return redirect(url_for("home.rates"), code=303)


@bp.post("/studio/costs", allow=Permission.COST_WRITE)
@once
def create_cost():
    form = RateForm(prefix="cost-")
    if not (form.validate_on_submit() and added(form, CostRate, cost_added)):
        return page(cost=form), 422
    flash("Kept. Only producers and admins of the house read it.")
    return redirect(url_for("home.rates", _anchor="costs"), code=303)


@bp.post("/studio/costs/<int:number>/end", allow=Permission.COST_WRITE)
def create_cost_end(number):
    ended(CostRate.get_or_none(id=number) or abort(404), Verb.COST_ENDED)
    flash(ENDED)
    return redirect(url_for("home.rates", _anchor="costs"), code=303)


def added(form, card, note):
    """Put it on a card; False, with the reason beside the role, if that cannot be."""
    try:
        with db.change():
            note(card.add(**form.facts()))
    except DomainError as refused:
        form.role.errors = [refused.message]
        return False
    return True


def rate_added(rate):
    price = {"minor": rate.hour_minor, "currency": rate.currency}
    record(Verb.RATE_ADDED, rate, by=g.user, hour=price, since=rate.from_on.isoformat())


def cost_added(cost):
    """An export of the ledger may be shown outside the house: what it costs is not in it."""
    record(Verb.COST_ADDED, cost, by=g.user, since=cost.from_on.isoformat())


def ended(row, verb):
    form = RateEndForm()
    if not form.validate_on_submit():
        raise DomainError("Write the last day as a date.")
    with db.change():
        row.end(on=form.until_on.data)
        record(verb, row, by=g.user, until=form.until_on.data.isoformat())


def page(form=None, cost=None):
    may_read = g.user.may(Permission.COST_READ)
    return render(
        "home/rates.html",
        form=form or RateForm(formdata=None, from_on=today()),
        cost=cost or RateForm(formdata=None, prefix="cost-", from_on=today()),
        card=Rate.card(),
        costs=CostRate.card() if may_read else None,
        ending=RateEndForm(formdata=None, until_on=today()),
        today=today(),
    )
