"""The letters that let people in. Their secrets are added when they leave: see late.py."""

from types import SimpleNamespace

from portal.mail.models import Letter


def invitation(invitation):
    project = invitation.project
    Letter.write(
        "invitation",
        to=invitation.user,
        context={
            "invitation_id": invitation.id,
            "by": invitation.invited_by.name,
            "by_title": invitation.invited_by.title,
            "project": project.name if project else "",
        },
    )


def code(code, purpose):
    Letter.write("code", to=code.user, context={"code_id": code.id, "purpose": purpose})


def password_changed(user):
    Letter.write("password-changed", to=user, context={})


def admin_joined(producer, *, admin, project, role):
    """Tell whoever runs a project that an admin put themself on it."""
    context = {
        "admin": admin.name,
        "project": project.name,
        "role": str(role),
        "path": f"/projects/{project.slug}/people",
    }
    Letter.write("admin-joined", to=producer, context=context, subject=project)


def address_code(change):
    """Mail a code to the address that somebody wants to have."""
    Letter.write("address-code", to=_at(change, change.after), context={"change_id": change.id})


def address_changed(change):
    """Tell the address from before, and let it take that back."""
    Letter.write("address-changed", to=_at(change, change.before), context={"change_id": change.id})


def _at(change, email):
    return SimpleNamespace(id=change.user_id, name=change.user.name, email=email)
