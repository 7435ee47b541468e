"""Estimates over HTTP: the list, the editor, what was sent."""

from flask import abort, flash, g, redirect, request, url_for

from portal.access.permissions import Permission, Role
from portal.core import dates
from portal.core.filters import READER
from portal.core.web import Room, render, wants_part
from portal.estimates import queries
from portal.estimates.forms import SendForm, SheetForm
from portal.estimates.library.views import bp as library
from portal.estimates.models import Estimate, EstimateVersion, Incomplete, StaleDraft
from portal.signoff.models import SignOff, SignOffStatus, VersionRequest

bp = Room("estimates", __name__, url_prefix="/projects/<slug>/estimates")
blueprints = [bp, library]
EDITOR = "estimates/edit.html"

#: What a button of the editor does to the draft, besides saving it.
ACTS = {
    "add-line": EstimateVersion.add_line,
    "duplicate-line": EstimateVersion.duplicate_line,
    "line-down": EstimateVersion.lower_line,
    "line-up": EstimateVersion.raise_line,
    "remove-line": EstimateVersion.remove_line,
    "remove-section": EstimateVersion.remove_section,
    "section-down": EstimateVersion.lower_section,
    "section-up": EstimateVersion.raise_section,
}


@bp.get("", allow=Permission.ESTIMATE_READ)
def index():
    is_studio = g.membership.role.is_studio
    estimates = queries.all_in(g.project) if is_studio else queries.sent_in(g.project)
    return render("estimates/index.html", estimates=estimates)


@bp.post("", allow=Permission.ESTIMATE_WRITE)
def create():
    estimate = Estimate.start(g.project, by=g.user)
    return redirect(url(estimate.number), code=303)


@bp.get("/<int:number>", allow=Permission.ESTIMATE_READ)
def show(number):
    if not g.membership.role.is_studio:
        return redirect(sign_off_url(queries.last_sign_off(g.project, number)), code=303)
    latest = find_draft(number)
    if latest.is_draft:
        return editor(latest)
    versions = queries.versions_of(latest.estimate)
    wish = VersionRequest.open_about(g.project, latest.KIND, number)
    return render("estimates/show.html", latest=latest, versions=versions, wish=wish)


@bp.post("/<int:number>/draft", allow=Permission.ESTIMATE_WRITE)
def update_draft(number):
    draft = find_draft(number)
    form = SheetForm(draft, draft.parts(), request.form)
    is_read = save(draft, form)
    at = carry_out(draft, request.form.get("act", ""))
    if wants_part() or not is_read:
        return editor(draft, typed=request.form, at=at), 200 if is_read else 422
    if request.form.get("act") == "preview":
        return redirect(preview_url(number), code=303)
    kept = send_form(request.form).kept()
    return redirect(url(number, _anchor=at and f"line-{at}-what", **kept), code=303)


@bp.post("/<int:number>/versions", allow=Permission.ESTIMATE_WRITE)
def create_version(number):
    version = find(number).revise(by=g.user)
    flash(f"Version {version.version} begins as a copy. Nothing is sent until you send it.")
    return redirect(url(number), code=303)


@bp.get("/<int:number>/versions/<int:version>", allow=Permission.ESTIMATE_READ)
def show_version(number, version):
    sent = find_sent(number, version)
    if not g.membership.role.is_studio:
        return redirect(sign_off_url(sent and sent.number), code=303)
    found = find_version(number, version)
    shown = sent.shown if sent else found.snapshot()
    offer = found.offer(shown, decided_options(sent))
    context = {"shown": shown, "offer": offer, "currency": offer.currency, "sign_off": sent}
    return render("estimates/version.html", version=found, options_form=False, **context)


@bp.post("/<int:number>/sign-off", allow=Permission.ESTIMATE_SEND)
def create_sign_off(number):
    draft = find_draft(number)
    form = SheetForm(draft, draft.parts(), request.form)
    send = send_form(request.form)
    is_read = save(draft, form)
    if not (send.validate() and is_read):
        return editor(draft, typed=request.form, send=send), 422
    sign_off = draft.send(by=g.user, edits=draft.edits, **send.terms())
    flash("Sent. Everyone you asked gets a mail with a link to this page.")
    return redirect(sign_off.path, code=303)


@bp.errorhandler(Incomplete)
def incomplete(error):
    """The editor, saved, with what is missing before it can be sent."""
    draft = find_draft(request.view_args["number"])
    send = send_form(request.form)
    return editor(draft, typed=request.form, send=send, problem=error), error.status


@bp.errorhandler(StaleDraft)
def stale(error):
    """What was typed, on top of what a colleague saved; the reader says which of them stays."""
    draft = find_draft(request.view_args["number"])
    send = send_form(request.form)
    return editor(draft, typed=request.form, send=send, problem=error), error.status


def save(draft, form):
    """Save what could be read of a form. Return whether that was all of it."""
    is_read = form.validate()
    is_over = "overwrite" in request.form
    edits = draft.edits if is_over else form.counter.edits.data
    draft.save_draft(by=g.user, edits=edits or 0, values=form.values())
    return is_read


def carry_out(draft, act):
    """Do what a button named, `remove-line:7`. Return the number of a line that came of it."""
    name, _, which = act.partition(":")
    if name == "add-section":
        return draft.add_section(by=g.user).lines.get().number
    if name not in ACTS or not (which.isdecimal() and len(which) < 10):
        return None
    made = ACTS[name](draft, int(which), by=g.user)
    return made and made.number


def editor(draft, *, typed=None, send=None, at=None, problem=None):
    """Return the editor of a draft, or the parts of it that a save changes."""
    parts = draft.parts()
    form = SheetForm(draft, parts, typed)
    form.validate()
    context = {"draft": draft, "form": form, "problem": problem, "focus": focus_of(form, at)}
    is_stale = isinstance(problem, StaleDraft)  # Until its reader says which of them stays.
    context["edits"] = form.counter.edits.data if is_stale else draft.edits
    context |= {"totals": draft.sheet(parts), "currency": draft.project.currency}
    context["send"] = send or send_form(request.args)
    context["open_sign_off"] = open_sign_off(draft)
    reader = READER.get()
    context["is_from_today"] = dates.today(draft.edited_at, reader.zone) == reader.today
    if problem or not wants_part():
        return render(EDITOR, **context)
    is_rebuilt = request.form.get("act", "save") != "save"
    blocks = ("sections", "totals", "saved") if is_rebuilt else ("totals", "saved")
    return render(EDITOR, *blocks, **context) + render("estimates/_tails.html", **context)


def focus_of(form, at):
    """Return the id of the field to type into next: in a new line, or the first that is wrong."""
    if at:
        return f"line-{at}-what"
    if wants_part():
        return None
    wrong = form.wrong_fields or ([] if form.head.title.data else [form.head.title])
    return wrong[0].id if wrong else None


def send_form(typed):
    """Return whom the draft can be sent to: who may decide, and who is asked for an opinion."""
    people = g.project.people(Role.APPROVER, Role.SPONSOR, Role.REVIEWER)
    deciders = [one for one in people if one.membership.role.may(Permission.SIGN_OFF_DECIDE)]
    reviewers = [one for one in people if one not in deciders]
    return SendForm.to(deciders, reviewers, typed)


def open_sign_off(draft):
    """Return the question about an earlier version that sending this draft replaces, or None."""
    if draft.version == 1:
        return None
    about = {"project": g.project, "kind": draft.KIND, "subject_number": draft.number}
    return SignOff.get_or_none(status=SignOffStatus.OPEN, **about)


def decided_options(sign_off):
    """Return the options of the yes to a sign-off, or None: as sent."""
    made = [one for one in sign_off.decisions if one.is_yes] if sign_off else []
    return tuple(made[-1].options) if made else None


def find(number):
    return Estimate.get_or_none(project=g.project, number=number) or abort(404)


def find_draft(number):
    """Return the draft; or, if it was sent meanwhile, the last version, which refuses changes."""
    return (EstimateVersion.all_of(g.project, number) or abort(404))[0]


def find_version(number, version):
    found = [one for one in EstimateVersion.all_of(g.project, number) if one.version == version]
    return found[0] if found else abort(404)


def find_sent(number, version):
    about = {"project": g.project, "kind": EstimateVersion.KIND, "subject_number": number}
    return SignOff.get_or_none(version=version, **about)


def url(number, **values):
    return url_for("estimates.show", number=number, **values)


def preview_url(number):
    return url_for("signoff.show_preview", kind=EstimateVersion.KIND, number=number)


def sign_off_url(number):
    return url_for("signoff.show", number=number) if number else abort(404)
