"""The list of one's projects, and opening another."""

from flask import g, redirect, url_for

from portal.access.once import once
from portal.access.permissions import SIGNED_IN, Permission
from portal.core.errors import DomainError
from portal.core.web import render
from portal.projects import queries
from portal.projects.forms import ProjectForm
from portal.projects.models import Client, Project
from portal.projects.views import asked
from portal.projects.views.room import bp
from portal.studio.models import Studio


@bp.get("/projects", allow=SIGNED_IN)
def index():
    words, after = asked.words(), asked.after()
    mine = queries.projects_of(g.user, words=words, after=after)
    return render(
        "projects/index.html",
        "found",
        mine=mine,
        open=[project for project in mine if project.closed_at is None],
        closed=[project for project in mine if project.closed_at],
        words=words,
        after=after,
    )


@bp.get("/projects/new", allow=Permission.PROJECT_CREATE)
def new():
    return render("projects/new.html", form=ProjectForm(currency=Studio.here().currency))


@bp.post("/projects", allow=Permission.PROJECT_CREATE)
@once
def create():
    form = ProjectForm()
    project = started(form) if form.validate_on_submit() else None
    if project is None:
        return render("projects/new.html", form=form), 422
    return redirect(url_for("home.project", slug=project.slug), code=303)


def started(form):
    """Open the project of a form; None, with the reason beside its name, if that cannot be."""
    facts = {
        "by": g.user,
        "name": form.name.data,
        "currency": form.currency.data,
        "launch_on": form.launch_on.data,
    }
    try:
        if form.client.data:
            return Project.start(client=Client.get_by_id(form.client.data), **facts)
        return Project.start_with_client(form.new_client.data, **facts)
    except DomainError as wrong:
        form.name.errors = [wrong.message]
        return None
