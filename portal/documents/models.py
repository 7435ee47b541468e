"""SealKey: a certificate that receipts were sealed with. The key itself is a file, never a row."""

import peewee

from portal.core import clock, db
from portal.core.fields import LineField, UTCDateTimeField


class SealKey(db.Model):
    """One key of the studio's seal. The newest one is in use; older seals stay good."""

    fingerprint = peewee.CharField(max_length=64, unique=True)  # SHA-256 of the certificate's DER.
    name = LineField()  # The studio, as the certificate names it.
    certificate = peewee.TextField()  # PEM.
    authority = peewee.TextField()  # PEM of who issued it: the studio itself.
    made_at = UTCDateTimeField(default=clock.now)

    @classmethod
    def current(cls):
        """Return the key in use, or None before the first."""
        return cls.select().order_by(cls.id.desc()).first()

    @property
    def bundle(self):
        """Both certificates, as openssl and PDF readers take them."""
        return self.certificate + self.authority
