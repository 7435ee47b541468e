"""What a letter says only when it leaves: codes and links, which no table holds."""

from portal.access.models import Code, Invitation
from portal.mail import message


def install(settings):
    """Register what is added to each letter of this room. None means: do not send it any more."""
    key = settings.secret_key

    @message.late("code")
    def code(context):
        code = Code.get_or_none(id=context["code_id"])
        return code and {"digits": code.digits(key)}

    @message.late("invitation")
    def invitation(context):
        invitation = Invitation.get_or_none(id=context["invitation_id"], revoked_at=None)
        return invitation and {"path": f"/invitations/{invitation.token(key)}"}
