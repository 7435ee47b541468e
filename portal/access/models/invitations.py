"""Invitation: an offer to come in. A link is never an identity."""

import datetime as dt
import secrets

import peewee

from portal.access import mailer
from portal.access.models.people import User
from portal.core import clock, db, tokens
from portal.core.errors import Conflict, DomainError
from portal.core.fields import UTCDateTimeField
from portal.ledger.models import record
from portal.ledger.verbs import Verb

INVITATION_DAYS = 14  # Two weeks: covers a holiday.


class Invitation(db.Model):
    """An offer to come in. The link names it; only the code mailed to the address opens it."""

    user = peewee.ForeignKeyField(User, backref="invitations", on_delete="CASCADE")
    project = peewee.DeferredForeignKey("Project", null=True, on_delete="CASCADE")
    invited_by = peewee.ForeignKeyField(User, on_delete="CASCADE")
    nonce = peewee.CharField(default=lambda: secrets.token_hex(16))
    created_at = UTCDateTimeField(default=clock.now)
    accepted_at = UTCDateTimeField(null=True)
    revoked_at = UTCDateTimeField(null=True)

    @classmethod
    def send(cls, user, *, by, project=None):
        """Invite a person; the letter goes out with the change."""
        with project.change() if project else db.change():
            invitation = cls.create(user=user, project=project, invited_by=by)
            if project is not None:
                record(Verb.INVITATION_SENT, invitation, by=by, person=user.identity)
            mailer.invitation(invitation)
        return invitation

    @classmethod
    def read(cls, key, token):
        """Return the invitation of a link. Raises Conflict, in words, if it has ended."""
        value = tokens.read(key, "invitation", token)
        invitation = value and cls.get_or_none(id=value["id"], nonce=value["nonce"])
        if not invitation:
            raise DomainError("This link is not complete. Open it again from the mail.")
        if invitation.revoked_at or invitation.user.disabled_at:
            raise Conflict("This invitation was taken back. Ask the studio for a new one.")
        if clock.now() > invitation.until_at:
            raise Conflict("This invitation is too old. Ask the studio for a new one.")
        return invitation

    @property
    def until_at(self):
        return self.created_at + dt.timedelta(days=INVITATION_DAYS)

    @property
    def is_over(self):
        return self.revoked_at is not None or clock.now() > self.until_at

    def revoke(self):
        """Take it back: its link leads to a sentence from now on."""
        Invitation.update(revoked_at=clock.now()).where(
            Invitation.id == self.id, Invitation.revoked_at.is_null()
        ).execute()

    def token(self, key):
        return tokens.sign(key, "invitation", {"id": self.id, "nonce": self.nonce})

    @classmethod
    def accepted_by(cls, user, number):
        """Note that the person came in by it, unless it was taken back meanwhile. Again is fine."""
        invitation = cls.get_or_none(id=number, user=user)
        if invitation is None:
            return
        with invitation.project.change() if invitation.project else db.change():
            taken = (
                cls.update(accepted_at=clock.now())
                .where(cls.id == number, cls.accepted_at.is_null(), cls.revoked_at.is_null())
                .execute()
            )
            if taken and invitation.project:
                record(Verb.INVITATION_ACCEPTED, invitation, by=user)
