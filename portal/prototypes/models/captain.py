"""Gathering: what one person of the client does with colleagues' pins before the studio gets them.

It is the captain; with none, whoever may decide for the client, so that nothing is held for ever.
"""

import hashlib
import secrets
from contextlib import contextmanager

from portal.access.models import Membership
from portal.access.permissions import Permission
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.core.fields import plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.prototypes.models.batches import PinBatch
from portal.prototypes.models.pins import Pin, made_before, open_version
from portal.prototypes.models.rounds import Round
from portal.prototypes.models.sharing import SharedPin

GONE = "This pin is not here to be gathered any more. Look at the list again."
MOVED = "The pins changed after you opened this page. Look at the list again, then submit."


class Gathering:
    """The pins of a version that wait for one person, by their keys, while the project is held."""

    def __init__(self, version, by):
        self.version, self.by = version, by
        self.shared = {one.pin.key: one for one in SharedPin.waiting(version)}
        self.own = list(Pin.drafts(version, by))

    def one(self, key):
        """Return what waits under that key; a draft of the gatherer's own joins in.

        Raises Conflict if there is none.
        """
        for pin in self.own:
            if pin.key == key and key not in self.shared:
                self.shared[key] = SharedPin.create(pin=pin)
        if key not in self.shared:
            raise Conflict(GONE)
        return self.shared[key]

    def standing(self, key):
        found = self.one(key)
        if not found.stands:
            raise Conflict(GONE)
        return found

    def take_own(self):
        for pin in self.own:
            self.one(pin.key)

    @property
    def facts(self):
        return {"version": self.version.version, "round": Round.of(self.version).number}


def stamp(rows):
    """Return what a page showed, as one word: (key, id of the pin it is under, is it left out)."""
    said = sorted(f"{key} {into or ''} {int(is_dropped)}" for key, into, is_dropped in rows)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]


@contextmanager
def gathering(version, by):
    """Hold the project and yield the Gathering.

    Raises Conflict if the version takes no more pins, Forbidden for whoever does not gather.
    """
    with version.project.change() as project:
        now = open_version(project, version, by)
        if not may_gather(now.prototype, by):
            raise Forbidden("Somebody else gathers the pins of this prototype.")
        yield Gathering(now, by)


def may_gather(prototype, person):
    """Answer whether this person gathers the client's pins of a prototype now."""
    captain = prototype.acting_captain()
    if captain is not None:
        return captain == person
    found = Membership.get_or_none(project=prototype.project_id, user=person)
    return found is not None and found.role.may(Permission.SIGN_OFF_DECIDE)


def merge(version, keys, *, by, into):
    """Fold pins under one that says the same. What lies under them already comes along.

    Nobody's words change. Raises DomainError if there is nothing to fold.
    """
    with gathering(version, by) as found:
        lead = found.standing(into)
        under = [found.standing(key) for key in dict.fromkeys(keys) if key != into]
        if not under:
            raise DomainError("Choose two pins or more, and the one that stays.")
        ids = {one.pin_id for one in under}
        for one in found.shared.values():
            if one in under or one.into_id in ids:
                one.settle(by=by, into=lead.pin)
        record(Verb.PINS_MERGED, found.version, by=by, **found.facts, pins=len(under))


def drop(version, key, *, by, why):
    """Leave a pin out of the round. Its author reads why; the studio never gets it."""
    if not plain(why).strip():
        raise DomainError("Say why you leave it out; its author reads it.")
    with gathering(version, by) as found:
        one = found.standing(key)
        for under in found.shared.values():
            if under.into_id == one.pin_id:
                under.settle(by=by, into=None)
        one.settle(by=by, dropped_why=why)
        record(Verb.PIN_DROPPED, found.version, by=by, **found.facts, shared=one.id)


def restore(version, key, *, by):
    """Let a pin that was left out, or folded under another, stand by itself again."""
    with gathering(version, by) as found:
        one = found.one(key)
        if one.stands or one.lead.batch_id is not None:
            raise Conflict("It stands by itself already, or is with the studio.")
        one.settle(by=by, into=None, dropped_why="")
        record(Verb.PIN_RESTORED, found.version, by=by, **found.facts)


def keep(version, keys, *, by):
    """Say that pins on one spot are different things: they are not shown as one spot again."""
    with gathering(version, by) as found:
        for key in keys:
            found.standing(key).settle(by=by, is_kept=True)
        found.version.project.revise(is_internal=False)


def submit(version, *, by, seen, note="", key=None, agreed=None):
    """Give the studio everything that stands, and the gatherer's own drafts, as one batch.

    `seen` is the `stamp` of what the gatherer's page showed. Returns the PinBatch; the same key
    again returns it too. Raises Conflict when something came or went since, or nothing is there,
    and Spent or Repriced as `PinBatch.publish` does; then nothing is given.
    """
    key = key or secrets.token_urlsafe(16)
    with version.project.change():
        made = made_before(PinBatch, key, by)
        if made:
            return made
        with gathering(version, by) as found:
            found.take_own()
            pins = list(found.shared.values())
            if stamp((one.pin.key, one.into_id, one.is_dropped) for one in pins) != seen:
                raise Conflict(MOVED)
            given = [one.pin for one in pins if one.stands]
            if not given:
                raise Conflict("There is nothing to submit: every pin is left out.")
            counts = {
                "folded": sum(one.lead in given for one in pins) - len(given),
                "dropped": sum(one.is_dropped for one in pins),
            }
            facts = {"current": Round.of(found.version), "agreed": agreed, "by": by}
            return PinBatch.give(found.version, given, note=note, key=key, **facts, **counts)
