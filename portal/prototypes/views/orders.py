"""From pins to a change request: what was pinned is more than was signed."""

from flask import flash, g, redirect, url_for

from portal.access.once import once
from portal.access.permissions import Permission
from portal.prototypes.forms.pins import TurnForm
from portal.prototypes.models import turn_into_change
from portal.prototypes.views.room import bp, seen


@bp.post("/<int:number>/change-requests", allow=Permission.CHANGE_WRITE)
@once
def create_change_of_pins(number):
    """Draft a change request with the chosen pins, and go there: it has still to be priced."""
    prototype, form = seen(number)[0].prototype, TurnForm()
    change = turn_into_change(prototype, form.pin.data or [], by=g.user)
    flash(f"Change request {change.number} is drafted. Price it, then send it.")
    return redirect(url_for("changes.show", number=change.number), code=303)
