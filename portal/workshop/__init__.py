"""Opens what strangers uploaded, in a child process with limits and without network. No database."""

from portal.storage.limits import Unusable
from portal.workshop.alignment import align
from portal.workshop.parent import MADE_BYTES, is_sealed, run

__all__ = ["MADE_BYTES", "Unusable", "align", "is_sealed", "run"]
