"""Letting go of files that nothing owns; never of one that an entry names, or it could not be checked."""

from portal.core.queue import job
from portal.core.read import Read
from portal.storage import unowned
from portal.studio.upkeep import Deed, Upkeep

_NAMES = Read("select 1 as yes from event where line like :pattern limit 1")


@unowned.names
def in_an_entry(sha256):
    return bool(_NAMES.value(pattern=f"%{sha256}%"))


@job()
def forget():
    """Let go of files that nothing owns, and note how much still waits for its week to be over."""
    unowned.sweep()
    files, size_bytes = unowned.figure()
    Upkeep.note(Deed.SWEEP, files=files, size_bytes=size_bytes)
