"""Pictures from a phone: kept before the feedback is filed, with a copy that is light to show.

A form that comes back with an error brings along what was kept already, as signed tokens: nobody
has to choose their pictures twice.
"""

from dataclasses import dataclass
from io import BytesIO

from portal.core import tokens
from portal.core.errors import DomainError
from portal.storage import images
from portal.storage.limits import LIMITS, MB
from portal.storage.models import Blob, display_name

MOST = 5  # What fits a phone's screen.
SMALL_PX = 1200  # Twice the width of the column it stands in: sharp on any screen.
KEPT_SECONDS = 24 * 3600  # How long a form can come back with them.
PURPOSE = "feedback picture"

#: What one request may carry: every picture at its largest, and the words.
REQUEST_BYTES = MOST * LIMITS["image"].max_bytes + MB


class NotTaken(DomainError):
    """A picture that cannot be kept; `context["kept"]` are those that were."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture that is safe with us and belongs to nothing yet."""

    blob: Blob
    small: Blob
    name: str

    def token(self, key, user):
        """Return what brings it back, for this person only."""
        value = {"b": self.blob.id, "s": self.small.id, "n": self.name, "u": user.id}
        return tokens.sign(key, PURPOSE, value)


def keep(files, before=()):
    """Keep the uploaded files after those kept `before`, and return all.

    Raises NotTaken, with a sentence that names the file, at the first that cannot be kept.
    """
    kept = list(before)
    for file in files:
        if len(kept) == MOST:
            raise NotTaken(f"{MOST} pictures are the most. The first {MOST} are kept.", kept=kept)
        try:
            kept.append(_keep(file))
        except DomainError as wrong:
            name = display_name(file.filename or "picture", "")
            refusal = NotTaken(f"{name}: {wrong.message}", kept=kept)
            refusal.status = wrong.status
            raise refusal from wrong
    return kept


def kept_before(key, user, given):
    """Return the pictures that a form brought back, without those that are not this person's."""
    values = [tokens.read(key, PURPOSE, token, KEPT_SECONDS) for token in given[:MOST]]
    return [
        Kept(Blob.get_by_id(value["b"]), Blob.get_by_id(value["s"]), value["n"])
        for value in values
        if value and value["u"] == user.id
    ]


def _keep(file):
    blob = Blob.keep(file.stream, limit="image")
    small = images.shrink(blob.path(), SMALL_PX)
    name = display_name(file.filename or "picture", blob.media_type)
    return Kept(blob, Blob.keep(BytesIO(small.content), limit="image"), name)
