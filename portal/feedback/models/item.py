"""Feedback: what a client says of the work, as it is filed and read."""

import datetime as dt

import peewee

from portal.access.models import User
from portal.core import canonical, clock, db
from portal.core.fields import EnumField, JSONTextField, ProseField, UTCDateTimeField
from portal.feedback.models.answering import Answering
from portal.feedback.models.handling import Handling
from portal.feedback.models.judging import Judging
from portal.feedback.models.merging import FeedbackMerge, Merging
from portal.feedback.models.parts import FeedbackPicture
from portal.feedback.models.retreating import Retreating
from portal.feedback.models.triaging import Triaging
from portal.feedback.models.turns import said
from portal.feedback.words import FeedbackStatus, Kind, Turn
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.threads.topic import topic

TITLE_CHARACTERS = 120
AGAIN_MINUTES = 10  # The same words within it: a phone that lost the answer has sent them again.


@topic
class Feedback(Judging, Retreating, Merging, Triaging, Answering, db.Model):
    """One thing that somebody of the client said, numbered in its project."""

    KIND = NOUN = PLACE = "feedback"

    project = peewee.ForeignKeyField(Project, backref="feedback")
    number = peewee.IntegerField()
    kind = EnumField(Kind)
    text = ProseField()
    filed_by = peewee.ForeignKeyField(User)
    filed_at = UTCDateTimeField(default=clock.now)
    status = EnumField(FeedbackStatus, default=FeedbackStatus.NEW)
    turn = EnumField(Turn, default=Turn.STUDIO)
    turned_at = UTCDateTimeField(default=clock.now)  # Since when it is that side's turn.
    is_contested = peewee.BooleanField(default=False)
    verdicts = peewee.IntegerField(default=0)  # How often one was given, or taken back.
    place = JSONTextField()  # Where it was seen: page, viewport, device, as far as we were told.
    source_kind = peewee.CharField(max_length=40, null=True)  # "prototype": a batch of pins.
    source_number = peewee.IntegerField(null=True)

    class Meta:
        indexes = (
            (("project", "number"), True),
            # All that the inbox counts: ten thousand rows without reading one of their texts.
            (("project", "turn", "turned_at", "status", "is_contested"), False),
            (("kind", "turn"), False),  # The open complaints of all projects.
        )

    @classmethod
    def file(cls, project, *, by, kind, text, place=None, pictures=(), source=(None, None)):
        """File it, and return it. Raises DomainError without words.

        `pictures` are what `pictures.keep` returned, `source` is the kind and number of what it
        was said about. The same kind, words and pictures from the same person soon after are the
        same feedback.
        """
        text = said(text, "Say in a few words what you noticed.")
        with project.change():
            return cls._again(project, by, kind, text, pictures) or cls._file(
                project,
                pictures,
                filed_by=by,
                kind=kind,
                text=text,
                place=place or {},
                source_kind=source[0],
                source_number=source[1],
            )

    @classmethod
    def _again(cls, project, by, kind, text, pictures):
        since = clock.now() - dt.timedelta(minutes=AGAIN_MINUTES)
        mine = (cls.project == project, cls.filed_by == by, cls.filed_at >= since)
        said = cls.select().where(*mine, cls.kind == kind).order_by(cls.number.desc())
        sent = {picture.blob.id for picture in pictures}
        return next((one for one in said if one.text == text and one.shows(sent)), None)

    def shows(self, blobs):
        """Answer whether exactly these contents, by their ids, came with it as pictures."""
        return {picture.blob_id for picture in self.pictures} == blobs

    @classmethod
    def _file(cls, project, pictures, **columns):
        item = cls._create(project, **columns)
        for picture in pictures:
            FeedbackPicture.create(
                feedback=item, blob=picture.blob, small=picture.small, name=picture.name
            )
        record(
            Verb.FEEDBACK_FILED,
            item,
            by=item.filed_by,
            kind=str(item.kind),
            text_sha256=canonical.sha256(item.text),
            pictures=[picture.blob.sha256 for picture in pictures],
        )
        return item

    @classmethod
    def of_pins(cls, batch, text):
        """File what a published batch of pins says. The publishing is the fact on record.

        Call it inside the transaction that publishes.
        """
        return cls._create(
            batch.project,
            filed_by=batch.author,
            filed_at=batch.published_at,
            kind=Kind.CHANGE,
            text=text,
            place={},
            source_kind="prototype",
            source_number=batch.number,
        )

    @classmethod
    def _create(cls, project, **columns):
        item = cls.create(project=project, number=project.next_number(cls), **columns)
        Handling.begin(item)
        return item

    @property
    def title(self):
        """The first line, cut where it gets too long for a heading."""
        line = self.text.split("\n", 1)[0].strip()
        if len(line) <= TITLE_CHARACTERS:
            return line
        return line[:TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"

    @property
    def rest(self):
        """What the title does not say: the other lines, or all of it if the title was cut."""
        if self.title.endswith("…"):
            return self.text
        return self.text.partition("\n")[2].strip()

    @property
    def studio_path(self):
        return f"/inbox/{self.project.slug}/{self.number}"

    def starters(self):
        """Return who began it, or said the same elsewhere: they hear every reply."""
        same = Feedback.select(Feedback.filed_by).join(FeedbackMerge, on=FeedbackMerge.feedback)
        same = same.where(FeedbackMerge.into == self)
        return {self.filed_by_id} | {one.filed_by_id for one in same}
