"""Files that come with an answer: kept before it is recorded, so that no detour loses them.

A form that comes back, with an error or to ask who one is, brings along what was kept already, as
signed tokens.
"""

from dataclasses import dataclass

from portal.core import tokens
from portal.core.errors import DomainError
from portal.storage.limits import LIMITS, MB
from portal.storage.models import Blob, display_name

MOST = 5  # An order, a marked page, a letter of two pages, and one more.
KEPT_SECONDS = 24 * 3600  # How long a form can come back with them.
PURPOSE = "answer file"
ACCEPT = "application/pdf,image/*"  # A phone offers its camera for this.

#: What one request may carry: every file at its largest, and the words.
REQUEST_BYTES = MOST * LIMITS["answer"].max_bytes + MB


class NotTaken(DomainError):
    """A file that cannot be kept; `context["kept"]` are those that were."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is safe with us and belongs to nothing yet."""

    blob: Blob
    name: str

    def token(self, key, user):
        """Return what brings it back, for this person only."""
        return tokens.sign(key, PURPOSE, {"b": self.blob.id, "n": self.name, "u": user.id})


def keep(files, before=()):
    """Keep the uploaded files after those kept `before`, and return all.

    Raises NotTaken, with a sentence that names the file, at the first that cannot be kept.
    """
    kept = list(before)
    for file in files:
        name = display_name(file.filename or "file", "")
        if len(kept) == MOST:
            raise NotTaken(f"{MOST} files are the most. The first {MOST} are kept.", kept=kept)
        try:
            blob = Blob.keep(file.stream, limit="answer")
        except DomainError as wrong:
            refusal = NotTaken(f"{name}: {wrong.message}", kept=kept)
            refusal.status = wrong.status
            raise refusal from wrong
        kept.append(Kept(blob, display_name(file.filename or "file", blob.media_type)))
    return kept


def kept_before(key, user, given):
    """Return the files that a form brought back, without those that are not this person's."""
    values = [tokens.read(key, PURPOSE, token, KEPT_SECONDS) for token in given[:MOST]]
    return [
        Kept(Blob.get_by_id(value["b"]), value["n"])
        for value in values
        if value and value["u"] == user.id
    ]
