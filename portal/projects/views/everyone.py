"""Everybody who is known here, for the admin: where they are, and who is let in."""

from flask import abort, flash, g, redirect, request, url_for

from portal.access.models import User
from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.core.web import render
from portal.projects import erasure as erasing
from portal.projects import people, queries
from portal.projects.forms import ErasureForm, FactsOfPersonForm
from portal.projects.promises import Promise
from portal.projects.views import asked
from portal.projects.views.room import bp


@bp.get("/people", allow=Permission.PERSON_WRITE)
def everyone():
    state = request.args.get("state")
    state = state if state in queries.STATES else "all"
    words, number = asked.words(), asked.after()
    return render(
        "projects/everyone.html",
        found=queries.everyone(state=state, words=words, after=number),
        states=queries.STATES,
        state=state,
        words=words,
        is_first=not number,
    )


@bp.get("/people/<int:number>", allow=Permission.PERSON_WRITE)
def person(number):
    return page(number, FactsOfPersonForm(obj=find(number)))


@bp.post("/people/<int:number>", allow=Permission.PERSON_WRITE)
def update_person(number):
    found, form = find(number), FactsOfPersonForm()
    if not (form.validate_on_submit() and described(found, form)):
        return page(number, form), 422
    flash("Saved. Whoever shares a project with them sees it there.")
    return redirect(url_for("projects.person", number=number), code=303)


@bp.post("/people/<int:number>/disabling", allow=Permission.PERSON_WRITE)
def create_disabling(number):
    found = find(number)
    people.disable(found, by=g.user)
    flash(f"{found.name} is disabled: signed out everywhere, and no letter goes there any more.")
    return redirect(url_for("projects.person", number=number), code=303)


@bp.post("/people/<int:number>/enabling", allow=Permission.PERSON_WRITE)
def create_enabling(number):
    found = find(number)
    people.enable(found, by=g.user)
    flash(f"{found.name} can sign in again.")
    return redirect(url_for("projects.person", number=number), code=303)


@bp.get("/people/<int:number>/erasure", allow=Permission.PERSON_WRITE)
def erasure(number):
    return erasure_page(find(number), ErasureForm(formdata=None))


@bp.post("/people/<int:number>/erasure", allow=Permission.PERSON_WRITE)
def create_erasure(number):
    found, form = find(number), ErasureForm()
    if not (form.validate_on_submit() and is_meant(found, form)):
        return erasure_page(found, form), 422
    erasing.erase(found, by=g.user)
    flash("Erased. What they signed stays as long as it has to, and every chain still verifies.")
    return redirect(url_for("projects.person", number=number), code=303)


def find(number):
    return User.get_or_none(id=number) or abort(404)


def page(number, form):
    found = queries.everyone(number=number).rows[0]
    is_here = found.is_studio and not found.disabled_at
    return render(
        "projects/person.html",
        person=found,
        form=form,
        states=queries.STATES,
        alone=people.sole_producer_of(found) if is_here else [],
        hears_of=Promise.heard_by(found.id) if is_here else [],
    )


def erasure_page(found, form):
    return render("projects/erasure.html", person=found, form=form, plan=erasing.plan(found))


def is_meant(person, form):
    """Nobody is erased by a slip: their address is typed first."""
    if form.email.data.strip().lower() == person.email:
        return True
    form.email.errors = ["That is not the address of this person."]
    return False


def described(person, form):
    try:
        person.describe(by=g.user, **form.facts())
    except DomainError as wrong:
        form.name.errors = [wrong.message]
        return False
    return True
