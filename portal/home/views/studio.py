"""Who the clients deal with: the studio's name, numbers and logo. For admins."""

from flask import flash, g, redirect, request, url_for

from portal.access.permissions import Permission
from portal.core import db
from portal.core.errors import DomainError
from portal.core.web import render
from portal.home.forms import StudioForm
from portal.home.views.room import bp
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.storage.limits import LIMITS
from portal.storage.models import Blob
from portal.studio.models import Studio

FORM_BYTES = 256 * 1024  # The texts beside the logo.


@bp.url_value_preprocessor
def take_a_logo(endpoint, _values):
    """Let this route take more than a form; before the check of the token reads it."""
    if endpoint == "home.update_studio":
        request.max_content_length = LIMITS["logo"].max_bytes + FORM_BYTES


@bp.get("/studio", allow=Permission.STUDIO_WRITE)
def studio():
    return render("home/facts.html", form=StudioForm(obj=Studio.here()))


@bp.post("/studio", allow=Permission.STUDIO_WRITE)
def update_studio():
    form = StudioForm()
    if not (form.validate_on_submit() and describe(form)):
        return render("home/facts.html", form=form), 422
    flash("Saved. New letters and pages say it from now on.")
    return redirect(url_for("home.studio"), code=303)


def describe(form):
    """Keep what was typed; False, with the reason beside the logo, if that cannot be one."""
    facts = form.facts()
    try:
        if form.logo.data:
            facts["logo"] = Blob.keep(form.logo.data.stream, limit="logo")
    except DomainError as wrong:
        form.logo.errors = [wrong.message]
        return False
    with db.change():
        record(Verb.STUDIO_DESCRIBED, Studio.establish(**facts), by=g.user)
    return True
