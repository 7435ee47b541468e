"""What is said of a project: its name, how it goes, its dates; and closing it."""

from flask import flash, g, redirect, url_for

from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.core.web import render
from portal.projects.forms import FactsForm
from portal.projects.views.room import bp


@bp.get("/projects/<slug>/facts", allow=Permission.PROJECT_WRITE)
def facts():
    return page(form_of(obj=g.project))


@bp.post("/projects/<slug>/facts", allow=Permission.PROJECT_WRITE)
def update_facts():
    form = form_of()
    if not (form.validate_on_submit() and described(form)):
        return page(form), 422
    flash("Saved. Everybody on the project sees it.")
    return redirect(url_for("home.project"), code=303)


@bp.post("/projects/<slug>/closure", allow=Permission.PROJECT_WRITE)
def create_closure():
    g.project.close(by=g.user)
    flash("The project is closed. Everybody on it can still read it.")
    return redirect(url_for("home.project"), code=303)


@bp.post("/projects/<slug>/reopening", allow=Permission.PROJECT_WRITE)
def create_reopening():
    g.project.reopen(by=g.user)
    flash("The project is open again.")
    return redirect(url_for("home.project"), code=303)


def form_of(**options):
    """Return the form; without the launch once there is one, because signatures move it."""
    form = FactsForm(**options)
    if g.project.launch_on:
        del form.launch_on
    return form


def page(form):
    return render("projects/facts.html", project=g.project, form=form)


def described(form):
    """Save the facts of a form; False, with the reason beside the launch, if that cannot be."""
    try:
        g.project.describe(by=g.user, **form.facts())
    except DomainError as wrong:
        form.name.errors = [wrong.message]
        return False
    return True
