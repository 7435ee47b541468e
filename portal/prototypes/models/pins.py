"""Pin: feedback at a place of a screen."""

import secrets

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import EnumField, LineField, ProseField, UTCDateTimeField, plain
from portal.projects.models import Project
from portal.prototypes.models.answering import Answering, PinStatus
from portal.prototypes.models.screens import Screen
from portal.prototypes.models.sharing import SharedPin
from portal.prototypes.models.versions import Prototype, PrototypeVersion
from portal.prototypes.places import Place
from portal.threads.topic import topic

TEXT_CHARACTERS = 2_000
DRAFTS_MOST = 200  # Of one person on one version: more is a document, not a review.
GONE = "This pin is not a draft of yours any more."


@topic
class Pin(Answering, db.Model):
    """Feedback at a place. A draft is there for its author alone, in no list and no count."""

    project = peewee.ForeignKeyField(Project, backref="pins")
    version = peewee.ForeignKeyField(PrototypeVersion, backref="pins")
    screen = peewee.ForeignKeyField(Screen, backref="pins")
    batch = peewee.DeferredForeignKey("PinBatch", backref="pins", null=True)  # None: a draft.
    # Counts from 1 in its project, so that it means one pin on every version; given when it is
    # published, so that a gap betrays no draft.
    number = peewee.IntegerField(null=True)
    key = peewee.CharField(max_length=64, unique=True)  # Names a draft; makes one form good once.
    x_bp = peewee.BigIntegerField(null=True)  # These ten are a Place: see there.
    y_bp = peewee.BigIntegerField(null=True)
    w_bp = peewee.BigIntegerField(null=True)
    h_bp = peewee.BigIntegerField(null=True)
    at_ms = peewee.BigIntegerField(null=True)
    until_ms = peewee.BigIntegerField(null=True)
    route = LineField(default="", max_length=2000)
    element = peewee.TextField(default="")
    in_x_bp = peewee.BigIntegerField(null=True)
    in_y_bp = peewee.BigIntegerField(null=True)
    text = ProseField()
    author = peewee.ForeignKeyField(User, backref="pins")
    viewport_width = peewee.IntegerField(null=True)  # CSS pixels; None: left without touching.
    viewport_height = peewee.IntegerField(null=True)
    device = LineField(default="", max_length=100)  # "Safari on iPhone"
    created_at = UTCDateTimeField(default=clock.now)
    status = EnumField(PinStatus, default=PinStatus.OPEN)
    answer = ProseField(
        default=""
    )  # What the studio did about it, or why not; the client reads it.
    answered_by = peewee.ForeignKeyField(User, null=True)
    answered_at = UTCDateTimeField(null=True)

    letter = ""  # What a page calls it while colleagues of the client read it, and nobody else.

    class Meta:
        indexes = ((("project", "number"), True), (("version", "author"), False))

    @classmethod
    def leave(cls, version, *, by, screen, text, key=None, place=None, seen=None, **at):
        """Draft a pin on the screen at that position. Returns it; the same key returns the same.

        `place` is a Place, or its parts are given by name. `seen` is how the author saw it:
        `viewport_width`, `viewport_height`, `device`. Raises DomainError without a text or
        outside what is shown, Conflict if the version takes no more pins.
        """
        check(text)
        key, place = key or secrets.token_urlsafe(16), place or Place(**at)
        with version.project.change() as project:
            made = made_before(cls, key, by)
            if made:
                return made
            version = open_version(project, version, by)
            if cls.drafts(version, by).count() >= DRAFTS_MOST:
                raise Conflict("Publish the pins you have before you leave more.")
            shown = Screen.get_or_none(version=version, position=screen)
            if shown is None:
                raise DomainError("Choose a screen of this version.")
            where = shown.fit(place).facts() | (seen or {})
            about = {"project": project, "version": version, "screen": shown}
            pin = cls.create(**about, author=by, text=text, key=key, **where)
            project.revise(is_internal=by.is_studio)
        return pin

    @classmethod
    def drafts(cls, version, author):
        """Return what this person has not published on a version, in the order it was left."""
        own = (cls.version == version) & (cls.author == author) & cls.batch.is_null()
        return (
            cls.select().where(own, cls.id.not_in(SharedPin.select(SharedPin.pin))).order_by(cls.id)
        )

    @classmethod
    def next_number(cls, version):
        """Return the number of the pin that is published next. Call it inside the change."""
        return version.project.next_number(cls)

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

    @classmethod
    def homes(cls, project, numbers):
        found = (
            cls.select(cls.number, Prototype.number)
            .join(PrototypeVersion)
            .join(Prototype)
            .where(cls.project == project, cls.number.in_(numbers))
        )
        home = f"/projects/{project.slug}/{Prototype.PLACE}"
        return {pin: (Prototype.label_of(one), f"{home}/{one}") for pin, one in found.tuples()}

    @property
    def is_draft(self):
        return self.batch_id is None

    @property
    def place(self):
        """Where it is, in words: top left; at 0:12."""
        return Place.of(self).words

    @property
    def is_region(self):
        return Place.of(self).is_region


def check(text):
    """Raise DomainError unless there is something to read, of a length that is read."""
    if not plain(text).strip():
        raise DomainError("Write what you see here, or what should change.")
    if len(text) > TEXT_CHARACTERS:
        raise DomainError(f"Keep a pin below {TEXT_CHARACTERS} characters.")


def made_before(model, key, by):
    """Return what a form made the first time it came, or None. Raises Conflict if not theirs."""
    made = model.get_or_none(key=key)
    if made and made.author_id != by.id:
        raise Conflict("This form was used already. Open the page again.")
    return made


def open_version(project, version, by):
    """Return the version as it is now. Raises Conflict, in words, if it takes no more of theirs."""
    prototype = Prototype.find(project, version.number)
    now = next(one for one in prototype.history if one.version == version.version)
    refusal = now.closed_to(by)
    if refusal:
        raise Conflict(refusal)
    return now
