"""The studio's list of saved replies, over HTTP."""

from flask import abort, flash, g, redirect, request, url_for

from portal.access.permissions import Permission
from portal.core.web import Room, render
from portal.feedback.forms import ReplyForm
from portal.feedback.models import SavedReply
from portal.feedback.models.replies import FIELDS

bp = Room("replies", __name__, url_prefix="/inbox/replies")


@bp.get("", allow=Permission.REPLY_WRITE)
def index():
    """The list; `?edit=3` puts one into the form, where it is saved under its name."""
    edited = request.args.get("edit", type=int)
    return page(ReplyForm(formdata=None, obj=find(edited) if edited else None))


@bp.post("", allow=Permission.REPLY_WRITE)
def create():
    form = ReplyForm()
    if not form.validate_on_submit():
        return page(form), 422
    reply = SavedReply.keep(by=g.user, name=form.name.data, text=form.text.data)
    flash(f"“{reply.name}” is on the list.")
    return redirect(url_for("replies.index"), code=303)


@bp.post("/<int:number>/removal", allow=Permission.REPLY_WRITE)
def create_removal(number):
    reply = find(number)
    reply.remove(by=g.user)
    flash(f"“{reply.name}” is off the list.")
    return redirect(url_for("replies.index"), code=303)


def find(number):
    return SavedReply.get_or_none(id=number) or abort(404)


def page(form):
    return render("feedback/replies.html", form=form, replies=SavedReply.every(), fields=FIELDS)
