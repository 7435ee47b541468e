"""Search over HTTP: one page, and the searches that its reader keeps."""

import datetime as dt

from flask import abort, flash, g, redirect, request, url_for

from portal.access.permissions import SIGNED_IN
from portal.core.errors import DomainError
from portal.core.web import Room, render
from portal.search import queries
from portal.search.forms import ButtonForm, SavedForm
from portal.search.hits import grouped
from portal.search.models import SavedSearch
from portal.search.typed import parse

bp = Room("search", __name__, url_prefix="/search")

PAGE = "search/index.html"
#: What a search can look like, for whoever has not typed anything.
EXAMPLES = (
    ("kind:complaint is:open", "Complaints that are not done"),
    ("is:overdue", "What should have been answered by now"),
    ("kind:estimate is:signed", "Signed estimates"),
    ("is:waiting", "What waits for the client’s answer"),
    ('"opening hours" -website', "These two words together, without that one"),
    ("by:me kind:message", "What you wrote"),
)
CLIENT_EXAMPLES = EXAMPLES[2:]


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
        "examples": EXAMPLES if g.user.is_studio else CLIENT_EXAMPLES,
    }


def key_in(text):
    """Return the key that an address holds, or None if it holds none of ours."""
    in_title, _, rest = text.partition(",")
    at, _, place = rest.partition(",")
    try:
        at = dt.datetime.fromisoformat(at)
    except ValueError:
        return None
    if in_title not in ("0", "1") or at.tzinfo is None or not place.isprintable():
        return None
    return int(in_title), queries.stamp(at), place
