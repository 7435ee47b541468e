"""The companies the studio works for, and their people."""

from flask import abort, flash, g, redirect, url_for

from portal.access.models import User
from portal.access.once import once
from portal.access.permissions import Permission, Role
from portal.core.errors import DomainError
from portal.core.web import render
from portal.projects import queries
from portal.projects.forms import ClientForm, JoinForm, PersonForm, PromiseForm
from portal.projects.models import Client, Project
from portal.projects.people import join
from portal.projects.promises import Promise
from portal.projects.views.room import bp


@bp.get("/clients", allow=Permission.CLIENT_WRITE)
def clients():
    return render("projects/clients.html", clients=queries.clients())


@bp.get("/clients/new", allow=Permission.CLIENT_WRITE)
def new_client():
    return render("projects/new_client.html", form=ClientForm())


@bp.post("/clients", allow=Permission.CLIENT_WRITE)
@once
def create_client():
    form = ClientForm()
    if not form.validate_on_submit():
        return render("projects/new_client.html", form=form), 422
    added = Client.add(by=g.user, **form.facts())
    flash("Now add the people you work with there.")
    return redirect(url_for("projects.client", number=added.id), code=303)


@bp.get("/clients/<int:number>", allow=Permission.CLIENT_WRITE)
def client(number):
    found = find(number)
    return page(found, ClientForm(obj=found), PersonForm())


@bp.post("/clients/<int:number>", allow=Permission.CLIENT_WRITE)
def update_client(number):
    found, form = find(number), ClientForm()
    if not form.validate_on_submit():
        return page(found, form, PersonForm(formdata=None)), 422
    found.describe(**form.facts())
    flash("Saved.")
    return redirect(url_for("projects.client", number=number), code=303)


@bp.post("/clients/<int:number>/people", allow=Permission.CLIENT_WRITE)
@once
def create_person(number):
    found, form = find(number), PersonForm()
    if not (form.validate_on_submit() and enrolled(form, found)):
        return page(found, ClientForm(formdata=None, obj=found), form), 422
    flash(f"{form.name.data} is known here now. The invitation goes out with the first project.")
    return redirect(url_for("projects.client", number=number), code=303)


@bp.post("/clients/<int:number>/promise", allow=Permission.CLIENT_WRITE)
def create_promise(number):
    found, form = find(number), PromiseForm()
    if not form.validate_on_submit():
        return page(
            found, ClientForm(formdata=None, obj=found), PersonForm(formdata=None), form
        ), 422
    Promise.give(found, by=g.user, **form.minutes())
    flash("Saved. What is filed from now on is due by it.")
    return redirect(url_for("projects.client", number=number), code=303)


@bp.post("/clients/<int:number>/memberships", allow=Permission.PROJECT_JOIN)
@once
def create_membership(number):
    """An admin puts themself on a project, to read it."""
    found = find(number)
    form = JoinForm.of(queries.projects_for(found, g.user))
    if not form.validate_on_submit():
        raise DomainError("Choose a project that you are not on yet.")
    project = Project.get_by_id(form.project.data)
    join(project, g.user, Role(form.role.data), by=g.user)
    flash(f"You are on {project.name} now. Its producers are told.")
    return redirect(url_for("home.project", slug=project.slug), code=303)


def find(number):
    return Client.get_or_none(id=number) or abort(404)


def page(found, form, person, promise=None):
    projects = queries.projects_for(found, g.user)
    return render(
        "projects/client.html",
        client=found,
        form=form,
        person=person,
        promise=promise or PromiseForm.to(found),
        people=queries.people_at(found),
        projects=projects,
        join=JoinForm.of(projects) if g.user.may(Permission.PROJECT_JOIN) else None,
    )


def enrolled(form, client):
    """Make the person of a form known; False, with the reason beside the address, if not."""
    try:
        User.enrol(by=g.user, client=client, **form.facts())
    except DomainError as wrong:
        form.email.errors = [wrong.message]
        return False
    return True
