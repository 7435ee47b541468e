"""The page a client answers on, and the answers."""

from flask import abort, current_app, flash, g, make_response, redirect, request

from portal.access.guard import browser
from portal.access.permissions import Permission
from portal.core import canonical
from portal.core.errors import DomainError
from portal.core.web import Room, render
from portal.signoff import difference, files, marks, queries
from portal.signoff.deciding import attached, proof
from portal.signoff.deciding.decide import decide
from portal.signoff.forms.answer import (
    ButtonForm,
    DecisionForm,
    OpinionForm,
    WithdrawalForm,
    age_s,
    made_now,
    new_key,
)
from portal.signoff.models import Addressee, Evidence, Opinion, SignOff, View
from portal.signoff.page import Page
from portal.signoff.previews import preview
from portal.signoff.refusals import Closed, Incomplete, Misread, Moved, Overtaken, Stale
from portal.signoff.subject import SUBJECTS

bp = Room("signoff", __name__, url_prefix="/projects/<slug>")
PAGE = "signoff/show.html"


@bp.url_value_preprocessor
def take_files(endpoint, _values):
    """Let an answer bring its files: said before anything reads the form, the token included."""
    if endpoint == "signoff.create_decision":
        request.max_content_length = attached.REQUEST_BYTES


@bp.get("/sign-offs/<int:number>", allow=Permission.SIGN_OFF_READ)
def show(number):
    sign_off = find(number)
    form = DecisionForm(formdata=None, notes=request.args.get("notes", "")[:4000])
    return page(sign_off, chosen(sign_off), form=form)


@bp.get("/previews/<kind>/<int:number>", allow=Permission.SIGN_OFF_RUN)
def show_preview(kind, number):
    subject_class = SUBJECTS.get(kind) or abort(404)
    subject = subject_class.draft(g.project, number) or abort(404)
    subject.check_ready()
    sign_off = preview(subject, g.user)
    return page(sign_off, chosen(sign_off), is_preview=True)


@bp.post("/sign-offs/<int:number>/decisions", allow=Permission.SIGN_OFF_DECIDE)
def create_decision(number):
    check_once()
    sign_off, form = find(number), DecisionForm()
    kept = files.keep(form)
    if not form.validate_on_submit():
        return page(sign_off, posted(), form=form), 422
    if needs_proof(sign_off) and not proven(form):
        return confirm(sign_off, form), 422
    decision = decide(sign_off, form.as_read(kept), evidence(form), by=g.user)
    return redirect(decision.receipts.get().path, code=303)


@bp.post("/sign-offs/<int:number>/proofs", allow=Permission.SIGN_OFF_DECIDE)
def create_proof(number):
    """Mail a code, and keep the answer that waits for it."""
    sign_off, form = find(number), DecisionForm()
    problem = proof.mail_code(g.user, browser=browser(), sign_off=sign_off)
    form.proof.errors = [problem] if problem else []
    files.keep(form)
    return confirm(sign_off, form, is_sent=not problem), 429 if problem else 200


@bp.post("/sign-offs/<int:number>/opinions", allow=Permission.SIGN_OFF_OPINE)
def create_opinion(number):
    sign_off, form = find(number), OpinionForm()
    if not form.validate_on_submit():
        return page(sign_off, None, opinion=form), 422
    Opinion.give(sign_off, by=g.user, view=View(form.view.data), note=form.note.data or "")
    flash("Your opinion is recorded. The studio and the people who decide can see it.")
    return redirect(sign_off.path, code=303)


@bp.post("/sign-offs/<int:number>/openings", allow=Permission.SIGN_OFF_READ)
def create_opening(number):
    """Told by the page once it was before somebody's eyes. Only who was asked counts."""
    asked = Addressee.get_or_none(sign_off=find(number), user=g.user)
    if asked and asked.opened_at is None:
        asked.open()
    return "", 204


@bp.post("/sign-offs/<int:number>/reminders", allow=Permission.SIGN_OFF_RUN)
def create_reminder(number):
    sign_off, form = find(number), ButtonForm()
    form.validate_on_submit() or abort(400)
    asked = Addressee.get_or_none(id=form.addressee.data, sign_off=sign_off) or abort(404)
    sign_off.remind(asked, by=g.user)
    flash(f"A reminder to {asked.user.name} is on its way.")
    return redirect(sign_off.path, code=303)


@bp.post("/sign-offs/<int:number>/withdrawal", allow=Permission.SIGN_OFF_RUN)
def create_withdrawal(number):
    sign_off, form = find(number), WithdrawalForm()
    if not form.validate_on_submit():
        return page(sign_off, None, withdrawal=form), 422
    sign_off.withdraw(by=g.user, reason=form.reason.data)
    flash("It is taken back. Whoever was asked has been told why.")
    return redirect(sign_off.path, code=303)


@bp.errorhandler(Incomplete)
def incomplete(error):
    """The form again, as it was typed, with the sentence beside its field."""
    form = DecisionForm()
    form.validate()
    getattr(form, error.context["field"]).errors = [error.message]
    return page(find(request.view_args["number"]), posted(), form=form), error.status


@bp.errorhandler(Misread)
def misread(error):
    """The page with what could be read; what could not stands as typed, with the reason beside."""
    sign_off = error.context["sign_off"]
    is_preview = sign_off.id is None
    options = error.context["options"]
    return page(sign_off, options, is_preview=is_preview, misread=error), error.status


@bp.errorhandler(attached.NotTaken)
def not_taken(error):
    """The form again, as it was typed, with the files that were kept."""
    form = DecisionForm()
    form.validate()
    g.kept, form.files.errors = error.context["kept"], [error.message]
    return page(find(request.view_args["number"]), posted(), form=form), error.status


@bp.errorhandler(Moved)
def moved(error):
    """The page with the new sums and what was typed; it can still be answered."""
    return page(find(request.view_args["number"]), posted(), form=DecisionForm(), moved=error), 409


@bp.errorhandler(Stale)
@bp.errorhandler(Closed)
@bp.errorhandler(Overtaken)
def changed_meanwhile(error):
    """Why it could not be answered, what changed, and where to go on."""
    sign_off = find(request.view_args["number"])
    newest = newest_version(sign_off)
    return render(
        "signoff/changed.html",
        error=error,
        sign_off=sign_off,
        newest=newest,
        difference=difference.between(sign_off, newest) if newest else None,
        notes=request.form.get("notes", "").strip(),
    ), error.status


def find(number):
    return queries.sign_off_in(g.project, number) or abort(404)


def check_once():
    """Refuse a form that says one thing twice: which of the two was meant is not ours to choose."""
    several = ("option", "kept")
    if any(len(said) > 1 for name, said in request.form.lists() if name not in several):
        abort(400)


def newest_version(sign_off):
    newest = (
        SignOff.select()
        .where(
            SignOff.project == g.project,
            SignOff.kind == sign_off.kind,
            SignOff.subject_number == sign_off.subject_number,
            SignOff.version > sign_off.version,
        )
        .order_by(SignOff.version.desc())
        .first()
    )
    if newest:
        newest.project = g.project
    return newest


def chosen(sign_off):
    """Return the options of the GET form; without one those that were signed, or None: as sent."""
    if "choose" not in request.args:
        return queries.signed_options(sign_off)
    try:
        return sign_off.subject_class.read_options(sign_off.shown, request.args)
    except Misread as error:
        error.context["sign_off"] = sign_off
        raise


def posted():
    return tuple(sorted(request.form.getlist("option")))


def page(sign_off, options, *, is_preview=False, form=None, **more):
    """Return the page for this reader and these options, or the parts that htmx asked for."""
    shown = Page(sign_off, g.user, g.membership.role, sign_off.offer(options), is_preview)
    form = form or DecisionForm(formdata=None)
    forms = {
        "form": form,
        "opinion": more.get("opinion") or opinion_form(shown),
        "withdrawal": more.get("withdrawal") or WithdrawalForm(formdata=None),
        "button": ButtonForm(formdata=None),
        "key": new_key(),
        "moved": more.get("moved"),
        "wrong": more["misread"].context["errors"] if "misread" in more else {},
        "typed": request.args,
        "made": form.made.data or made_now(current_app.secret_key),
        "files": files.Shown(sign_off),
        "marks": marks.of(sign_off),
    }
    context = {"page": shown, "sign_off": sign_off, "offer": shown.offer, "shown": shown.shown}
    context |= {"currency": sign_off.currency, "needs_proof": needs_proof(sign_off)}
    parts = ("sheet", "strip", "answer", "approve")
    return make_response(render(PAGE, *parts, **context, **forms))


def confirm(sign_off, form, **more):
    """Return the page that asks who one is, and carries all that was typed and sent."""
    context = {"sign_off": sign_off, "form": form, "kept": files.tokens()}
    return render("signoff/confirm.html", **context, **more)


def opinion_form(shown):
    given = shown.my_opinion
    return OpinionForm(formdata=None, note=given.note if given else "")


def needs_proof(sign_off):
    return sign_off.subject_class.IS_MONEY and not g.session.is_fresh


def proven(form):
    """Check what was typed to show who it is; put what is wrong with it beside the field."""
    if not form.proof.data:
        return False
    try:
        proof.prove(
            g.session,
            form.proof.data,
            browser=browser(),
            address=request.remote_addr,
            key=current_app.secret_key,
        )
    except DomainError as wrong:
        form.proof.errors = [wrong.message]
        return False
    return True


def evidence(form):
    return Evidence(
        typed_name=form.name.data or "",
        how=g.session.how,
        authenticated_at=g.session.authenticated_at,
        address=request.remote_addr or "",
        agent=request.user_agent.string[:300],
        session=canonical.sha256(g.session.token_digest),
        form_age_s=age_s(current_app.secret_key, form.made.data),
    )
