"""Screen: one thing to look at: an image, a page of a PDF, a website, a video, or a link."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum

import peewee

from portal.core import db
from portal.core.errors import DomainError
from portal.core.fields import EnumField, LineField
from portal.prototypes.models.sources import Source
from portal.storage.models import Blob


class ScreenKind(StrEnum):
    IMAGE = "image"
    PAGE = "page"  # Of a PDF.
    SITE = "site"  # An unpacked zip, run on the content origin.
    CLIP = "clip"  # A video.
    LINK = "link"  # An address elsewhere; nothing of it is fetched.


PICTURES = (ScreenKind.IMAGE, ScreenKind.PAGE)


@dataclass(frozen=True, slots=True)
class Look:
    """What a screen shows, ready to be put into a draft, whatever file it came from."""

    name: str
    kind: ScreenKind = ScreenKind.IMAGE
    source: Source | None = None
    original: Blob | None = None
    thumb: Blob | None = None
    shown: Blob | None = None
    fine: Blob | None = None
    width: int | None = None
    height: int | None = None
    page: int | None = None
    mark: str = ""
    duration_ms: int | None = None
    address: str = ""


#: The columns that say what a screen shows, whatever it is called and wherever it stands.
LOOKS = tuple(field.name for field in fields(Look) if field.name != "name")


class Screen(db.Model):
    """Its place is counted from 1; it can only change while the version is a draft."""

    version = peewee.DeferredForeignKey("PrototypeVersion", backref="screens", on_delete="CASCADE")
    position = peewee.IntegerField()
    name = LineField(max_length=80)
    kind = EnumField(ScreenKind, default=ScreenKind.IMAGE)
    source = peewee.ForeignKeyField(Source, backref="screens", null=True)
    original = peewee.ForeignKeyField(Blob, backref="+", null=True)  # None: a link.
    thumb = peewee.ForeignKeyField(Blob, backref="+", null=True)  # 320 pixels wide.
    shown = peewee.ForeignKeyField(Blob, backref="+", null=True)  # WebP, upright, no metadata.
    fine = peewee.ForeignKeyField(Blob, backref="+", null=True)  # Larger, for who zooms in.
    width = peewee.IntegerField(null=True)  # Pixels of the original, upright.
    height = peewee.IntegerField(null=True)
    page = peewee.IntegerField(null=True)  # From 1, of a PDF.
    mark = peewee.CharField(max_length=400, default="")  # What a page looks like, for pairing.
    duration_ms = peewee.BigIntegerField(null=True)  # Of a video.
    address = peewee.CharField(max_length=2000, default="")  # A link's; a website's start page.

    class Meta:
        indexes = ((("version", "position"), False),)

    @classmethod
    def of(cls, version):
        """Return the screens of a version with their originals, in order."""
        query = cls.select(cls, Blob).join(Blob, peewee.JOIN.LEFT_OUTER, on=cls.original)
        return list(query.where(cls.version == version).order_by(cls.position, cls.id))

    def take(self, look):
        """Show something else in this place."""
        for name in LOOKS:
            setattr(self, name, getattr(look, name))
        self.save()

    def fit(self, place):
        """Return the Place as a pin on this screen can have it. Raises DomainError if it cannot."""
        if self.kind in PICTURES and place.x_bp is None:
            raise DomainError("Touch the picture, or say where on it.")
        if self.kind == ScreenKind.CLIP and place.at_ms is None:
            place = replace(place, at_ms=0)
        if self.kind == ScreenKind.SITE and not place.route:
            place = replace(place, route=self.address)
        place.check(duration_ms=self.duration_ms)
        return place

    def facts(self):
        """Return what a snapshot says of it."""
        facts = {"kind": str(self.kind), "name": self.name}
        if self.original:
            facts |= {
                "media_type": self.original.media_type,
                "size_bytes": self.original.size_bytes,
                "sha256": self.original.sha256,
            }
        if self.kind == ScreenKind.PAGE:
            facts["shown_sha256"] = self.shown.sha256
        more = ("width", "height", "page", "duration_ms", "address")
        return facts | {name: getattr(self, name) for name in more if getattr(self, name)}
