"""What a bucket answers, in the words of this room."""

import logging
from contextlib import contextmanager

from obstore.exceptions import BaseError

from portal.storage.base import Unreachable

log = logging.getLogger(__name__)


@contextmanager
def asked():
    """Say in words that the bucket cannot be reached. What is not there stays a FileNotFoundError."""
    try:
        yield
    except BaseError as error:
        log.exception("the bucket did not answer")
        raise Unreachable("Files cannot be reached at the moment. Try again later.") from error
