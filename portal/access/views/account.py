"""What one says about oneself, one's password, and the browsers one is signed in on."""

from flask import abort, flash, g, redirect, url_for

from portal.access import mailer
from portal.access.forms import AccountForm, PasswordForm
from portal.access.models import Session
from portal.access.permissions import SIGNED_IN
from portal.access.views.room import bp
from portal.core import db
from portal.core.errors import DomainError
from portal.core.web import render

NOT_FRESH = "Sign in again first: it is a while since you showed who you are."


@bp.get("/account", allow=SIGNED_IN)
def account():
    return page(AccountForm(obj=g.user), PasswordForm())


@bp.post("/account", allow=SIGNED_IN)
def update_account():
    form = AccountForm()
    if not form.validate_on_submit():
        return page(form, PasswordForm(formdata=None)), 422
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
    if not (form.validate_on_submit() and is_set(form)):
        return page(AccountForm(formdata=None, obj=g.user), form), 422
    flash("Your password is set. Every other browser was signed out.")
    return redirect(url_for("access.account"), code=303)


@bp.post("/account/sessions/<int:number>/end", allow=SIGNED_IN)
def destroy_session(number):
    (Session.get_or_none(id=number, user=g.user) or abort(404)).end()
    flash("That browser is signed out.")
    return redirect(url_for("access.account"), code=303)


def page(form, password):
    return render(
        "access/account.html",
        form=form,
        password=password,
        session=g.session,
        sessions=g.user.live_sessions(),
    )


def is_set(form):
    """Set the password, end every other session, tell the person; or say beside it why not."""
    try:
        if not g.session.is_fresh:
            raise DomainError(NOT_FRESH)
        with db.change():
            db.lock(g.user)
            g.session.check_goes_on()
            g.user.set_password(form.password.data)
            g.user.end_other_sessions(g.session)
            mailer.password_changed(g.user)
    except DomainError as wrong:
        form.password.errors = [wrong.message]
        return False
    return True
