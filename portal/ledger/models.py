"""Event: one fact, hashed and chained to the one before it. Identity: who it points to."""

import hashlib
import json
import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import partial

import peewee

from portal.core import canonical, clock, db
from portal.core.fields import EnumField, UTCDateTimeField
from portal.ledger import verbs
from portal.ledger.verbs import Verb

GENESIS = "0" * 64
PREFIX = "ledger/v1\0"  # Hashed before every line, so that no other digest of ours can pass as one.
INSTANCE_CHAIN = "instance"

_listeners = []


class Identity(db.Model):
    """Personal data behind a commitment. Erasing the row leaves every chain verifiable."""

    commitment = peewee.CharField(max_length=64, unique=True)
    salt = peewee.CharField(max_length=64)
    json = peewee.TextField()
    user_id = peewee.IntegerField(null=True, index=True)  # Whose it is; in no hash.

    @classmethod
    def commit(cls, user_id=None, /, **facts):
        """Keep these facts about a person and return their salted commitment (hex)."""
        facts = {key: unicodedata.normalize("NFC", value) for key, value in facts.items()}
        salt, text = secrets.token_hex(32), canonical.dump(facts)
        commitment = hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()
        cls.create(commitment=commitment, salt=salt, json=text, user_id=user_id)
        return commitment

    @property
    def facts(self):
        return json.loads(self.json)


@dataclass(frozen=True)
class Machine:
    """Who did it when nobody did: a clock or a sweep."""

    identity: str = "system"
    id: int | None = None


SYSTEM = Machine()


class Head(db.Model):
    """The end of a chain: where the next event goes."""

    chain = peewee.CharField(unique=True)
    seq = peewee.BigIntegerField(default=0)
    hash = peewee.CharField(max_length=64, default=GENESIS)
    moved_at = UTCDateTimeField(null=True)


class Event(db.Model):
    """One fact. `line` is the exact text that was hashed; the other columns are an index to it.

    No foreign key leaves this table: nothing that is deleted elsewhere can take evidence along.
    """

    chain = peewee.CharField()
    seq = peewee.BigIntegerField()
    prev = peewee.CharField(max_length=64)
    hash = peewee.CharField(max_length=64, unique=True)
    line = peewee.TextField()
    verb = EnumField(Verb)
    project_id = peewee.IntegerField(null=True)
    is_internal = peewee.BooleanField()
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    actor = peewee.CharField(max_length=64)
    actor_id = peewee.IntegerField(null=True)  # Not in the line: an index to `user`, erasable.
    at = UTCDateTimeField()

    class Meta:
        indexes = (
            (("chain", "seq"), True),
            (("chain", "prev"), True),
            (("project_id", "is_internal", "id"), False),
            (("project_id", "subject_kind", "subject_number"), False),
        )

    @property
    def body(self):
        return json.loads(self.line)["body"]

    def save(self, *args, **kwargs):
        if self.id is not None:
            raise TypeError("the ledger is append-only")
        return super().save(*args, **kwargs)

    def delete_instance(self, *args, **kwargs):
        raise TypeError("the ledger is append-only")


def listen(listener):
    """Call `listener(event)` at the end of the transaction of every fact.

    It finds everything that the transaction did, and may insert rows, only that.
    """
    _listeners.append(listener)
    return listener


def record(verb, subject, *, by, **particulars):
    """Write one fact about `subject`. Call it inside the transaction that made the fact true.

    `by` has an `identity`, a salted commitment; names stay outside the chain. The verb decides
    the chain. Particulars are plain canonical values without personal data.
    """
    db.check_inside()
    chain = chain_of(verb, subject)
    head = _hold(chain)
    at = max(clock.now(), head.moved_at or clock.now())  # Time never goes back in a chain.
    number = getattr(subject, "number", None) or subject.id
    kind = _snake(type(subject).__name__)
    line = canonical.dump(
        {
            "v": 1,
            "chain": chain,
            "seq": head.seq + 1,
            "prev": head.hash,
            "at": clock.stamp(at),
            "verb": str(verb),
            "actor": by.identity,
            "subject": {"kind": kind, "number": number},
            "body": particulars,
        }
    )
    digest = canonical.sha256(PREFIX + line)
    event = Event.create(
        chain=chain,
        seq=head.seq + 1,
        prev=head.hash,
        hash=digest,
        line=line,
        verb=verb,
        project_id=None if verb in verbs.INSTANCE else project_of(subject).id,
        is_internal=verb not in verbs.CLIENT,
        subject_kind=kind,
        subject_number=number,
        actor=by.identity,
        actor_id=by.id,
        at=at,
    )
    _advance(head, event)
    for listener in _listeners:
        db.before_commit(partial(listener, event))
    return event


def chain_of(verb, subject):
    """Return the name of the chain a fact is written to: by what was done, never by a choice."""
    if verb in verbs.INSTANCE:
        return INSTANCE_CHAIN
    slug = project_of(subject).slug
    return slug if verb in verbs.CLIENT else f"{slug}/internal"


def project_of(subject):
    return subject.project if hasattr(type(subject), "project") else subject


def _hold(chain):
    Head.insert(chain=chain).on_conflict_ignore().execute()
    head = Head.select().where(Head.chain == chain)
    return (head if db.is_sqlite() else head.for_update()).get()


def _advance(head, event):
    moved = (
        Head.update(seq=event.seq, hash=event.hash, moved_at=event.at)
        .where(Head.id == head.id, Head.seq == head.seq, Head.hash == head.hash)
        .execute()
    )
    if moved != 1:
        raise RuntimeError(f"the chain {head.chain} moved while it was held")


def _snake(name):
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
