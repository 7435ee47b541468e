"""PinBatch: the pins that the studio was given at once."""

import secrets

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import Conflict
from portal.core.fields import ProseField, UTCDateTimeField
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.prototypes.models.further import Further
from portal.prototypes.models.pins import Pin, made_before, open_version
from portal.prototypes.models.rounds import Round
from portal.prototypes.models.screens import Screen
from portal.prototypes.models.sharing import PinShare, SharedPin
from portal.prototypes.models.versions import PrototypeVersion

#: Called with each PinBatch inside the transaction that publishes it; see `on_published`.
PUBLISHED_HOOKS = []


def on_published(hook):
    """Let a higher room react to a published batch: `hook(batch)`.

    It runs inside the transaction of `PinBatch.publish`, with the project's lock held, after the
    pins have their numbers and before the event is recorded; so it may write rows of its own
    room, and whatever it raises undoes the publishing. It is called once per batch. The batch
    has `project`, `number` (per project), `version` (with `title`, `number`, `version`, `path`),
    `author`, `note`, `published_at` and `in_order()`, the pins with `number`, `text`, `screen`.

    The feedback room makes one Feedback of it.
    """
    PUBLISHED_HOOKS.append(hook)
    return hook


class PinBatch(db.Model):
    """Pins that were published at once, with one sentence over all of them.

    They are of one person, or of everybody at the client when a captain gathered them.
    """

    project = peewee.ForeignKeyField(Project, backref="pin_batches")
    number = peewee.IntegerField()  # Counts from 1 in its project.
    version = peewee.ForeignKeyField(PrototypeVersion, backref="batches")
    round = peewee.ForeignKeyField(Round, backref="batches", null=True)  # None: the studio's own.
    author = peewee.ForeignKeyField(User)
    note = ProseField(default="")
    key = peewee.CharField(max_length=64, unique=True)  # One rendered form publishes once.
    published_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def publish(cls, version, *, by, note="", key=None, agreed=None):
        """Publish this person's drafts. Returns the batch, which everybody on the project reads.

        Where a captain gathers the client's pins, colleagues read them first: then it is a
        PinShare. The same key again returns what it made. Raises Conflict when there is nothing
        to publish or the version takes no more pins, Spent when the round is beyond the included
        ones and nobody `agreed` to its Price; then nothing is published.
        """
        key = key or secrets.token_urlsafe(16)
        with version.project.change() as project:
            made = made_before(cls, key, by) or made_before(PinShare, key, by)
            if made:
                return made
            version = open_version(project, version, by)
            drafts = list(Pin.drafts(version, by))
            if not drafts:
                raise Conflict("There is nothing to publish: you have no draft pins here.")
            facts = {"by": by, "note": note, "key": key}
            current = None if by.is_studio else Round.of(version)
            if current and version.prototype.acting_captain():
                return PinShare.make(version, drafts, round_number=current.number, **facts)
            return cls.give(version, drafts, current=current, agreed=agreed, **facts)

    @classmethod
    def give(cls, version, pins, *, by, note, key, current=None, agreed=None, **counts):
        """Give pins to the studio, inside the transaction. Returns the batch.

        One event, one letter to each producer, one call of each hook (`on_published`).
        """
        project, further = version.project, Further.of(version, current)
        if further:
            further.check(agreed)
        facts = {"version": version, "round": current, "author": by, "note": note, "key": key}
        batch = cls.create(project=project, number=project.next_number(cls), **facts)
        batch.take(pins)
        if further:
            current.change = further.ask(batch, by=by)
        if current:
            current.submit(by=by)
        for hook in PUBLISHED_HOOKS:
            hook(batch)
        verb = Verb.ROUND_SUBMITTED if counts else Verb.PINS_PUBLISHED
        record(verb, batch, by=by, **batch.facts(), pins=len(pins), **counts)
        return batch

    def take(self, drafts):
        """Give drafts their numbers and make them part of this batch."""
        for number, pin in enumerate(drafts, Pin.next_number(self.version)):
            pin.number, pin.batch = number, self
            pin.save()

    def facts(self):
        """Return what the ledger says of it: counts and numbers, no text."""
        facts = {"prototype": self.version.number, "version": self.version.version}
        return facts | ({"round": self.round.number} if self.round else {})

    def in_order(self):
        """Return its pins with their screens, by number."""
        query = Pin.select(Pin, Screen).join(Screen)
        return list(query.where(Pin.batch == self).order_by(Pin.number))

    def folded(self):
        """Return the pins that say the same as one of these: {id of that one: [pin, …]}."""
        query = SharedPin.select().join(Pin, on=SharedPin.into).where(Pin.batch == self)
        found = {}
        for shared in query.order_by(SharedPin.id):
            found.setdefault(shared.into_id, []).append(shared.pin)
        return found

    @property
    def told(self):
        """Who knows of it now, for whoever published it."""
        return "" if self.author.is_studio else "The studio has been told."

    @property
    def path(self):
        return f"{self.version.path}#pins"
