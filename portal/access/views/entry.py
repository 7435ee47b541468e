"""Coming in and going out."""

from flask import current_app, flash, redirect, request, session, url_for

from portal.access import known, login
from portal.access.forms import CodeForm, EmptyForm, SignInForm
from portal.access.guard import browser
from portal.access.models import Code, Invitation, User
from portal.access.models.entry import sign_in as by_password
from portal.access.next_page import safe_next
from portal.access.permissions import ANYONE, SIGNED_IN
from portal.access.views.room import bp
from portal.core.errors import DomainError, TooMany
from portal.core.web import render

AWAITED = "awaited"  # In the browser's cookie: whose code is being typed, and what it opens.
SIGN_IN = "access/sign_in.html"
CODE = "access/code.html"
INVITATION = "access/invitation.html"
WRONG_CODE = "That code is not right, or no longer good. Ask for a new one."


@bp.get("/sign-in", allow=ANYONE)
def sign_in():
    return render(SIGN_IN, form=SignInForm(next=request.args.get("next")))


@bp.post("/sign-in", allow=ANYONE)
def create_session():
    form = SignInForm()
    if not form.validate_on_submit():
        return render(SIGN_IN, form=form), 422
    try:
        if not form.password.data:
            return ask_for_code(form.email.data, form.next.data)
        email = form.email.data
        who = {"address": request.remote_addr, "known": known.word_of(email)}
        user = by_password(email, form.password.data, **who)
    except DomainError as wrong:
        (form.password if form.password.data else form.email).errors = [wrong.message]
        return render(SIGN_IN, form=form), wrong.status, retry_after(wrong)
    login.sign_in(user, "password")
    return redirect(safe_next(form.next.data), code=303)


@bp.get("/sign-in/code", allow=ANYONE)
def code():
    awaited = session.get(AWAITED)
    if awaited is None:
        return redirect(url_for("access.sign_in"), code=303)
    return render(CODE, form=CodeForm(), again=EmptyForm(), awaited=awaited)


@bp.post("/sign-in/code", allow=ANYONE)
def create_code_session():
    form, awaited = CodeForm(), session.get(AWAITED)
    if awaited is None:
        return redirect(url_for("access.sign_in"), code=303)
    user = User.by_email(awaited["email"])
    if not form.validate_on_submit() or not redeemed(form, user):
        return render(CODE, form=form, again=EmptyForm(), awaited=awaited), 422
    if awaited["invitation"]:
        Invitation.accepted_by(user, awaited["invitation"])
    login.sign_in(user, "email code")
    return redirect(safe_next(awaited["next"]), code=303)


@bp.post("/sign-in/codes", allow=ANYONE)
def create_code():
    """Mail another code to the address that waits for one."""
    form, awaited = CodeForm(formdata=None), session.get(AWAITED)
    if awaited is None:
        return redirect(url_for("access.sign_in"), code=303)
    try:
        answer = ask_for_code(awaited["email"], awaited["next"], awaited["invitation"])
    except TooMany as wait:
        form.code.errors = [wait.message]
        page = render(CODE, form=form, again=EmptyForm(), awaited=awaited)
        return page, wait.status, retry_after(wait)
    flash("A new code is on its way. Only the newest one counts.")
    return answer


@bp.get("/invitations/<token>", allow=ANYONE)
def invitation(token):
    found = Invitation.read(current_app.secret_key, token)
    return render(INVITATION, invitation=found, token=token, form=EmptyForm(), wait=None)


@bp.post("/invitations/<token>", allow=ANYONE)
def create_invitation_code(token):
    found = Invitation.read(current_app.secret_key, token)
    to = url_for("home.project", slug=found.project.slug) if found.project else None
    try:
        return ask_for_code(found.user.email, to, found.id)
    except TooMany as wait:
        if session.get(AWAITED, {}).get("invitation") == found.id:
            return redirect(url_for("access.code"), code=303)
        page = render(INVITATION, invitation=found, token=token, form=EmptyForm(), wait=wait)
        return page, wait.status, retry_after(wait)


@bp.post("/sign-out", allow=SIGNED_IN)
def create_sign_out():
    login.sign_out()
    return login.without_what_is_kept(redirect(url_for("access.sign_in"), code=303))


def ask_for_code(email, to, invitation_id=None):
    """Mail a code if we know the address, and answer the same if we do not. Raises TooMany."""
    Code.may_be_asked(email, **asker(email, invitation_id))
    user, secret = User.by_email(email), browser()  # A cookie too is the same either way.
    if user is not None:
        Code.send(user, browser=secret)
    session[AWAITED] = {"email": email, "next": safe_next(to), "invitation": invitation_id}
    return redirect(url_for("access.code"), code=303)


def asker(email, invitation_id=None):
    """Return what is known of whoever asks for a code: their network, and what only they have."""
    link = f"invitation {invitation_id}" if invitation_id else ""
    return {"address": request.remote_addr, "known": link or known.word_of(email)}


def retry_after(error):
    is_wait = isinstance(error, TooMany)
    return {"Retry-After": str(error.retry_after_seconds)} if is_wait else {}


def redeemed(form, user):
    """Check the typed code; put what is wrong with it beside the field."""
    try:
        if user is None:
            raise DomainError(WRONG_CODE)
        awaited = session[AWAITED]
        who = asker(awaited["email"], awaited["invitation"])
        key = current_app.secret_key
        Code.redeem(user, form.code.data, browser=browser(), key=key, **who)
    except DomainError as wrong:
        form.code.errors = [wrong.message]
        return False
    return True
