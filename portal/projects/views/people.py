"""Who is on a project, and asking them in."""

from flask import abort, flash, g, redirect, url_for

from portal.access.models import Invitation, Membership, User
from portal.access.once import once
from portal.access.permissions import Permission, Role
from portal.core.errors import DomainError
from portal.core.web import render
from portal.projects import queries
from portal.projects.beside import remarks
from portal.projects.forms import MemberForm, NewMemberForm, RoleForm
from portal.projects.views.room import bp


@bp.get("/projects/<slug>/people", allow=Permission.MEMBER_READ)
def people():
    return page(MemberForm.of(queries.outsiders(g.project)), NewMemberForm())


@bp.post("/projects/<slug>/people", allow=Permission.MEMBER_WRITE)
@once
def create_member():
    """Let in a person who is known already."""
    form = MemberForm.of(queries.outsiders(g.project))
    if not (form.validate_on_submit() and added(form)):
        return page(form, NewMemberForm(formdata=None)), 422
    flash("Added. An invitation is on its way.")
    return redirect(url_for("projects.people"), code=303)


@bp.post("/projects/<slug>/new-people", allow=Permission.MEMBER_WRITE)
@once
def create_new_member():
    """Let in somebody of the client whom nobody here knows yet."""
    form = NewMemberForm()
    if not (form.validate_on_submit() and enrolled(form)):
        return page(MemberForm.of(queries.outsiders(g.project), formdata=None), form), 422
    flash(f"{form.name.data} is added. An invitation is on its way.")
    return redirect(url_for("projects.people"), code=303)


@bp.post("/projects/<slug>/people/<int:number>/removal", allow=Permission.MEMBER_WRITE)
def create_removal(number):
    member = find(number)
    g.project.remove_member(member, by=g.user)
    flash(f"{member.user.name} is no longer on this project.")
    return redirect(url_for("projects.people"), code=303)


@bp.post("/projects/<slug>/people/<int:number>/invitations", allow=Permission.MEMBER_WRITE)
@once
def create_invitation(number):
    member = find(number)
    g.project.invite_again(member.user, by=g.user)
    flash(f"Another invitation to {member.user.name} is on its way.")
    return redirect(url_for("projects.people"), code=303)


@bp.post("/projects/<slug>/invitations/<int:number>/revocation", allow=Permission.MEMBER_WRITE)
def create_revocation(number):
    invitation = Invitation.get_or_none(id=number, project=g.project) or abort(404)
    g.project.revoke_invitation(invitation)
    flash("The invitation is taken back. Its link leads nowhere now.")
    return redirect(url_for("projects.people"), code=303)


@bp.post("/projects/<slug>/people/<int:number>/role", allow=Permission.MEMBER_WRITE)
def create_role(number):
    member = find(number)
    form = RoleForm.of(member.user)
    if not form.validate_on_submit():
        raise DomainError("Choose a part that there is.")
    g.project.change_role(member, Role(form.role.data), by=g.user)
    flash(f"{member.user.name} is {form.role.data} from now on.")
    return redirect(url_for("projects.people"), code=303)


def find(number):
    return Membership.get_or_none(id=number, project=g.project) or abort(404)


def page(form, newcomer):
    changes = g.membership.role.may(Permission.MEMBER_WRITE)
    found = queries.members(g.project)
    return render(
        "projects/people.html",
        project=g.project,
        members=[one for one in found if changes or one.disabled_at is None],
        remarks=remarks(g.project),
        roles=MemberForm.ROLES,
        form=form,
        newcomer=newcomer,
    )


def added(form):
    """Add the person of a form; False, with the reason beside the role, if that cannot be."""
    try:
        user = User.get_by_id(form.person.data)
        g.project.add_member(user, Role(form.role.data), by=g.user)
    except DomainError as wrong:
        form.role.errors = [wrong.message]
        return False
    return True


def enrolled(form):
    try:
        g.project.enrol_member(Role(form.role.data), by=g.user, **form.facts())
    except DomainError as wrong:
        form.email.errors = [wrong.message]
        return False
    return True
