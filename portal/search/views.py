"""Search over HTTP: one page, and the searches that its reader keeps."""

import datetime as dt

from flask import abort, flash, g, redirect, request, url_for

from portal.access.permissions import SIGNED_IN
from portal.core import clock
from portal.core.errors import DomainError
from portal.core.web import Room, render
from portal.search import guide, queries
from portal.search.forms import ButtonForm, SavedForm
from portal.search.hits import grouped
from portal.search.models import SavedSearch
from portal.search.typed import parse

bp = Room("search", __name__, url_prefix="/search")

PAGE = "search/index.html"


@bp.get("", allow=SIGNED_IN)
def index():
    return render(PAGE, "found", **gather())


@bp.post("/saved", allow=SIGNED_IN)
def create_saved():
    form = SavedForm()
    if not (form.validate_on_submit() and kept(form)):
        return render(PAGE, "found", **gather(form.q.data, form)), 422
    flash(f"Kept as {form.name.data.strip()}.")
    return redirect(url_for("search.index", q=form.q.data), code=303)


@bp.post("/saved/<int:number>/removal", allow=SIGNED_IN)
def create_removal(number):
    ButtonForm().validate_on_submit() or abort(400)
    SavedSearch.remove(g.user, number) or abort(404)
    flash("It is not kept any more.")
    return redirect(url_for("search.index"), code=303)


def kept(form):
    try:
        return SavedSearch.keep(g.user, name=form.name.data, text=form.q.data)
    except DomainError as refusal:
        form.name.errors = [*form.name.errors, str(refusal)]
        return None


def gather(text=None, form=None):
    """Return what the page needs to answer what its reader typed."""
    query = parse(request.args.get("q", "") if text is None else text)
    before = key_in(request.args.get("before", ""))
    found, remarks = queries.search(g.user, query, before)
    return {
        "query": query,
        "before": before,
        "found": found,
        "groups": grouped(found.rows, query, g.user),
        "remarks": remarks,
        "saved": SavedSearch.of(g.user),
        "form": form or SavedForm(formdata=None, q=query.text),
        "examples": guide.examples(g.user),
        "rules": guide.rules(g.user),
    }


def key_in(text):
    """Return the key that an address holds, or None if it holds none of ours."""
    in_title, _, rest = text.partition(",")
    at, _, place = rest.partition(",")
    if in_title not in ("0", "1") or not place.isprintable():
        return None
    try:
        at = dt.datetime.fromisoformat(at)
        return (int(in_title), clock.key(at), place) if at.tzinfo else None
    except (ValueError, OverflowError):  # No date at all, or none that UTC has.
        return None
