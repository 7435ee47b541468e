"""What a letter says only when it leaves: codes and links, which no table holds."""

from portal.access.models import AddressChange, Code, Invitation
from portal.core.read import Read
from portal.mail import message

_STILL_READS = Read(
    """select 1 as yes from "user" u where u.id = :user and u.disabled_at is null
       and (exists (select 1 from membership m where m.user_id = u.id and m.project_id = :project)
            or exists (select 1 from event e where e.id = :event and e.actor_id = u.id))"""
)


@message.about_projects
def may_reach(letter):
    """A letter may wait for days: whoever left the project meanwhile gets only their receipts."""
    ids = {"user": letter.user_id, "project": letter.project_id, "event": letter.event_id}
    return bool(_STILL_READS.value(**ids))


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

    @message.late("address-code")
    def address_code(context):
        change = AddressChange.get_or_none(id=context["change_id"])
        return {"digits": change.digits(key)} if change and change.is_good else None

    @message.late("address-changed")
    def address_changed(context):
        change = AddressChange.get_or_none(id=context["change_id"])
        if change is None or not change.can_be_undone:
            return None
        return {"path": f"/addresses/{change.token(key)}", "until_at": change.undo_until_at}
