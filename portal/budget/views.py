"""The budget over HTTP: what is signed, what of it is used, and stating that."""

from flask import abort, flash, g, redirect, url_for

from portal.access.once import once
from portal.access.permissions import Permission
from portal.budget import queries
from portal.budget.forms import StatementForm
from portal.budget.models import Statement
from portal.budget.standing import Standing
from portal.core.errors import DomainError
from portal.core.web import Room, render
from portal.scope import baseline
from portal.signoff.models.stand_ins import studio_day

bp = Room("budget", __name__, url_prefix="/projects/<slug>/budget")


@bp.get("", allow=Permission.BUDGET_READ)
def show():
    return page(StatementForm(formdata=None, data={"as_of_on": studio_day()}))


@bp.post("/statements", allow=Permission.BUDGET_STATE)
@once
def create():
    form = StatementForm()
    if not (form.validate_on_submit() and stated(form)):
        return page(form), 422
    flash("Stated. Everybody on the project sees it, and whoever signs is told.")
    return redirect(url_for("budget.show"), code=303)


@bp.post("/funding", allow=Permission.CHANGE_WRITE)
@once
def create_funding():
    """Begin a funding request with the figures that were stated last."""
    last = Statement.latest(g.project) or abort(404)
    change = last.ask_for_funding(by=g.user)
    return redirect(url_for("changes.show", number=change.number), code=303)


def stated(form):
    """State what a form says; False, with the reason on top, if that cannot be."""
    try:
        Statement.make(g.project, by=g.user, **form.facts())
    except DomainError as wrong:
        form.form_errors = [wrong.message]
        return False
    return True


def page(form):
    signed, waiting_minor = baseline.of(g.project), queries.waiting_minor(g.project)
    standing = Standing.of(g.project, signed, waiting_minor)
    return render("budget/show.html", project=g.project, standing=standing, form=form)
