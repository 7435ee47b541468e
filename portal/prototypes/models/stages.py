"""How far a file of a draft has come."""

from enum import StrEnum


class SourceStatus(StrEnum):
    RECEIVING = "receiving"  # Its bytes are still coming in, or the connection was lost.
    WAITING = "waiting"  # Whole; the worker has not begun.
    WORKING = "working"
    READY = "ready"  # Its screens stand in the version.
    FAILED = "failed"  # `problem` says why; the file itself can be downloaded.


#: It is not what it will be: the page of its draft looks again.
UNDER_WAY = (SourceStatus.RECEIVING, SourceStatus.WAITING, SourceStatus.WORKING)
