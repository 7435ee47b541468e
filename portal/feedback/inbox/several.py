"""What is done to several feedback at once in the inbox, and the way back, over HTTP."""

from flask import current_app, flash, g, redirect, request, url_for

from portal.access.permissions import Permission
from portal.core.web import Room
from portal.feedback.forms import BatchForm, ButtonForm
from portal.feedback.inbox import batch
from portal.feedback.inbox.box import asked
from portal.feedback.inbox.undoing import Deed, stamped
from portal.feedback.showing import flash_undo
from portal.feedback.words import VerdictKind

bp = Room("several", __name__, url_prefix="/inbox")


@bp.post("/assignments", allow=Permission.FEEDBACK_TRIAGE)
def create_assignments():
    form = BatchForm.sent()
    user = form.user
    outcome = batch.each(batch.find(g.user, form.seen), lambda one: one.assign(user, by=g.user))
    name = user.name if user else "nobody"
    return back(outcome, f"in the hands of {name}", "assign", user and user.id)


@bp.post("/snoozes", allow=Permission.FEEDBACK_TRIAGE)
def create_snoozes():
    form = BatchForm.sent()
    outcome = batch.each(batch.find(g.user, form.seen), lambda one: slept(one, form.at))
    return back(outcome, "snoozed" if form.at else "back in the inbox", "snooze", stamped(form.at))


@bp.post("/verdicts", allow=Permission.FEEDBACK_TRIAGE)
def create_verdicts():
    form = BatchForm.sent()
    kind, reason, seen = VerdictKind(form.kind.data), form.reason.data or "", form.seen

    def judge(one):
        return one.give_verdict(kind, by=g.user, reason=reason, seen=seen[one.id]).id

    outcome = batch.each(batch.find(g.user, seen), judge)
    return back(outcome, f"judged as {kind.label.lower()}; the clients can read it", "judge", kind)


@bp.post("/resolutions", allow=Permission.FEEDBACK_TRIAGE)
def create_resolutions():
    outcome = batch.each(
        batch.find(g.user, BatchForm.sent().seen), lambda one: one.resolve(by=g.user)
    )
    return back(outcome, "resolved; the clients are asked to look again")


@bp.post("/undos", allow=Permission.FEEDBACK_TRIAGE)
def create_undo():
    """Put back what was before; where it was done from is where it leads."""
    ButtonForm().validate()
    key = current_app.secret_key
    deed = Deed.read(key, g.user, request.form.get("deed", ""))
    outcome = deed.undo(by=g.user)
    flash(outcome.says("put back"), "bad" if outcome.refused else "message")
    return redirect(way_back(), code=303)


def slept(item, until):
    return stamped(item.snooze(until, by=g.user))


def back(outcome, did, act=None, to=None):
    """Lead back to the list with what became of it, and with Undo where an act can be undone."""
    if act and outcome.done:
        deed = Deed(act, to, [[item.id, was] for item, was in outcome.done])
        flash_undo(outcome.says(did), deed)
    else:
        flash(outcome.says(did), "bad" if outcome.refused else "message")
    return redirect(way_back(), code=303)


def way_back():
    """Return the inbox as it was looked at, with what was open in it."""
    slug, _, number = request.args.get("at", "").partition("/")
    if slug and number.isascii() and number.isdigit() and len(number) < 10:
        return url_for("inbox.show", slug=slug, number=int(number), **asked())
    return url_for("inbox.index", **asked())
