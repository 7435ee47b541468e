"""Estimates over HTTP: the list, the editor, what was sent."""

from flask import abort, flash, g, redirect, request, url_for
from werkzeug.datastructures import MultiDict

from portal.access.once import once
from portal.access.permissions import Permission
from portal.core import dates
from portal.core.filters import READER
from portal.core.web import Room, render, wants_part
from portal.estimates import outlook, queries
from portal.estimates.acts import PASTED, carry_out, rows_in
from portal.estimates.forms.draft import SheetForm
from portal.estimates.library.views import bp as library
from portal.estimates.models import Estimate, EstimateVersion, Incomplete, StaleDraft
from portal.signoff.asking.form import Asking
from portal.signoff.models import SignOff, Uncovered, VersionRequest
from portal.signoff.standing import sent_before
from portal.studio.costs import cost_of
from portal.studio.rates import today
from portal.studio.terms import Terms

bp = Room("estimates", __name__, url_prefix="/projects/<slug>/estimates")
blueprints = [bp, library]
EDITOR = "estimates/edit.html"


@bp.get("", allow=Permission.ESTIMATE_READ)
def index():
    is_studio = g.membership.role.is_studio
    estimates = queries.all_in(g.project) if is_studio else queries.sent_in(g.project)
    return render("estimates/index.html", estimates=estimates)


@bp.post("", allow=Permission.ESTIMATE_WRITE)
@once
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
    draft, typed = find_draft(number), MultiDict(request.form)
    is_read = save(draft, typed)
    at = carry_out(draft, typed, by=g.user)
    if wants_part() or not is_read or typed.get(PASTED):
        return editor(draft, typed=typed, at=at), 200 if is_read else 422
    if request.form.get("act") == "preview":
        return redirect(preview_url(number), code=303)
    kept = send_form(request.form).kept()
    if request.form.get("act") == "show-terms":
        kept |= {"terms": 1, "_anchor": "terms"}
    return redirect(url(number, **{"_anchor": at and f"line-{at}-what"} | kept), code=303)


@bp.post("/<int:number>/versions", allow=Permission.ESTIMATE_WRITE)
@once
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
    draft, typed = find_draft(number), MultiDict(request.form)
    send = send_form(typed)
    is_read = save(draft, typed)
    if not (send.validate() and is_read):
        return editor(draft, typed=typed, send=send), 422
    sign_off = draft.send(by=g.user, edits=draft.edits, **send.terms())
    flash("Sent. Everyone you asked gets a mail with a link to this page.")
    return redirect(sign_off.path, code=303)


@bp.errorhandler(Incomplete)
@bp.errorhandler(Uncovered)
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


def save(draft, typed):
    """Save what could be read of a form. Return whether that was all of it."""
    form = form_of(draft, draft.parts(), draft.rate_card(), typed)
    is_read = form.validate()
    edits = draft.edits if "overwrite" in typed else form.counter.edits.data
    for number in draft.save_draft(by=g.user, edits=edits or 0, values=form.values()):
        typed.poplist(f"line-{number}-rate")  # The rate card's is shown instead.
    return is_read


def form_of(draft, parts, card, typed):
    roles = sorted(row.role for row in card.values())
    return SheetForm(draft, parts, typed, roles=roles, act=request.form.get("act", ""))


def editor(draft, *, typed=None, send=None, at=None, problem=None):
    """Return the editor of a draft, or the parts of it that a save changes."""
    parts, card = draft.parts(), draft.rate_card()
    form = form_of(draft, parts, card, typed)
    form.validate()
    context = {"draft": draft, "form": form, "problem": problem, "focus": focus_of(form, at)}
    is_stale = isinstance(problem, StaleDraft)  # Until its reader says which of them stays.
    context["edits"] = form.counter.edits.data if is_stale else draft.edits
    context["pasted"] = {"text": (typed or {}).get(PASTED, ""), "rows": rows_in(draft, typed or {})}
    context["has_effort"] = "with_effort" in (typed or {}) or form.has_effort
    context["undo_place"] = draft.undo_words and draft.undo_place(parts)
    context |= {"card": card, "offered_terms": offered_terms(), **beside(draft, parts)}
    context["send"] = send or send_form(request.args)
    context["before"] = sent_before(draft)
    reader = READER.get()
    context["is_from_today"] = dates.today(draft.edited_at, reader.zone) == reader.today
    if problem or not wants_part():
        return render(EDITOR, **context)
    is_rebuilt = request.form.get("act", "save") != "save"
    blocks = ("sections", "totals", "saved") if is_rebuilt else ("totals", "saved")
    return render(EDITOR, *blocks, **context) + render("estimates/_tails.html", **context)


def offered_terms():
    """Return the studio's terms to choose from, if somebody asked for them."""
    is_asked = request.form.get("act") == "show-terms" or "terms" in request.args
    return Terms.offered() if is_asked else None


def beside(draft, parts):
    """Return what stands beside a draft: sums, how sure they are, and for some what it costs."""
    sheet = draft.sheet(parts)
    ahead, currency = outlook.of(parts, sheet), draft.project.currency
    is_told = ahead and g.user.may(Permission.COST_READ)
    cost = cost_of(ahead.roles, currency, today()) if is_told else None
    return {"totals": sheet, "outlook": ahead, "cost": cost, "currency": currency}


def focus_of(form, at):
    """Return the id of the field to type into next: in a new line, or the first that is wrong."""
    if at:
        return f"line-{at}-what"
    if wants_part():
        return None
    wrong = form.wrong_fields or ([] if form.head.title.data else [form.head.title])
    return wrong[0].id if wrong else None


def send_form(typed):
    """Return whom the draft can be sent to, as it was typed."""
    return Asking.on(g.project, typed)


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
