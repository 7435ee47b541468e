"""Seeing the project as one contact does, to read only."""

from flask import abort, flash, g, redirect, url_for

from portal.access import viewing
from portal.access.models import Membership
from portal.access.permissions import SIGNED_IN, Permission
from portal.projects.views.room import bp


@bp.post("/projects/<slug>/people/<int:number>/view", allow=Permission.CLIENT_VIEW)
def create_view(number):
    member = Membership.get_or_none(id=number, project=g.project) or abort(404)
    viewing.open_(g.session, member, by=g.user)
    return redirect(f"/projects/{g.project.slug}", code=303)


@bp.post("/client-view/end", allow=SIGNED_IN)
def create_view_end():
    """Go back to where the view was opened; without one, home."""
    viewed = viewing.viewed_by(g.session)
    viewing.end(g.session)
    if viewed is None:
        return redirect("/", code=303)
    flash("You see with your own eyes again.")
    return redirect(url_for("projects.people", slug=viewed.project.slug), code=303)
