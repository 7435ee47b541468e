"""Cancellations over HTTP: one form to propose it; from then on it is a sign-off like any other."""

from flask import abort, flash, g, redirect, url_for

from portal.access.permissions import Permission, Role
from portal.cancellations.forms import ProposalForm
from portal.cancellations.models import Cancellation, check
from portal.core.web import Room, render
from portal.signoff import queries
from portal.signoff.models import SignOff

bp = Room("cancellations", __name__, url_prefix="/projects/<slug>")
PAGE = "cancellations/edit.html"


@bp.get("/sign-offs/<int:number>/cancellation", allow=Permission.SIGN_OFF_RUN)
def new(number):
    sign_off = find(number)
    check(sign_off)
    last = Cancellation.last_about(sign_off)
    if last and last.status == "sent":
        return redirect(SignOff.of(last).path, code=303)
    reason = last.reason if last else "".join(given(sign_off))
    form = ProposalForm(*people(sign_off), formdata=None, reason=reason)
    return page(sign_off, form)


@bp.post("/sign-offs/<int:number>/cancellation", allow=Permission.SIGN_OFF_RUN)
def create(number):
    """Save the draft; then send it, or show what the client would get."""
    sign_off = find(number)
    form = ProposalForm(*people(sign_off))
    if not form.validate_on_submit():
        return page(sign_off, form), 422
    draft = Cancellation.propose(sign_off, by=g.user, reason=form.reason.data)
    if form.is_preview:
        address = {"kind": Cancellation.KIND, "number": draft.number}
        return redirect(url_for("signoff.show_preview", **address), code=303)
    sent = draft.send(by=g.user, deciders=form.chosen, due_on=form.due_on.data)
    flash("Sent. It takes effect once the client has signed it; until then everything counts.")
    return redirect(sent.path, code=303)


@bp.get("/cancellations/<int:number>", allow=Permission.SIGN_OFF_READ)
def show(number):
    """Lead to the sign-off of what was sent, or the studio to its draft."""
    found = Cancellation.find(g.project, number) or abort(404)
    if found.is_draft and g.membership.role.may(Permission.SIGN_OFF_RUN):
        return redirect(url_for("cancellations.new", number=found.sign_off.number), code=303)
    sent = Cancellation.last_sent(g.project, number) or abort(404)
    return redirect(sent.path, code=303)


def find(number):
    return queries.sign_off_in(g.project, number) or abort(404)


def people(sign_off):
    """Return who can sign for the client, and the ids of those who signed what it undoes."""
    signers = {made.user_id for made in sign_off.decisions if made.is_yes}
    return g.project.people(Role.APPROVER, Role.SPONSOR), signers


def given(sign_off):
    """Yield what was objected, as a first wording of the reason."""
    for made in sign_off.decisions:
        yield from (f"You objected: {one.reason}" for one in made.objections if one.stands)


def page(sign_off, form):
    return render(PAGE, sign_off=sign_off, form=form, project=g.project)
