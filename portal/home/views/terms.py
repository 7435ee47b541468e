"""The studio's terms: every version there was, and the next one."""

from flask import abort, flash, g, redirect, request, url_for

from portal.access.once import once
from portal.access.permissions import Permission
from portal.core import db
from portal.core.errors import DomainError
from portal.core.web import render
from portal.home.forms import TermsForm
from portal.home.views.room import bp
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.studio.hourly import today
from portal.studio.terms import USUAL_NAME, Terms


@bp.get("/studio/terms", allow=Permission.TERMS_WRITE)
def terms():
    return page(begun(request.args.get("after", "")))


@bp.get("/studio/terms/<int:number>", allow=Permission.TERMS_WRITE)
def show_terms(number):
    shown = Terms.get_or_none(id=number) or abort(404)
    return render("home/terms_version.html", shown=shown)


@bp.post("/studio/terms", allow=Permission.TERMS_WRITE)
@once
def create_terms():
    form = TermsForm()
    if not form.validate_on_submit():
        return page(form), 422
    if "preview" in request.form:
        return page(form, is_preview=True)
    issued = issue(form)
    if issued is None:
        return page(form), 422
    flash(f"{issued.label}. What was sent already keeps the terms it was sent with.")
    return redirect(url_for("home.terms"), code=303)


def issue(form):
    """Issue the terms of a form; None, with the reason beside the text, if that cannot be."""
    try:
        with db.change():
            issued = Terms.issue(**form.facts())
            since = issued.from_on.isoformat()
            record(Verb.TERMS_ISSUED, issued, by=g.user, version=issued.version, since=since)
    except DomainError as refused:
        form.text.errors = [refused.message]
        return None
    return issued


def begun(name):
    """Return the form of the next version: it begins with what the last one says."""
    last = Terms.last_of(name) if name else None
    said = {"name": last.name, "text": last.text} if last else {}
    if not (last or Terms.every()):
        said = {"name": USUAL_NAME}
    return TermsForm(formdata=None, from_on=today(), **said)


def page(form, *, is_preview=False):
    offered = {one.id for one in Terms.offered()}
    return render(
        "home/terms.html",
        form=form,
        every=Terms.every(),
        offered=offered,
        last=Terms.last_of(form.name.data or ""),
        is_preview=is_preview,
        today=today(),
    )
