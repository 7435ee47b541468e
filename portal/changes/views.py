"""Change requests over HTTP: a client asks, the studio prices, both see where it stands."""

from flask import abort, current_app, flash, g, redirect, render_template, request, url_for

from portal.access.once import once
from portal.access.permissions import Permission
from portal.changes import queries
from portal.changes.forms import AskForm, DraftForm
from portal.changes.models import SENT, Cause, ChangeRequest, ChangeVersion, Incomplete, StaleDraft
from portal.core import dates
from portal.core.errors import Conflict
from portal.core.filters import READER
from portal.core.web import Room, render, wants_part
from portal.signoff.asking.form import Asking
from portal.signoff.models import Uncovered, VersionRequest
from portal.signoff.standing import sent_before
from portal.storage.links import content_url

bp = Room("changes", __name__, url_prefix="/projects/<slug>/changes")
PAGE = "changes/edit.html"


@bp.get("", allow=Permission.CHANGE_READ)
def index():
    listed = queries.in_studio if g.membership.role.is_studio else queries.at_client
    page = listed(g.project, before=request.args.get("before", type=int))
    return render("changes/index.html", project=g.project, page=page)


@bp.post("", allow=Permission.CHANGE_WRITE)
@once
def create():
    change = ChangeRequest.draft(g.project, by=g.user)
    return redirect(url(change.number), code=303)


@bp.post("/funding", allow=Permission.CHANGE_WRITE)
@once
def create_funding():
    """Begin a funding request: a change request because the money does not reach."""
    change = ChangeRequest.draft(g.project, by=g.user, cause=Cause.BUDGET)
    return redirect(url(change.number), code=303)


@bp.get("/new", allow=Permission.CHANGE_ASK)
def new():
    return render("changes/new.html", project=g.project, form=AskForm(formdata=None))


@bp.post("/new", allow=Permission.CHANGE_ASK)
@once
def create_request():
    form = AskForm()
    if not form.validate():
        return render("changes/new.html", project=g.project, form=form), 422
    change = ChangeRequest.ask(g.project, by=g.user, title=form.title.data, why=form.why.data)
    return redirect(url(change.number), code=303)


@bp.get("/<int:number>", allow=Permission.CHANGE_READ)
def show(number):
    change = ChangeRequest.find(g.project, number) or abort(404)
    if not g.membership.role.is_studio:
        return at_client(change)
    if change.current.is_draft:
        return editor(change.current, DraftForm.of(change.current, to_ask(change.current)))
    versions = queries.versions(change)
    wish = VersionRequest.open_about(g.project, ChangeVersion.KIND, number)
    context = {"project": g.project, "change": change, "versions": versions, "wish": wish}
    return render("changes/show.html", **context)


@bp.post("/<int:number>/draft", allow=Permission.CHANGE_WRITE)
def update_draft(number):
    draft = find_draft(number)
    form = DraftForm(draft, to_ask(draft, request.form))
    act = request.form.get("act", "")
    form.change_rows(act)
    if not form.validate():
        return editor(draft, form), 422
    draft = save(draft, form)
    if wants_part():
        return editor(draft, form)
    if act == "preview":
        return redirect(preview_url(number), code=303)
    return redirect(url(number, _anchor=form.added and form.added.id), code=303)


@bp.post("/<int:number>/sign-off", allow=Permission.CHANGE_SEND)
def create_sign_off(number):
    draft = find_draft(number)
    form = DraftForm(draft, to_ask(draft, request.form, is_sending=True))
    if not form.validate():
        return editor(draft, form), 422
    sign_off = save(draft, form).send(by=g.user, **form.asking.terms())
    flash("Sent. Everyone you asked gets a mail with a link to this page.")
    return redirect(sign_off.path, code=303)


@bp.post("/<int:number>/versions", allow=Permission.CHANGE_WRITE)
@once
def create_version(number):
    change = ChangeRequest.find(g.project, number) or abort(404)
    version = change.make_version(by=g.user)
    flash(f"Version {version.version} begins as a copy. Nothing is sent until you send it.")
    return redirect(url(number), code=303)


@bp.app_template_global("origin_picture_url")
def origin_picture_url(picture, name):
    """Return where this reader's browser finds the picture of what a change request came of."""
    about = {"session_id": g.session.id, "project_id": g.project.id}
    return content_url(current_app.extensions["settings"], picture, name, **about)


@bp.errorhandler(Incomplete)
@bp.errorhandler(StaleDraft)
@bp.errorhandler(Uncovered)
def keep_what_was_typed(error):
    """The editor as it was posted, with the sentence that refused it."""
    draft = find_draft(request.view_args["number"])
    return editor(draft, DraftForm(draft, to_ask(draft, request.form)), problem=error), error.status


def save(draft, form):
    """Save the draft, on top of what a colleague saved only if the reader said so."""
    edits = draft.edits if "overwrite" in request.form else form.edits.data
    return draft.write_alternatives(by=g.user, edits=edits, **form.columns())


def at_client(change):
    """Lead a client to what was sent; before that, to their own words; else there is nothing."""
    sign_off = change.latest_sign_off()
    if sign_off:
        return redirect(url_for("signoff.show", number=sign_off.number), code=303)
    if not change.is_asked:
        abort(404)
    return render("changes/asked.html", project=g.project, change=change)


def editor(draft, form, problem=None):
    """Return the editor, or the parts of it that a save changes."""
    # What could not be read was not saved: the next try is measured from the same count.
    edits = form.edits.data if form.errors else draft.edits
    context = {"project": g.project, "draft": draft, "form": form, "edits": edits}
    context |= {"problem": problem, "currency": g.project.currency}
    context["is_from_today"] = draft.edited_at and is_today(draft.edited_at)
    context["before"] = sent_before(draft)
    if problem or not wants_part():
        return render_template(PAGE, **context)
    is_rebuilt = request.form.get("act", "save") != "save"
    parts = ("impacts", "totals", "saved") if is_rebuilt else ("totals", "saved")
    return render(PAGE, *parts, **context) + render_template("changes/_said.html", **context)


def is_today(at):
    reader = READER.get()
    return dates.today(at, reader.zone) == reader.today


def to_ask(draft, typed=None, *, is_sending=False):
    """Return the form of whom to ask, as typed or else as kept; None if the reader may not send."""
    if not g.membership.role.may(Permission.CHANGE_SEND):
        return None
    return Asking.on(g.project, typed, draft.asks, is_sending=is_sending)


def find_draft(number):
    found = ChangeRequest.find(g.project, number) or abort(404)
    if not found.current.is_draft:
        raise Conflict(SENT)
    return found.current


def url(number, **options):
    return url_for("changes.show", number=number, **options)


def preview_url(number):
    return url_for("signoff.show_preview", kind=ChangeVersion.KIND, number=number)
