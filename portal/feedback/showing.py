"""One feedback over HTTP: a page of its project, or the pane of the inbox it was opened in."""

from flask import abort, current_app, flash, g, redirect, request, url_for

from portal.core.web import render, wants_part
from portal.feedback import queries
from portal.feedback.forms import (
    AssignmentForm,
    ButtonForm,
    MergeForm,
    MessageForm,
    NoteForm,
    ReasonForm,
    ResolutionForm,
    SnoozeForm,
    VerdictForm,
)
from portal.feedback.inbox.box import INBOX, Box, asked, snooze_days
from portal.feedback.inbox.desk import Desk
from portal.feedback.inbox.undoing import Deed
from portal.feedback.page import Page
from portal.feedback.words import GIVEN
from portal.storage.links import content_url

PAGE = "feedback/show.html"
UNDO = "undo"  # The category of a flash that comes with a deed.


def find(number):
    return queries.item(g.project, number, g.user) or abort(404)


def shown(number, **forms):
    """Return the page of one feedback, or its parts; `forms` are those that come back."""
    if not is_in_inbox():
        return render(PAGE, "pane", **gather(number, **forms))
    return render(INBOX, "pane", "list", box=Box(), **gather(number, **forms))


def answered(item, sentence, deed=None):
    """Answer a change with what changed and a sentence about it, and with Undo if it has a deed."""
    if wants_part():
        undo = deed and deed.token(current_app.secret_key, g.user)
        return shown(item.number, done=sentence, undo=undo)
    if deed:
        flash_undo(sentence, deed)
    else:
        flash(sentence)
    return redirect(url(item.number), code=303)


def flash_undo(sentence, deed):
    """Say it on the next page, with a button that undoes it."""
    flash((sentence, deed.token(current_app.secret_key, g.user)), UNDO)


def url(number):
    """Return where this feedback was opened: the inbox as it was shown, or its own page."""
    if not is_in_inbox():
        return url_for("feedback.show", number=number)
    return url_for("inbox.show", number=number, **asked())


def is_in_inbox():
    """True in the inbox, and for what is posted from there."""
    asked = request.blueprint == "inbox" or request.args.get("from") == "inbox"
    return asked and g.membership.role.is_studio


def marks():
    """Return what the forms' addresses carry, so that an answer leads back to where it was given."""
    return {"from": "inbox", **asked()} if is_in_inbox() else {}


def gather(number, *, done="", undo=None, **forms):
    """Return what the templates need to draw one feedback for this reader."""
    item = find(number)
    page = (Desk if g.membership.role.is_studio else Page)(item, g.user, g.membership.role)
    blank = {
        "message": MessageForm(formdata=None, message=saved_reply(page)),
        "note": NoteForm(formdata=None),
        "reason": ReasonForm(formdata=None),
        "verdict": VerdictForm(formdata=None, seen=item.verdicts),
        "resolution": ResolutionForm(formdata=None),
        "assignment": AssignmentForm(formdata=None),
        "snooze": SnoozeForm(formdata=None),
        "merge": MergeForm(formdata=None),
        "button": ButtonForm(formdata=None),
    }
    about = {"page": page, "item": item, "marks": marks(), "file_url": file_url}
    said = {"done": done, "undo": undo, "days": snooze_days()}
    said["take_back"] = take_back(page) if page.is_desk and not undo else None
    return {**about, **said, "verdict_means": GIVEN, "forms_of": blank | forms}


def take_back(page):
    """Return what takes back the verdict that this reader has just given, or None."""
    if not page.can_be_taken_back:
        return None
    deed = Deed.of_verdict(page.item, page.verdict.number, page.verdict.verdict)
    return deed.token(current_app.secret_key, g.user)


def saved_reply(page):
    """Return the text of the saved reply that the address names, filled in; or None."""
    wanted = request.args.get("reply", type=int)
    found = page.is_desk and wanted and [one for one in page.replies if one.id == wanted]
    return found[0].filled(page.facts) if found else None


def file_url(blob, name):
    """Return where this reader's browser finds a picture, on the content origin."""
    settings = current_app.extensions["settings"]
    return content_url(settings, blob, name, session_id=g.session.id, project_id=g.project.id)
