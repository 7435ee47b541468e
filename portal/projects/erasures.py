"""The list of erasures, beside the data: whom an older backup has to let go of again.

A line is the commitment of one record of who somebody was; without the record it says nothing
about anybody. No backup takes the list along and no restore replaces it.
"""

import fcntl
import json
import os

from peewee import chunked

from portal.access.models import User
from portal.core import canonical
from portal.core.read import Read
from portal.ledger.models import Event, Identity
from portal.ledger.verbs import Verb
from portal.mail import message

NAME = "erasures.jsonl"
REQUEST, RETENTION = "request", "retention"  # Why a record goes, as the ledger says it.
MANY = 500  # Of one query's values.

_LEFT = Read(
    """select i.commitment from identity i join "user" u on u.id = i.user_id
       where u.erased_at is not null"""
)


def path():
    return message.settings().data / NAME


def listed():
    """Return the commitments on the list; a line that a crash cut short is none."""
    try:
        lines = path().read_bytes().splitlines()
    except FileNotFoundError:
        return set()
    return {commitment for line in lines if (commitment := _commitment(line))}


def missing():
    """Return what the database says was erased with a person, and the list does not yet."""
    gone = Event.select().where(Event.verb == Verb.IDENTITY_ERASED)
    bodies = (event.body for event in gone)
    with_a_person = {body["commitment"] for body in bodies if body["basis"] == REQUEST}
    return (with_a_person | {row.commitment for row in _LEFT.all()}) - listed()


def returned():
    """Return the people of the list who are here again, as they were in an older backup."""
    found = set()
    for some in chunked(sorted(listed()), MANY):
        whose = Identity.select(Identity.user_id).where(Identity.commitment << some)
        found |= set(User.select().where(User.id.in_(whose), User.erased_at.is_null()))
    return sorted(found, key=lambda user: user.id)


def keep():
    """Add to the list what it misses. Nothing ever leaves it."""
    if not missing():
        return
    handle = os.open(path(), os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = [canonical.dump({"commitment": one}) for one in sorted(missing())]
        start = "\n" if _is_cut_short(file) else ""
        file.write((start + "".join(f"{line}\n" for line in lines)).encode())
        file.flush()
        os.fsync(file.fileno())


def _is_cut_short(file):
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read(1) != b"\n"


def _commitment(line):
    try:
        return json.loads(line)["commitment"]
    except (ValueError, KeyError, TypeError):
        return None
