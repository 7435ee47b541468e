"""The letters that let people in. Their secrets are added when they leave: see late.py."""

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
