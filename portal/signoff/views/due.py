"""Another day for an answer, over HTTP; and the page that says which edit asks for which answer."""

from flask import abort, flash, g, redirect, render_template
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired

from portal.access.permissions import SIGNED_IN, Permission
from portal.core.errors import DomainError
from portal.core.filters import weekday
from portal.core.form_fields import DayField
from portal.core.web import Room
from portal.signoff import consequences, queries

bp = Room("due", __name__, url_prefix="/projects/<slug>/sign-offs/<int:number>")
help_bp = Room("help", __name__, url_prefix="/help")


class DueForm(FlaskForm):
    due_on = DayField("Answer by", [InputRequired("Choose a day.")])


@bp.post("/due-day", allow=Permission.SIGN_OFF_RUN)
def create(number):
    sign_off, form = queries.sign_off_in(g.project, number) or abort(404), DueForm()
    if not (form.validate_on_submit() and moved(sign_off, form)):
        return render_template("signoff/due.html", sign_off=sign_off, form=form), 422
    flash(f"Due on {weekday(form.due_on.data)} now. Whoever still has to answer gets a letter.")
    return redirect(sign_off.path, code=303)


@bp.get("/due-day", allow=Permission.SIGN_OFF_RUN)
def edit(number):
    sign_off = queries.sign_off_in(g.project, number) or abort(404)
    form = DueForm(formdata=None, due_on=sign_off.due_on)
    return render_template("signoff/due.html", sign_off=sign_off, form=form)


def moved(sign_off, form):
    """Move the day; False, with the reason beside it, if it cannot be that one."""
    try:
        sign_off.move_due(form.due_on.data, by=g.user)
    except DomainError as refused:
        if refused.status != DomainError.status:
            raise
        form.due_on.errors = [refused.message]
        return False
    return True


@help_bp.get("/changes-after-sending", allow=SIGNED_IN)
def changes_after_sending():
    return render_template(
        "signoff/consequences.html",
        groups=consequences.groups(),
        stages=consequences.Stage,
        consequences=consequences.Consequence,
    )
