"""Threads over HTTP: the conversation on a project, and what every thread of it has in common."""

from flask import abort, current_app, g, redirect, request

from portal.access.once import once_with_files
from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.core.fields import plain
from portal.core.web import Room, changed, render, wants_part
from portal.storage.links import content_url
from portal.threads import files, models, news, panel, unread
from portal.threads.conversation import Conversation
from portal.threads.desk import Desk
from portal.threads.forms import TEXT_CHARACTERS, EditForm, MessageForm, NoteForm, PreviewForm
from portal.threads.models import Message, Note, on
from portal.threads.page import Page
from portal.threads.panel import find
from portal.threads.topic import Discussed

bp = Room("threads", __name__, url_prefix="/projects/<slug>")
bp.add_app_template_global(unread.by_number, "new_by_number")
THREAD = "/threads/<kind>/<int:about>"
PAGE = "threads/show.html"
PANEL = "threads/_panel.html"
TAKE_FILES = {"threads.create_message", "threads.create_note"}


@bp.url_value_preprocessor
def allow_files(endpoint, _values):
    """Let words bring their files: said before anything reads the form, the token included."""
    if endpoint in TAKE_FILES:
        request.max_content_length = files.REQUEST_BYTES


@bp.get("/conversation", allow=Permission.MESSAGE_READ)
def show():
    return page(Conversation(g.project))


@bp.get(THREAD, allow=Permission.MESSAGE_READ)
def show_thread(kind, about):
    """The whole thread, or its panel on another page; what has it on its own page is there."""
    topic = find(kind, about)
    return page(topic) if isinstance(topic, Discussed) else redirect(path_of(topic), code=303)


@bp.post(f"{THREAD}/messages", allow=Permission.MESSAGE_WRITE)
@once_with_files
def create_message(kind, about):
    topic, form = find(kind, about), MessageForm()
    if not form.validate_on_submit():
        return page(topic, message=form), 422
    models.reply(topic, by=g.user, text=form.message.data, files=files.keep(form.files.data))
    return answered(topic)


@bp.post(f"{THREAD}/notes", allow=Permission.NOTE_WRITE)
@once_with_files
def create_note(kind, about):
    topic, form = find(kind, about), NoteForm()
    if not form.validate_on_submit():
        return page(topic, note=form), 422
    models.note(topic, by=g.user, text=form.note.data, files=files.keep(form.files.data))
    return answered(topic)


@bp.post(f"{THREAD}/readings", allow=Permission.MESSAGE_READ)
def create_reading(kind, about):
    """Told by the page once its words were before somebody's eyes."""
    seen = {name: request.args.get(name, 0, type=int) for name in ("message", "note")}
    topic = find(kind, about)
    models.has_read(topic, by=g.user, **{name: min(seen[name], last(topic, name)) for name in seen})
    return "", 204


# Putting one's words otherwise -------------------------------------------------------------------


@bp.get(f"{THREAD}/messages/<int:number>", allow=Permission.MESSAGE_READ)
def show_message(kind, about, number):
    return wordings(find(kind, about), Message, number)


@bp.get(f"{THREAD}/notes/<int:number>", allow=Permission.NOTE_READ)
def show_note(kind, about, number):
    return wordings(find(kind, about), Note, number)


@bp.post(f"{THREAD}/messages/<int:number>/edits", allow=Permission.MESSAGE_WRITE)
def create_message_edit(kind, about, number):
    return edited(find(kind, about), Message, number)


@bp.post(f"{THREAD}/notes/<int:number>/edits", allow=Permission.NOTE_WRITE)
def create_note_edit(kind, about, number):
    return edited(find(kind, about), Note, number)


# The words before they are sent ------------------------------------------------------------------


@bp.post("/conversation/preview", allow=Permission.MESSAGE_WRITE)
def create_preview():
    """Show how words will look; nothing is kept. As a page it holds them for the sending."""
    form = PreviewForm()
    is_note = form.note.data is not None and g.membership.role.is_studio
    field = "note" if is_note else "message"
    text = checked(form.note.data if is_note else form.message.data)
    to = form.to.data or ""
    return render(
        "threads/preview.html",
        "preview",
        project=g.project,
        field=field,
        text=text,
        to=to if to.startswith(f"/projects/{g.project.slug}/") else "",
    )


def checked(typed):
    """Return words as they would be kept. Raises DomainError for more than anybody can send."""
    text = plain(typed or "")
    if len(text) > TEXT_CHARACTERS:
        raise DomainError(f"Say it in at most {TEXT_CHARACTERS:,} characters.")
    return text


# Furniture ---------------------------------------------------------------------------------------


def last(topic, name):
    """Return the number of the last message or note there is: nobody has read further."""
    model = {"message": Message, "note": Note}[name]
    newest = on(model, topic).order_by(model.number.desc()).first()
    return newest.number if newest else 0


def page(topic, **forms):
    """Return the page of a thread with these forms as typed, or the panel that they are in."""
    if is_in_panel():
        return render(PANEL, **in_panel(topic, **forms))
    return render(PAGE, "thread", **context(topic, **forms))


def answered(topic):
    if is_in_panel():
        return page(topic)
    return changed(path_of(topic), PAGE, "thread", **context(topic))


def is_in_panel():
    """Answer whether a part of another page asks: what it gets is the panel again."""
    return "panel" in request.args and wants_part()


def in_panel(topic, **forms):
    shown = (panel.FewOnDesk if g.membership.role.is_studio else panel.Few)(topic, g.user)
    forms = {"message": MessageForm(formdata=None), "note": NoteForm(formdata=None)} | forms
    for name in ("message", "note"):  # The page around it may have fields of these names.
        forms[name][name].id = f"talk-{name}"
    return {"topic": topic, "page": shown, **forms, "file_url": file_url}


def context(topic, **forms):
    before = request.args.get("before", type=int)
    if g.membership.role.is_studio:
        shown = Desk(topic, g.user, before, request.args.get("notes_before", type=int))
    else:
        shown = Page(topic, g.user, before)
    blank = {"message": MessageForm(formdata=None), "note": NoteForm(formdata=None)}
    new = [one for one in unread.on_project(g.project, g.user) if not one.is_of(topic)]
    elsewhere = news.by_thing(g.project, new)
    about = {"project": g.project, "topic": topic, "page": shown, "elsewhere": elsewhere}
    about["few"] = len(elsewhere) if "elsewhere" in request.args else news.FEW
    return {**about, **blank, "file_url": file_url, **forms}


def wordings(topic, model, number, form=None):
    """Return the page of one message or note: its words now, those before, and the form."""
    written = on(model, topic).where(model.number == number).get_or_none() or abort(404)
    return render(
        "threads/wordings.html",
        project=g.project,
        topic=topic,
        written=written,
        is_note=model is Note,
        earlier=models.earlier(written),
        can_edit=models.may_edit(topic, written, g.user),
        form=form or EditForm(formdata=None, text=written.text),
        minutes=models.EDIT_MINUTES,
    )


def edited(topic, model, number):
    written = on(model, topic).where(model.number == number).get_or_none() or abort(404)
    form = EditForm()
    if not form.validate_on_submit():
        return wordings(topic, model, number, form), 422
    models.edit(topic, written, by=g.user, text=form.text.data)
    anchor = f"{'note' if model is Note else 'message'}-{number}"
    return redirect(f"{path_of(topic)}#{anchor}", code=303)


def path_of(topic):
    """Return where this reader reads the thread."""
    return topic.studio_path if g.user.is_studio else topic.path


def file_url(blob, name):
    """Return where this reader's browser finds a file, on the content origin."""
    settings = current_app.extensions["settings"]
    return content_url(settings, blob, name, session_id=g.session.id, project_id=g.project.id)
