"""Another mail address: asked for by its owner, confirmed there, and taken back from the old one."""

from flask import current_app, flash, g, redirect, url_for

from portal.access.forms import AddressForm, CodeForm, OldAddressForm
from portal.access.models import AddressChange
from portal.access.permissions import ANYONE, SIGNED_IN
from portal.access.views.account import NOT_FRESH
from portal.access.views.entry import retry_after
from portal.access.views.room import bp
from portal.core.errors import DomainError
from portal.core.web import render


@bp.get("/account/address", allow=SIGNED_IN)
def address():
    return page(AddressForm(formdata=None), CodeForm(formdata=None))


@bp.post("/account/address", allow=SIGNED_IN)
def create_address():
    form, code = AddressForm(), CodeForm(formdata=None)
    if not form.validate_on_submit():
        return page(form, code), 422
    try:
        if not g.session.is_fresh:
            raise DomainError(NOT_FRESH)
        AddressChange.ask(g.user, form.email.data)
    except DomainError as wrong:
        form.email.errors = [wrong.message]
        return page(form, code), wrong.status, retry_after(wrong)
    return redirect(url_for("access.address"), code=303)


@bp.post("/account/address/code", allow=SIGNED_IN)
def create_address_code():
    form = CodeForm()
    if not (form.validate_on_submit() and confirmed(form)):
        return page(AddressForm(formdata=None), form), 422
    flash(f"Your address is {g.user.email} now. Every other browser was signed out.")
    return redirect(url_for("access.account"), code=303)


@bp.get("/addresses/<token>", allow=ANYONE)
def address_undo(token):
    return undo_page(token, OldAddressForm(formdata=None))


@bp.post("/addresses/<token>", allow=ANYONE)
def create_address_undo(token):
    change, form = AddressChange.read(current_app.secret_key, token), OldAddressForm()
    if not (form.validate_on_submit() and undone(change, form)):
        return undo_page(token, form), 422
    flash("Your old address is back. Sign in with a code that we mail there.")
    return redirect(url_for("access.sign_in"), code=303)


def page(form, code):
    awaited = AddressChange.awaited(g.user)
    if awaited and form.email.data is None:
        form.email.data = awaited.after
    return render("access/address.html", form=form, code=code, awaited=awaited, session=g.session)


def undo_page(token, form):
    change = AddressChange.read(current_app.secret_key, token)
    return render("access/address_undo.html", change=change, token=token, form=form)


def confirmed(form):
    try:
        AddressChange.confirm(g.user, form.code.data, key=current_app.secret_key, kept=g.session)
    except DomainError as wrong:
        form.code.errors = [wrong.message]
        return False
    return True


def undone(change, form):
    try:
        change.undo(form.email.data)
    except DomainError as wrong:
        form.email.errors = [wrong.message]
        return False
    return True
