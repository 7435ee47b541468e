"""Feedback over HTTP: filing it, reading it, and what each side does with it."""

from flask import current_app, flash, g, redirect, request, url_for

from portal.access.once import once_with_files
from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.core.web import Room, render
from portal.feedback import pictures, queries, where
from portal.feedback.forms import (
    AssignmentForm,
    ContestForm,
    FilingForm,
    MergeForm,
    MessageForm,
    NoteForm,
    ReasonForm,
    ResolutionForm,
    SeverityForm,
    SnoozeForm,
    VerdictForm,
)
from portal.feedback.inbox import replies, several
from portal.feedback.inbox import views as inbox
from portal.feedback.inbox.undoing import Deed, stamped
from portal.feedback.models import Feedback
from portal.feedback.showing import answered, file_url, find, gather, shown
from portal.feedback.words import Kind, Severity, VerdictKind
from portal.threads import files, unread
from portal.threads import models as threads

bp = Room("feedback", __name__, url_prefix="/projects/<slug>/feedback")
blueprints = [bp, inbox.bp, several.bp, replies.bp]

SNOOZED = "It is out of sight until then, or until the client speaks. They never see this."


@bp.url_value_preprocessor
def allow_pictures(endpoint, _values):
    """Let a filing bring its pictures: said before anything reads the form, the token included."""
    if endpoint == "feedback.create":
        request.max_content_length = pictures.REQUEST_BYTES
    if endpoint in {"feedback.create_message", "feedback.create_note"}:
        request.max_content_length = files.REQUEST_BYTES


# Filing and reading ------------------------------------------------------------------------------


@bp.get("", allow=Permission.FEEDBACK_READ)
def index():
    show = request.args.get("show") if request.args.get("show") in ("done", "yours") else ""
    rows = queries.listed(g.project, show=show, before=request.args.get("before", type=int))
    return render(
        "feedback/index.html",
        project=g.project,
        rows=rows,
        show=show,
        counts=queries.counts(g.project),
        new=new_to_reader(),
    )


@bp.get("/new", allow=Permission.FEEDBACK_FILE)
def new():
    """The empty form; `?filed=3` says that one was filed from here, `?page=` where they were."""
    came_from = where.came_from()
    return filing(FilingForm(formdata=None, page=came_from and came_from.path))


@bp.post("", allow=Permission.FEEDBACK_FILE)
@once_with_files
def create():
    form = FilingForm()
    kept = pictures.keep(form.files, kept_before(form))
    if not form.validate_on_submit():
        return filing(form, kept), 422
    item = Feedback.file(
        g.project,
        by=g.user,
        kind=Kind(form.kind.data),
        text=form.text.data,
        place=where.noted(form),
        pictures=kept,
    )
    return redirect(filed(item), code=303)


def filed(item):
    """Thank them, and return where they go on: to what they filed, or to the next one."""
    thanks = f"Thank you. It is filed as {item.label}; the studio has been told."
    if "another" not in request.form:
        flash(thanks)
        return item.path
    flash(f"{thanks} What else?")
    came_from = item.place.get("page") or None
    return url_for("feedback.new", filed=item.number, page=came_from)


@bp.errorhandler(pictures.NotTaken)
def not_taken(error):
    """The form again, as it was typed, with the pictures that were kept."""
    form = FilingForm()
    form.validate()
    form.pictures.errors = [error.message]
    return filing(form, error.context["kept"]), error.status


@bp.get("/<int:number>", allow=Permission.FEEDBACK_READ)
def show(number):
    return shown(number)


# What the client answers -------------------------------------------------------------------------


@bp.post("/<int:number>/messages", allow=Permission.MESSAGE_WRITE)
def create_message(number):
    item, form = find(number), MessageForm()
    if not form.validate_on_submit():
        return shown(number, message=form), 422
    kept, asks = files.keep(form.files.data), form.is_question.data
    threads.reply(item, by=g.user, text=form.message.data, is_question=asks, files=kept)
    return answered(item, "Your reply is on its way.")


@bp.post("/<int:number>/verification", allow=Permission.FEEDBACK_ANSWER)
def create_verification(number):
    item = find(number)
    item.verify(by=g.user)
    return answered(item, "Thank you. It is verified, and the studio knows.")


@bp.post("/<int:number>/reopening", allow=Permission.FEEDBACK_ANSWER)
def create_reopening(number):
    item, form = find(number), ReasonForm()
    if not form.validate_on_submit():
        return shown(number, reason=form), 422
    item.reopen(by=g.user, reason=form.reason.data)
    return answered(item, "It is open again, and the studio knows why.")


@bp.post("/<int:number>/contest", allow=Permission.FEEDBACK_ANSWER)
def create_contest(number):
    item, form = find(number), ContestForm()
    if not form.validate_on_submit():
        return shown(number, reason=form), 422
    item.contest(by=g.user, reason=form.reason.data, seen=form.seen.data)
    return answered(item, "The studio knows that you see it otherwise. It answers next.")


# What the studio does ----------------------------------------------------------------------------


@bp.post("/<int:number>/notes", allow=Permission.NOTE_WRITE)
def create_note(number):
    item, form = find(number), NoteForm()
    if not form.validate_on_submit():
        return shown(number, note=form), 422
    threads.note(item, by=g.user, text=form.note.data, files=files.keep(form.files.data))
    return answered(item, "The note is kept. The client never sees it.")


@bp.post("/<int:number>/verdicts", allow=Permission.FEEDBACK_TRIAGE)
def create_verdict(number):
    item, form = find(number), VerdictForm()
    if not form.validate_on_submit():
        return shown(number, verdict=form), 422
    verdict = item.give_verdict(
        VerdictKind(form.kind.data),
        by=g.user,
        reason=form.reason.data,
        seen=form.seen.data,
        scope_item=form.scope_number,
    )
    deed = Deed.of_verdict(item, verdict.id, verdict.kind)
    return answered(item, "The verdict is given. The client can read it now.", deed)


@bp.post("/<int:number>/resolution", allow=Permission.FEEDBACK_TRIAGE)
def create_resolution(number):
    item, form = find(number), ResolutionForm()
    if not form.validate_on_submit():
        return shown(number, resolution=form), 422
    item.resolve(by=g.user, words=form.words.data or "")
    return answered(item, "It is resolved. The client is asked to look again.")


@bp.post("/<int:number>/assignment", allow=Permission.FEEDBACK_TRIAGE)
def create_assignment(number):
    item, user = find(number), AssignmentForm().user
    was = item.assign(user, by=g.user)
    name = user.name if user else "nobody"
    deed = Deed("assign", user and user.id, [[item.id, was]])
    return answered(item, f"It is in the hands of {name}. The client never sees this.", deed)


@bp.post("/<int:number>/severity", allow=Permission.FEEDBACK_TRIAGE)
def create_severity(number):
    item, form = find(number), SeverityForm()
    if not form.validate_on_submit():
        return shown(number), 422
    was = item.weigh(Severity(form.severity.data), by=g.user)
    deed = Deed("weigh", form.severity.data, [[item.id, str(was)]])
    return answered(item, f"Severity: {form.severity.data}. The client never sees this.", deed)


@bp.post("/<int:number>/snooze", allow=Permission.FEEDBACK_TRIAGE)
def create_snooze(number):
    item, form = find(number), SnoozeForm()
    if not form.validate_on_submit():
        return shown(number, snooze=form), 422
    was = item.snooze(form.at, by=g.user)
    deed = Deed("snooze", stamped(form.at), [[item.id, stamped(was)]])
    return answered(item, SNOOZED if form.at else "It is back in the inbox.", deed)


@bp.get("/<int:number>/alike", allow=Permission.FEEDBACK_TRIAGE)
def alike(number):
    """The others to choose from: for the pane once they are asked for, or a page of their own."""
    return render("feedback/alike.html", "alike", **gather(number))


@bp.post("/<int:number>/merge", allow=Permission.FEEDBACK_TRIAGE)
def create_merge(number):
    item, form = find(number), MergeForm()
    if not (form.validate_on_submit() and merged(item, form)):
        return shown(number, merge=form), 422
    deed = Deed("merge", form.number, [[item.id, None]])
    return answered(item, f"It goes on in feedback {form.number}; the client is led there.", deed)


@bp.post("/<int:number>/split", allow=Permission.FEEDBACK_TRIAGE)
def create_split(number):
    item = find(number)
    item.split(by=g.user)
    return answered(item, "It goes on by itself again.")


@bp.post("/<int:number>/change-request", allow=Permission.CHANGE_WRITE)
def create_change_request(number):
    """Draft a change request of it, and go there: it has still to be priced."""
    change = find(number).turn_into_change(by=g.user)
    flash(f"Change request {change.number} is drafted. Price it, then send it.")
    return redirect(url_for("changes.show", number=change.number), code=303)


def merged(item, form):
    """Merge it, or say beside the number what is wrong with that; answer whether it is done."""
    try:
        return item.merge_into(form.number, by=g.user)
    except DomainError as refusal:
        if refusal.status != DomainError.status:
            raise
        form.into.errors = [refusal.message]
        return None


def new_to_reader():
    """Return how much is new in each feedback's thread, by its number."""
    threads_new = unread.on_project(g.project, g.user)
    return {one.number: one.count for one in threads_new if one.kind == "feedback"}


def filing(form, kept=()):
    """Return the page on which feedback is left, with the pictures that we have already."""
    key = current_app.secret_key
    return render(
        "feedback/new.html",
        project=g.project,
        form=form,
        kept=[(picture, picture.token(key, g.user)) for picture in kept],
        most=pictures.MOST,
        came_from=where.page(form.page.data or ""),
        device=where.device(),
        file_url=file_url,
    )


def kept_before(form):
    return pictures.kept_before(current_app.secret_key, g.user, form.kept.data or [])
