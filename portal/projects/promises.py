"""Promise: how soon a client hears from the studio, and how soon a thing is done."""

import peewee

from portal.access.models import User
from portal.core import db
from portal.core.errors import DomainError
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Client

MOST_MINUTES = 1000 * 60  # Of working hours; half a year.


class Promise(db.Model):
    """What a client was promised, in working minutes. What is filed from then on has it."""

    client = peewee.ForeignKeyField(Client, unique=True)
    first_response_minutes = peewee.BigIntegerField(null=True)  # None: nothing was promised.
    resolution_minutes = peewee.BigIntegerField(null=True)
    complaints_to = peewee.ForeignKeyField(User, null=True)  # Who hears of each at once.

    @classmethod
    def to(cls, client):
        """Return what a client (a row or an id) was promised, or None."""
        return cls.get_or_none(client=client)

    @classmethod
    def heard_by(cls, person):
        """Return the clients whose complaints reach a person (a row or an id) at once, by name."""
        theirs = Client.select().join(cls).where(cls.complaints_to == person)
        return list(theirs.order_by(peewee.fn.lower(Client.name), Client.id))

    @classmethod
    def give(cls, client, *, by, first_response_minutes, resolution_minutes):
        """Promise this to a client from now on, and return it.

        Raises DomainError unless an answer comes before the solution.
        """
        _check(first_response_minutes, resolution_minutes)
        minutes = {
            "first_response_minutes": first_response_minutes,
            "resolution_minutes": resolution_minutes,
        }
        with db.change():
            held = db.lock(client)
            promise = cls.to(held) or cls(client=held)
            if any(getattr(promise, name) != value for name, value in minutes.items()):
                for name, value in minutes.items():
                    setattr(promise, name, value)
                promise.save()
                record(Verb.PROMISE_GIVEN, held, by=by, **minutes)
        return promise

    @classmethod
    def name_for_complaints(cls, client, person, *, by):
        """Let this person of the studio hear of a client's complaints at once; None: nobody."""
        if person and not (person.is_studio and person.disabled_at is None):
            raise DomainError(f"{person.name} cannot hear of complaints here.")
        with db.change():
            held = db.lock(client)
            promise = cls.to(held) or cls(client=held)
            if promise.complaints_to != person:
                promise.complaints_to = person
                promise.save()
                named = person.identity if person else None
                record(Verb.PROMISE_GIVEN, held, by=by, complaints_to=named)
        return promise


def _check(first, whole):
    if any(one is not None and not 0 < one <= MOST_MINUTES for one in (first, whole)):
        raise DomainError(f"Promise between one and {MOST_MINUTES // 60:,} working hours.")
    if first and whole and first > whole:
        raise DomainError("An answer comes before the solution.")
