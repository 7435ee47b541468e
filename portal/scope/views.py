"""The scope over HTTP: each item with the signature it comes from, on any baseline and any day."""

from flask import abort, g, request

from portal.access.permissions import Permission
from portal.core.filters import READER
from portal.core.web import Room, render
from portal.scope import baseline, difference, moments, picture, trace
from portal.scope.forms import NO_DAY, DayForm, DaysForm
from portal.studio.models import Studio

bp = Room("scope", __name__, url_prefix="/projects/<slug>/scope")


@bp.get("", allow=Permission.SCOPE_READ)
def show():
    history, form = baseline.history(g.project), DayForm.asked()
    if form.on.data:
        moment = moments.parse(form.on.data, history, zone()) or wrong(form.on)
    else:
        moment = numbered(history)
    context = {
        "now": history.now,
        "shown": history.at(moment.number) if moment else history.now,
        "moment": moment,
        "picture": picture.of(g.project, history),
        "rows": picture.rows(history, g.project.currency),
    }
    page = render("scope/show.html", project=g.project, form=form, **context)
    return page, 200 if moment else 422


@bp.get("/<int:number>", allow=Permission.SCOPE_READ)
def show_item(number):
    now = baseline.of(g.project)
    item = now.item(number) or abort(404)
    chain = trace.chain(g.project, item, g.membership.role)
    return render("scope/item.html", project=g.project, now=now, item=item, chain=chain)


@bp.get("/difference", allow=Permission.SCOPE_READ)
def show_difference():
    history = baseline.history(g.project)
    form = DaysForm.asked(**usual(history))
    ends = [moments.parse(field.data, history, zone()) or wrong(field) for field in form]
    if not all(ends):
        return render("scope/difference.html", project=g.project, form=form, found=None), 422
    first, last = sorted(ends, key=lambda moment: moment.number)
    found = difference.between(history.at(first.number), history.at(last.number))
    ends = {"first": first, "last": last}
    return render("scope/difference.html", project=g.project, form=form, found=found, **ends)


def usual(history):
    """Return what is compared when nothing was asked: the contract and what stands today."""
    first = moments.at(1, history, zone()) if history.number else None
    today = READER.get().today.isoformat()
    return {"from": first.since.isoformat() if first else today, "to": today}


def numbered(history):
    """Return the moment of the baseline that the address names; 404 for one that never was."""
    number = request.args.get("baseline", history.number, type=int)
    if number != history.number and not 1 <= number < history.number:
        abort(404)
    return moments.at(number, history, zone())


def wrong(field):
    """Say beside the field that it names no day. Returns nothing."""
    field.errors = [NO_DAY]


def zone():
    return Studio.here().zone
