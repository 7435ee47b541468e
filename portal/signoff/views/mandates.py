"""Mandates and stand-ins over HTTP: the page of one member who decides."""

from flask import abort, flash, g, redirect, url_for

from portal.access.models import Membership
from portal.access.once import once
from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.core.web import Room, render
from portal.signoff.forms.mandate import MandateForm, StandInForm
from portal.signoff.models import Authority, Mandate, StandIn
from portal.signoff.subject import SUBJECTS

bp = Room("mandates", __name__, url_prefix="/projects/<slug>")


@bp.get("/people/<int:number>/mandate", allow=Permission.MEMBER_READ)
def show(number):
    return page(find(number))


@bp.post("/people/<int:number>/mandates", allow=Permission.MANDATE_WRITE)
@once
def create(number):
    member = find(number)
    form = MandateForm()
    if not form.validate_on_submit():
        return page(member, mandate=form), 422
    Mandate.set(member, by=g.user, **form.terms())
    flash(f"The mandate of {member.user.name} counts from now on.")
    return redirect(url(number), code=303)


@bp.post("/people/<int:number>/stand-ins", allow=Permission.STAND_IN_NAME)
@once
def create_stand_in(number):
    member = find(number)
    form = stand_in_form(member)
    if not (form.validate_on_submit() and named(member, form)):
        return page(member, stand_in=form), 422
    flash("Both of you get a letter, and whatever is asked in these days.")
    return redirect(url(number), code=303)


@bp.post("/stand-ins/<int:number>/ending", allow=Permission.STAND_IN_NAME)
def create_ending(number):
    stand_in = StandIn.get_or_none(project=g.project, number=number) or abort(404)
    stand_in.end(by=g.user)
    flash(f"{stand_in.person.name} answers for {stand_in.absent.name} no more.")
    member = Membership.get_or_none(project=g.project, user=stand_in.absent)
    return redirect(url(member.id) if member else url_for("projects.people"), code=303)


def page(member, *, mandate=None, stand_in=None):
    """Return the page of one member: what they may decide, and who answers for them."""
    history = Mandate.of(g.project, member.user)
    newest = history[0] if history else None
    coming = [one for one in StandIn.to_come(g.project) if one.absent_id == member.user_id]
    return render(
        "signoff/mandate.html",
        project=g.project,
        member=member,
        authority=Authority.on(g.project).get(member.user_id),
        history=history,
        coming=coming,
        nouns={kind: cls.NOUN for kind, cls in SUBJECTS.items()},
        mandate_form=mandate or MandateForm.of(newest, formdata=None),
        stand_in_form=stand_in or stand_in_form(member, formdata=None),
        may_name=may_name(member),
        currency=g.project.currency,
    )


def may_name(member):
    """Answer whether the reader names who answers for this member: their own, or as who runs it."""
    role = g.membership.role
    is_other = member.user_id != g.user.id
    return role.may(Permission.STAND_IN_NAME) and (
        not is_other or role.may(Permission.MANDATE_WRITE)
    )


def stand_in_form(member, **options):
    others = Authority.on(g.project).values()
    people = [one.user for one in others if one.user.id != member.user_id]
    return StandInForm.among(people, **options)


def named(member, form):
    """Name the stand-in of a form; False, with the reason beside the person, if that cannot be."""
    person = Membership.get_or_none(project=g.project, user=form.person.data)
    days = {"from_on": form.from_on.data, "until_on": form.until_on.data}
    try:
        StandIn.name(member, person, by=g.user, **days)
    except DomainError as refused:
        if refused.status == 403:
            raise
        form.person.errors = [refused.message]
        return False
    return True


def find(number):
    """Return the membership of somebody who decides on this project."""
    member = Membership.get_or_none(id=number, project=g.project) or abort(404)
    return member if member.role.may(Permission.SIGN_OFF_DECIDE) else abort(404)


def url(number):
    return url_for("mandates.show", number=number)
