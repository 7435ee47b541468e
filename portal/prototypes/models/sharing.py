"""PinShare: pins that somebody of the client shows to colleagues first. SharedPin: one of them.

Until the round is submitted such a pin belongs to no batch, so no query of the studio's finds it.
"""

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.fields import ProseField, UTCDateTimeField
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.prototypes.models.screens import Screen


class PinShare(db.Model):
    """What one person showed to colleagues at once, with one sentence over all of it."""

    project = peewee.ForeignKeyField(Project, backref="pin_shares")
    number = peewee.IntegerField()  # Counts from 1 in its project.
    version = peewee.DeferredForeignKey("PrototypeVersion", backref="shares")
    author = peewee.ForeignKeyField(User)
    note = ProseField(default="")
    key = peewee.CharField(max_length=64, unique=True)  # One rendered form shares once.
    shared_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def make(cls, version, drafts, *, by, round_number, note, key):
        """Show drafts to the client's side, inside the transaction. The studio learns how many."""
        project = version.project
        number = project.next_number(cls)
        share = cls.create(
            project=project, number=number, version=version, author=by, note=note, key=key
        )
        for pin in drafts:
            SharedPin.create(share=share, pin=pin)
        facts = {"prototype": version.number, "version": version.version, "round": round_number}
        record(Verb.PINS_SHARED, share, by=by, **facts, pins=len(drafts))
        return share

    def in_order(self):
        """Return its pins, as they were left."""
        query = SharedPin.pin.rel_model.select().join(SharedPin, on=SharedPin.pin)
        return list(query.where(SharedPin.share == self).order_by(SharedPin.id))

    @property
    def told(self):
        """Who knows of it now, for whoever showed it."""
        return "Your colleagues can read it; the studio does when the round is submitted."

    @property
    def path(self):
        return f"{self.version.path}#shared"


class SharedPin(db.Model):
    """A pin that colleagues read, and what the captain decided about it."""

    share = peewee.ForeignKeyField(PinShare, backref="pins", null=True)  # None: the captain's own.
    pin = peewee.DeferredForeignKey("Pin", backref="shared", unique=True)
    into = peewee.DeferredForeignKey("Pin", backref="folded", null=True)  # Says the same as that.
    dropped_why = ProseField(default="")  # Left out, and why; its author reads it.
    is_kept = peewee.BooleanField(default=False)  # Stays, though another lies on its spot.
    settled_by = peewee.ForeignKeyField(User, null=True)
    settled_at = UTCDateTimeField(null=True)

    @classmethod
    def waiting(cls, version):
        """Return what is held back on a version: each with its pin, folded and dropped ones too."""
        pin = cls.pin.rel_model
        query = cls.select(cls, pin).join(pin, on=cls.pin)
        mine = (pin.version == version) & pin.batch.is_null()
        return list(query.where(mine).order_by(cls.id))

    @property
    def is_dropped(self):
        return bool(self.dropped_why)

    @property
    def stands(self):
        """True for a pin of its own: neither left out nor folded under another."""
        return not self.is_dropped and self.into_id is None

    def settle(self, *, by, **facts):
        """Keep what the captain decided about it."""
        self.settled_by, self.settled_at = by, clock.now()
        for name, value in facts.items():
            setattr(self, name, value)
        self.save()

    @classmethod
    def carry(cls, before, version):
        """Move what is held back on an earlier version to the same screens of a new one.

        What lay on a screen that is gone stays behind, for the client to read.
        """
        screens = {(one.name.casefold(), one.kind): one for one in Screen.of(version)}
        for shared in cls.waiting(before):
            own, led = (screens.get(look_of(pin)) for pin in (shared.pin, shared.lead))
            if led is None or shared.is_dropped or shared.lead.batch_id is not None:
                continue
            shared.pin.version, shared.pin.screen = version, own or led
            shared.pin.save()

    @property
    def lead(self):
        """The pin that speaks for it: the one it is folded under, or itself."""
        return self.into if self.into_id else self.pin


def look_of(pin):
    """Return what makes a screen the same one in the next version."""
    return pin.screen.name.casefold(), pin.screen.kind
