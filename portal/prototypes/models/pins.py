"""Pin: feedback at a place of a screen. PinBatch: what one person published at once."""

import secrets

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import LineField, ProseField, UTCDateTimeField
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.prototypes import places
from portal.prototypes.models.screens import Screen
from portal.prototypes.models.versions import Prototype, PrototypeVersion

TEXT_CHARACTERS = 2_000
DRAFTS_MOST = 200  # Of one person on one version: more is a document, not a review.
GONE = "This pin is not a draft of yours any more."

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
    """The pins that one person published at once, with one sentence over all of them."""

    project = peewee.ForeignKeyField(Project, backref="pin_batches")
    number = peewee.IntegerField()  # Counts from 1 in its project.
    version = peewee.ForeignKeyField(PrototypeVersion, backref="batches")
    author = peewee.ForeignKeyField(User)
    note = ProseField(default="")
    key = peewee.CharField(max_length=64, unique=True)  # One rendered form publishes once.
    published_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def publish(cls, version, *, by, note="", key=None):
        """Let everybody on the project read this person's drafts. Returns the batch.

        One event, one letter to each producer, one call of each hook (`on_published`). The same
        key again returns the batch it made. Raises Conflict when there is nothing to publish or
        the version takes no more pins; then nothing is published.
        """
        key = key or secrets.token_urlsafe(16)
        with version.project.change() as project:
            made = made_before(cls, key, by)
            if made:
                return made
            version = open_version(project, version)
            drafts = list(Pin.drafts(version, by))
            if not drafts:
                raise Conflict("There is nothing to publish: you have no draft pins here.")
            number = project.next_number(cls)
            batch = cls.create(
                project=project, number=number, version=version, author=by, note=note, key=key
            )
            batch.take(drafts)
            for hook in PUBLISHED_HOOKS:
                hook(batch)
            record(Verb.PINS_PUBLISHED, batch, by=by, **batch.facts(), pins=len(drafts))
        return batch

    def take(self, drafts):
        """Give drafts their numbers and make them part of this batch."""
        for number, pin in enumerate(drafts, Pin.next_number(self.version)):
            pin.number, pin.batch = number, self
            pin.save()

    def facts(self):
        """Return what the ledger says of it: counts and numbers, no text."""
        return {"prototype": self.version.number, "version": self.version.version}

    def in_order(self):
        """Return its pins with their screens, by number."""
        query = Pin.select(Pin, Screen).join(Screen)
        return list(query.where(Pin.batch == self).order_by(Pin.number))

    @property
    def path(self):
        return f"{self.version.path}#pins"


class Pin(db.Model):
    """Feedback at a place. A draft is there for its author alone, in no list and no count.

    It is open until the studio says what was done about it: then it is addressed.
    """

    version = peewee.ForeignKeyField(PrototypeVersion, backref="pins")
    screen = peewee.ForeignKeyField(Screen, backref="pins")
    batch = peewee.ForeignKeyField(PinBatch, backref="pins", null=True)  # None: a draft.
    # Counts from 1 in its version; given when it is published, so that a gap betrays no draft.
    number = peewee.IntegerField(null=True)
    key = peewee.CharField(max_length=64, unique=True)  # Names a draft; makes one form good once.
    x_bp = peewee.BigIntegerField()  # From the left edge, of the picture's width.
    y_bp = peewee.BigIntegerField()  # From the top edge, of the picture's height.
    text = ProseField()
    author = peewee.ForeignKeyField(User, backref="pins")
    viewport_width = peewee.IntegerField(null=True)  # CSS pixels; None: left without touching.
    device = LineField(default="", max_length=100)  # "Safari on iPhone"
    created_at = UTCDateTimeField(default=clock.now)
    answer = ProseField(default="")  # What the studio did about it; the client reads it.
    addressed_by = peewee.ForeignKeyField(User, null=True)
    addressed_at = UTCDateTimeField(null=True)

    class Meta:
        indexes = ((("version", "number"), True), (("version", "author"), False))

    @classmethod
    def leave(cls, version, *, by, screen, x_bp, y_bp, text, key=None, **seen):
        """Draft a pin on the screen at that position. Returns it; the same key returns the same.

        `seen` is how the author saw it: `viewport_width`, `device`. Raises DomainError without a
        text or outside the picture, Conflict if the version takes no more pins.
        """
        check(text, x_bp, y_bp)
        key = key or secrets.token_urlsafe(16)
        with version.project.change() as project:
            made = made_before(cls, key, by)
            if made:
                return made
            version = open_version(project, version)
            if cls.drafts(version, by).count() >= DRAFTS_MOST:
                raise Conflict("Publish the pins you have before you leave more.")
            shown = Screen.get_or_none(version=version, position=screen)
            if shown is None:
                raise DomainError("Choose a screen of this version.")
            place = {"x_bp": x_bp, "y_bp": y_bp}
            pin = cls.create(
                version=version, screen=shown, author=by, text=text, key=key, **place, **seen
            )
            project.revise(is_internal=by.is_studio)
        return pin

    @classmethod
    def drafts(cls, version, author):
        """Return what this person has not published on a version, in the order it was left."""
        own = (cls.version == version) & (cls.author == author) & cls.batch.is_null()
        return cls.select().where(own).order_by(cls.id)

    @classmethod
    def next_number(cls, version):
        last = cls.select(peewee.fn.MAX(cls.number)).where(cls.version == version).scalar()
        return (last or 0) + 1

    @classmethod
    def draft(cls, version, key, *, by):
        """Return this person's draft of that key. Raises Conflict if there is none any more."""
        found = cls.drafts(version, by).where(cls.key == key).first()
        if found is None:
            raise Conflict(GONE)
        return found

    @classmethod
    def reword(cls, version, key, text, *, by):
        """Say it otherwise, while it is a draft."""
        check(text)
        with version.project.change() as project:
            pin = cls.draft(version, key, by=by)
            pin.text = text
            pin.save()
            project.revise(is_internal=by.is_studio)

    @classmethod
    def discard(cls, version, key, *, by):
        """Take a draft back. It leaves no trace."""
        with version.project.change() as project:
            cls.draft(version, key, by=by).delete_instance()
            project.revise(is_internal=by.is_studio)

    @classmethod
    def published(cls, version, number):
        """Return the published pin of that number on a version, or None."""
        return cls.get_or_none(version=version, number=number)

    @property
    def is_draft(self):
        return self.batch_id is None

    @property
    def is_addressed(self):
        return self.addressed_at is not None

    @property
    def place(self):
        """Where on its screen, in words: top left."""
        return places.words(self.x_bp, self.y_bp)

    def address(self, answer, *, by):
        """Say what was done about it. The client reads the sentence.

        It can be said of every published pin, on a replaced version too: the work shows in the
        next one. Raises DomainError without a sentence, Conflict if a colleague was faster.
        """
        if not answer.strip():
            raise DomainError("Say what was done about it; the client reads it.")
        with self.version.project.change():
            pin = Pin.get_by_id(self.id)
            if pin.is_addressed:
                raise Conflict("A colleague has answered this pin already.")
            pin.answer, pin.addressed_by, pin.addressed_at = answer, by, clock.now()
            pin.save()
            version = self.version
            facts = {"version": version.version, "pin": pin.number}
            record(Verb.PIN_ADDRESSED, version, by=by, **facts)
        self.__data__.update(pin.__data__)


def check(text, x_bp=0, y_bp=0):
    """Raise DomainError unless there is something to read, at a place inside the picture."""
    if not text.strip():
        raise DomainError("Write what you see here, or what should change.")
    if len(text) > TEXT_CHARACTERS:
        raise DomainError(f"Keep a pin below {TEXT_CHARACTERS} characters.")
    if not (0 <= x_bp <= places.WHOLE_BP and 0 <= y_bp <= places.WHOLE_BP):
        raise DomainError("A pin lies inside the picture.")


def made_before(model, key, by):
    """Return what a form made the first time it came, or None. Raises Conflict if not theirs."""
    made = model.get_or_none(key=key)
    if made and made.author_id != by.id:
        raise Conflict("This form was used already. Open the page again.")
    return made


def open_version(project, version):
    """Return the version as it is now. Raises Conflict, in words, if it takes no more pins."""
    prototype = Prototype.find(project, version.number)
    now = next(one for one in prototype.history if one.version == version.version)
    if now.closed:
        raise Conflict(now.closed)
    return now
