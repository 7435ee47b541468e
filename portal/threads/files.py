"""Files that come with a message or a note: kept first, attached with the words."""

from dataclasses import dataclass
from io import BytesIO

from portal.core.errors import DomainError
from portal.storage import images
from portal.storage.limits import LIMITS, MB
from portal.storage.models import Blob, display_name

MOST = 5  # As with feedback: what fits a phone's screen.
SMALL_PX = 1200  # Twice the width of the column a picture stands in.

#: What one request may carry: every file at its largest, and the words.
REQUEST_BYTES = MOST * LIMITS["attachment"].max_bytes + MB


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is safe with us and belongs to nothing yet."""

    blob: Blob
    small: Blob | None
    name: str


def keep(uploads):
    """Keep uploaded files and return them, before the transaction that attaches them.

    Raises DomainError, with a sentence that names the file, at the first that cannot be kept.
    """
    uploads = [one for one in uploads if getattr(one, "filename", "")]  # A text is no file.
    if len(uploads) > MOST:
        raise DomainError(f"{MOST} files are the most for one message.")
    return [_keep(one) for one in uploads]


def _keep(upload):
    try:
        blob = Blob.keep(upload.stream, limit="attachment")
        small = images.shrink(blob.path(), SMALL_PX) if blob.is_image else None
    except DomainError as wrong:
        wrong.message = f"{display_name(upload.filename, '')}: {wrong.message}"
        raise
    small = small and Blob.keep(BytesIO(small.content), limit="image")
    return Kept(blob, small, display_name(upload.filename, blob.media_type))
