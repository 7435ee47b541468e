"""Screen: one image of a version, with a copy that is light enough to show."""

import peewee

from portal.core import db
from portal.core.fields import LineField
from portal.storage.models import Blob


class Screen(db.Model):
    """One image. Its place is counted from 1; it can only change while the version is a draft."""

    version = peewee.DeferredForeignKey("PrototypeVersion", backref="screens", on_delete="CASCADE")
    position = peewee.IntegerField()
    name = LineField(max_length=80)
    original = peewee.ForeignKeyField(Blob, backref="+")
    shown = peewee.ForeignKeyField(Blob, backref="+")  # The copy: WebP, upright, no metadata.
    width = peewee.IntegerField()  # Pixels of the original, upright.
    height = peewee.IntegerField()

    class Meta:
        indexes = ((("version", "position"), False),)

    @classmethod
    def of(cls, version):
        """Return the screens of a version with their originals, in order."""
        query = cls.select(cls, Blob).join(Blob, on=cls.original)
        return list(query.where(cls.version == version).order_by(cls.position, cls.id))

    def take(self, picture):
        """Show another picture in this place."""
        self.original, self.shown = picture.original, picture.shown
        self.width, self.height = picture.original.width, picture.original.height
        self.save()

    def facts(self):
        """Return what a snapshot says of it."""
        return {
            "name": self.name,
            "width": self.width,
            "height": self.height,
            "media_type": self.original.media_type,
            "size_bytes": self.original.size_bytes,
            "sha256": self.original.sha256,
        }
