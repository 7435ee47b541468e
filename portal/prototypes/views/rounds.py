"""A round: its terms, gathering the client's pins, submitting them, asking for one more."""

from flask import abort, flash, g, redirect, render_template, request

from portal.access.permissions import Permission
from portal.core.web import render
from portal.prototypes.forms.rounds import (
    DropForm,
    MergeForm,
    PinKeyForm,
    PinKeysForm,
    SubmitForm,
    TermsForm,
)
from portal.prototypes.gathered import RoundPage
from portal.prototypes.models import PinBatch, captain
from portal.prototypes.models.further import Repriced, Spent, pins_in_words
from portal.prototypes.views.room import bp, seen
from portal.studio.rates import Rate

ROUND = "/<int:number>/rounds/<int:turn>"


@bp.get("/<int:number>/terms", allow=Permission.PROTOTYPE_SEND)
def terms(number):
    prototype = seen(number)[0].prototype
    return terms_page(prototype, TermsForm.of(g.project, prototype))


@bp.post("/<int:number>/terms", allow=Permission.PROTOTYPE_SEND)
def create_terms(number):
    prototype, form = seen(number)[0].prototype, TermsForm.of(g.project)
    if not form.validate_on_submit():
        return terms_page(prototype, form), 422
    prototype.set_terms(by=g.user, **form.facts())
    flash("Saved. The next round that is submitted is measured by it.")
    return redirect(seen(number)[0].path, code=303)


@bp.get(ROUND, allow=Permission.PROTOTYPE_READ)
def show_round(number, turn):
    return page(find(number, turn))


@bp.post(f"{ROUND}/merges", allow=Permission.ROUND_GATHER)
def create_merge(number, turn):
    found, form = find(number, turn), MergeForm()
    if not form.validate_on_submit():
        return page(found, merging=form), 422
    captain.merge(found.version, form.pins.data, by=g.user, into=form.into.data)
    return redirect(found.path, code=303)


@bp.post(f"{ROUND}/drops", allow=Permission.ROUND_GATHER)
def create_drop(number, turn):
    found, form = find(number, turn), DropForm()
    if not form.validate_on_submit():
        return page(found, dropping=form), 422
    captain.drop(found.version, form.pin.data, by=g.user, why=form.why.data)
    return redirect(found.path, code=303)


@bp.post(f"{ROUND}/returns", allow=Permission.ROUND_GATHER)
def create_return(number, turn):
    found, form = find(number, turn), PinKeyForm()
    if not form.validate_on_submit():
        return page(found), 422
    captain.restore(found.version, form.pin.data, by=g.user)
    return redirect(found.path, code=303)


@bp.post(f"{ROUND}/keeps", allow=Permission.ROUND_GATHER)
def create_keep(number, turn):
    found, form = find(number, turn), PinKeysForm()
    if not form.validate_on_submit():
        return page(found), 422
    captain.keep(found.version, form.pins.data, by=g.user)
    return redirect(found.path, code=303)


@bp.post(f"{ROUND}/submission", allow=Permission.ROUND_GATHER)
def create_submission(number, turn):
    found, form = find(number, turn), SubmitForm.new()
    if not form.validate_on_submit():
        return page(found, submitting=form), 422
    batch = captain.submit(found.version, by=g.user, seen=form.seen.data, **form.facts())
    flash(f"Submitted: {pins_in_words(len(batch.in_order()))}. The studio has been told.")
    return redirect(found.path, code=303)


@bp.get(f"{ROUND}/change-request", allow=Permission.PROTOTYPE_PIN)
def further_round(number, turn):
    found = find(number, turn)
    if found.further is None:  # It is included, or it was asked for.
        return redirect(found.path, code=303)
    return further_page(found, found.further, SubmitForm.new(formdata=None))


@bp.post(f"{ROUND}/change-request", allow=Permission.PROTOTYPE_PIN)
def create_change_request(number, turn):
    found, form = find(number, turn), SubmitForm.new()
    if not form.validate_on_submit():
        return further_page(found, found.further or abort(404), form), 422
    facts = {"by": g.user, "agreed": form.agreed, **form.facts()}
    if found.may_gather:
        captain.submit(found.version, seen=form.seen.data, **facts)
    else:
        PinBatch.publish(found.version, **facts)
    flash("The round is asked for, and the studio has your pins.")
    return redirect(found.path, code=303)


@bp.errorhandler(Spent)
@bp.errorhandler(Repriced)
def offer(error):
    """Nothing is refused: the offer, with what was typed. A price that has changed is a 409."""
    number = request.view_args["number"]
    further = error.context["further"]
    found = find(number, further.current.number)
    is_repriced = isinstance(error, Repriced)
    problem = error if is_repriced else None
    return further_page(found, further, SubmitForm.new(), problem), 409 if is_repriced else 200


def find(number, turn):
    """Return the page of a round, with the newest version of it that was sent."""
    prototype = seen(number)[0].prototype
    for version in prototype.sent:
        found = RoundPage(version, g.user, g.membership.role, bool(g.viewing))
        if found.round and found.round.number == turn:
            return found
    return abort(404)


def page(found, **forms):
    usual = {"dropping": None, "merging": None, "submitting": SubmitForm.new(formdata=None)}
    return render("prototypes/round.html", turn=found, version=found.version, **usual | forms)


def further_page(found, further, form, problem=None):
    return render_template(
        "prototypes/further.html",
        turn=found,
        version=found.version,
        further=further,
        form=form,
        problem=problem,
    )


def terms_page(prototype, form):
    card = Rate.roles(g.project.currency)
    context = {"prototype": prototype, "newest": prototype.history[0], "card": card}
    return render_template("prototypes/terms.html", project=g.project, form=form, **context)
