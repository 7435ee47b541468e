"""The form on which the studio writes down an answer that came outside the portal."""

from dataclasses import dataclass

from flask import abort, flash, g, redirect, request

from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.core.web import Room, render
from portal.signoff import files, queries
from portal.signoff.deciding import attached, by_staff
from portal.signoff.forms.answer import RecordForm, new_key
from portal.signoff.models import Answer, How
from portal.signoff.refusals import Misread

bp = Room("recorded", __name__, url_prefix="/projects/<slug>/sign-offs/<int:number>")
PAGE = "signoff/record.html"


@dataclass(frozen=True)
class Bare:
    """What a sheet reads of its page. Here nobody asks at a line, and no running total stands."""

    subject: object
    talk: None = None
    strip: None = None


@bp.url_value_preprocessor
def take_files(endpoint, _values):
    if endpoint == "recorded.create":
        request.max_content_length = attached.REQUEST_BYTES


@bp.get("/recorded-answers", allow=Permission.SIGN_OFF_RECORD)
def new(number):
    sign_off = find(number)
    options = None
    if "choose" in request.args:
        options = sign_off.subject_class.read_options(sign_off.shown, request.args)
    return page(sign_off, options, RecordForm(who_may(sign_off), formdata=None))


@bp.post("/recorded-answers", allow=Permission.SIGN_OFF_RECORD)
def create(number):
    sign_off = find(number)
    form = RecordForm(who_may(sign_off))
    kept = files.keep(form)
    if not form.validate_on_submit():
        return page(sign_off, chosen(form), form), 422
    try:
        decision = by_staff.record_answer(sign_off, heard(form, kept), by=g.user)
    except by_staff.Unfit as unfit:
        form[unfit.context["field"]].errors = [unfit.message]
        return page(sign_off, chosen(form), form), unfit.status
    flash(f"Recorded, and marked as such. {decision.user.name} has been told, and how to object.")
    return redirect(decision.receipts.get().path, code=303)


@bp.errorhandler(attached.NotTaken)
def not_taken(error):
    """The form again, as it was typed, with the files that were kept."""
    sign_off = find(request.view_args["number"])
    form = RecordForm(who_may(sign_off))
    form.validate()
    g.kept, form.files.errors = error.context["kept"], [error.message]
    return page(sign_off, chosen(form), form), error.status


@bp.errorhandler(Misread)
def misread(error):
    """The page with what could be read; what could not stands as typed, with the reason beside."""
    sign_off = find(request.view_args["number"])
    form = RecordForm(who_may(sign_off), formdata=None)
    return page(sign_off, error.context["options"], form, error.context["errors"]), error.status


def heard(form, kept):
    """Return what the form says, for the engine."""
    person = next(one for one in form.people if one.id == form.person.data)
    return by_staff.Heard(
        person=person,
        answer=Answer(form.answer.data),
        how=How(form.how.data),
        on=form.on.data,
        said=form.said.data,
        options=chosen(form),
        purchase_order=form.purchase_order.data or "",
        files=tuple(kept),
        key=form.key.data,
        address=request.remote_addr or "",
        agent=request.user_agent.string[:300],
    )


def find(number):
    return queries.sign_off_in(g.project, number) or abort(404)


def who_may(sign_off):
    """Return the people who are asked to decide and have not yet."""
    return [seat.user for seat in sign_off.open_seats] if sign_off.is_open else []


def chosen(form):
    return tuple(sorted(form.option.data or ()))


def page(sign_off, options, form, wrong=None):
    try:
        offer = sign_off.offer(options)
    except DomainError:  # Whatever was chosen is not in this version: begin as it was sent.
        offer = sign_off.offer(None)
    context = {"sign_off": sign_off, "offer": offer, "shown": sign_off.shown, "form": form}
    context |= {"currency": sign_off.currency, "key": form.key.data or new_key()}
    context |= {"files": files.Shown(sign_off), "subject": sign_off.subject_class}
    context["page"] = Bare(sign_off.subject)
    context |= {"wrong": wrong or {}, "typed": request.args}
    return render(PAGE, "sheet", "chosen", **context)
