"""One feedback over HTTP: a page of its project, or the pane of the inbox it was opened in."""

from functools import cached_property

from flask import abort, current_app, flash, g, redirect, request, url_for

from portal.core.web import render, wants_part
from portal.feedback import queries, triage
from portal.feedback.desk import Desk
from portal.feedback.forms import (
    AssignmentForm,
    ButtonForm,
    MessageForm,
    NoteForm,
    ReasonForm,
    ResolutionForm,
    VerdictForm,
)
from portal.feedback.page import Page
from portal.feedback.words import GIVEN
from portal.storage.links import content_url

OURS = "ours"
PAGE, INBOX = "feedback/show.html", "feedback/inbox.html"


class Box:
    """The inbox as the reader looks at it; read when it is drawn, so a part alone costs nothing."""

    def __init__(self):
        self.show = triage.SHOWS.get(request.args.get("show", OURS)) or abort(404)
        self.shows = triage.SHOWS.values()
        after = request.args.get("after")
        self.after = triage.key_in(after) or abort(404) if after else None
        self.marks, self.whose = asked(), triage.whose
        if not wants_part():
            g.our_turn = self.counts["ours"]  # The head of the page shows it too: one reading.

    @cached_property
    def counts(self):
        return triage.counts(g.user)

    @cached_property
    def rows(self):
        return triage.inbox(g.user, self.show.key, self.after)

    @property
    def says(self):
        """6 waiting for us"""
        return f"{self.counts[self.show.key]} {self.show.holds}"


def find(number):
    return queries.item(g.project, number) or abort(404)


def shown(number, **forms):
    """Return the page of one feedback, or its parts; `forms` are those that come back."""
    if not is_in_inbox():
        return render(PAGE, "pane", **gather(number, **forms))
    return render(INBOX, "pane", "list", box=Box(), **gather(number, **forms))


def answered(item, sentence):
    """Answer a change with what changed and a sentence about it."""
    if wants_part():
        return shown(item.number, done=sentence)
    flash(sentence)
    return redirect(url(item.number), code=303)


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


def asked():
    """Return how the address asks for the inbox to be shown, without what goes without saying."""
    asked = {name: request.args.get(name) for name in ("show", "after")}
    return {name: value for name, value in asked.items() if value and value != OURS}


def gather(number, *, done="", **forms):
    """Return what the templates need to draw one feedback for this reader."""
    item = find(number)
    page = (Desk if g.membership.role.is_studio else Page)(item, g.user, g.membership.role)
    blank = {
        "message": MessageForm(formdata=None),
        "note": NoteForm(formdata=None),
        "reason": ReasonForm(formdata=None),
        "verdict": VerdictForm(formdata=None, seen=item.verdicts),
        "resolution": ResolutionForm(formdata=None),
        "assignment": AssignmentForm(formdata=None),
        "button": ButtonForm(formdata=None),
    }
    about = {"page": page, "item": item, "done": done, "marks": marks(), "file_url": file_url}
    return {**about, "verdict_means": GIVEN, "forms_of": blank | forms}


def file_url(blob, name):
    """Return where this reader's browser finds a picture, on the content origin."""
    settings = current_app.extensions["settings"]
    return content_url(settings, blob, name, session_id=g.session.id, project_id=g.project.id)
