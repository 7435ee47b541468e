"""How many children may make or read documents at once: each takes a processor for a moment."""

import threading
from contextlib import contextmanager

from portal.core.errors import DomainError

AT_ONCE = 2
PATIENCE_SECONDS = 10
_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(DomainError):
    """Too many documents are asked for at this moment."""

    status = 503


@contextmanager
def place():
    """Wait for one's turn, not for long. Raises Busy."""
    if not _places.acquire(timeout=PATIENCE_SECONDS):
        raise Busy("Many documents are being made just now. Try again in a minute.")
    try:
        yield
    finally:
        _places.release()
