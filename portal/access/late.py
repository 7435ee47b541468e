"""What a letter says only when it leaves: codes and links, which no table holds."""

from portal.access.models import Code, Invitation
from portal.mail import message


def install(settings):
    """Register what is added to each letter of this room. None means: do not send it any more."""
    key = settings.secret_key

    @message.late("code")
    def code(context):
        code = Code.get_or_none(id=context["code_id"])
        return {"digits": code.digits(key)} if code and code.is_good else None

    @message.late("invitation")
    def invitation(context):
        invitation = Invitation.get_or_none(id=context["invitation_id"])
        if invitation is None or invitation.is_over:
            return None
        path = f"/invitations/{invitation.token(key)}"
        return {"path": path, "until_at": invitation.until_at}
