"""Coming in and going out; one's own account."""

from flask import current_app, flash, g, redirect, request, session, url_for

from portal.access import login, mailer
from portal.access.forms import AccountForm, CodeForm, EmptyForm, PasswordForm, SignInForm
from portal.access.guard import browser
from portal.access.models import Code, Invitation, Session, User
from portal.access.models.entry import sign_in as by_password
from portal.access.next_page import safe_next
from portal.access.permissions import ANYONE, SIGNED_IN
from portal.core import db
from portal.core.errors import DomainError
from portal.core.web import Room, render

bp = Room("access", __name__)
AWAITED = "awaited"  # In the browser's cookie: whose code is being typed, and what it opens.


@bp.get("/sign-in", allow=ANYONE)
def sign_in():
    return render("access/sign_in.html", form=SignInForm(next=request.args.get("next")))


@bp.post("/sign-in", allow=ANYONE)
def create_session():
    form = SignInForm()
    if not form.validate_on_submit():
        return render("access/sign_in.html", form=form), 422
    if not form.password.data:
        return ask_for_code(form.email.data, form.next.data)
    try:
        user = by_password(form.email.data, form.password.data, address=request.remote_addr)
    except DomainError as wrong:
        form.password.errors = [wrong.message]
        return render("access/sign_in.html", form=form), wrong.status
    login.sign_in(user, "password")
    return redirect(safe_next(form.next.data), code=303)


@bp.get("/sign-in/code", allow=ANYONE)
def code():
    awaited = session.get(AWAITED)
    if awaited is None:
        return redirect(url_for("access.sign_in"), code=303)
    return render("access/code.html", form=CodeForm(), again=EmptyForm(), awaited=awaited)


@bp.post("/sign-in/code", allow=ANYONE)
def create_code_session():
    form, awaited = CodeForm(), session.get(AWAITED)
    if awaited is None:
        return redirect(url_for("access.sign_in"), code=303)
    user = User.by_email(awaited["email"])
    if not form.validate_on_submit() or not redeemed(form, user):
        return render("access/code.html", form=form, again=EmptyForm(), awaited=awaited), 422
    invitation = awaited["invitation"] and Invitation.get_or_none(id=awaited["invitation"])
    if invitation:
        invitation.accept()
    login.sign_in(user, "email code")
    return redirect(safe_next(awaited["next"]), code=303)


@bp.post("/sign-in/codes", allow=ANYONE)
def create_code():
    awaited = session.get(AWAITED)
    if awaited is None:
        return redirect(url_for("access.sign_in"), code=303)
    flash("A new code is on its way. Only the newest one counts.")
    return ask_for_code(awaited["email"], awaited["next"], awaited["invitation"])


@bp.get("/invitations/<token>", allow=ANYONE)
def invitation(token):
    found = Invitation.read(current_app.secret_key, token)
    return render("access/invitation.html", invitation=found, token=token, form=EmptyForm())


@bp.post("/invitations/<token>", allow=ANYONE)
def create_invitation_code(token):
    found = Invitation.read(current_app.secret_key, token)
    to = url_for("projects.show", slug=found.project.slug) if found.project else None
    return ask_for_code(found.user.email, to, found.id)


@bp.post("/sign-out", allow=SIGNED_IN)
def create_sign_out():
    login.sign_out()
    answer = redirect(url_for("access.sign_in"), code=303)
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@bp.get("/account", allow=SIGNED_IN)
def account():
    return account_page(AccountForm(obj=g.user), PasswordForm())


@bp.post("/account", allow=SIGNED_IN)
def update_account():
    form = AccountForm()
    if not form.validate_on_submit():
        return account_page(form, PasswordForm()), 422
    g.user.describe(
        name=form.name.data,
        title=form.title.data,
        phone=form.phone.data,
        zone=form.zone.data,
        theme=form.theme.data,
    )
    flash("Saved.")
    return redirect(url_for("access.account"), code=303)


@bp.post("/account/password", allow=SIGNED_IN)
def create_password():
    form = PasswordForm()
    if not form.validate_on_submit():
        return account_page(AccountForm(obj=g.user), form), 422
    if not g.session.is_fresh:
        raise DomainError("Sign out and in again first: only then can a password be set.")
    with db.change():
        g.user.set_password(form.password.data)
        g.user.end_other_sessions(g.session)
        mailer.password_changed(g.user)
    flash("Your password is set. Every other browser was signed out.")
    return redirect(url_for("access.account"), code=303)


@bp.post("/account/sessions/<int:number>/end", allow=SIGNED_IN)
def destroy_session(number):
    for found in g.user.sessions.where(Session.id == number):
        found.end()
    return redirect(url_for("access.account"), code=303)


def account_page(form, password):
    return render(
        "access/account.html",
        form=form,
        password=password,
        empty=EmptyForm(),
        sessions=g.user.live_sessions(),
    )


def ask_for_code(email, to, invitation_id=None):
    """Mail a code if we know the address, and say the same if we do not."""
    Code.may_be_asked(email)
    user = User.by_email(email)
    if user is not None:
        Code.send(user, browser=browser())
    session[AWAITED] = {"email": email.strip(), "next": to, "invitation": invitation_id}
    return redirect(url_for("access.code"), code=303)


def redeemed(form, user):
    """Check the typed code; put what is wrong with it beside the field."""
    try:
        if user is None:
            raise DomainError("That code is not right, or no longer good. Ask for a new one.")
        Code.redeem(user, form.code.data, browser=browser(), key=current_app.secret_key)
    except DomainError as wrong:
        form.code.errors = [wrong.message]
        return False
    return True
