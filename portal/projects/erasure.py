"""Erasing a person: where something about them is kept, what of it goes, and what has to stay.

The ledger points to people by commitments, so their rows can go and every chain still verifies;
each that goes is a fact of its own. What the law asks to be kept, the rooms above say: `keeps`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.access.models import Membership, User
from portal.core import clock, dates, db
from portal.core.errors import Conflict, DomainError
from portal.core.read import Read
from portal.ledger.models import SYSTEM, Event, Identity, record
from portal.ledger.verbs import Verb
from portal.mail.bounces import Bounce
from portal.mail.models import Letter
from portal.projects import erasures, mentions, people
from portal.projects.erasures import REQUEST
from portal.projects.models import Project

NAME = "Erased person"
BACK = (
    "Somebody who was erased is here again, as an older backup knew them. Run `portal migrate`: it"
    " erases them again."
)

#: Tables whose rows are about one person alone and go with them, and what they hold.
OWN = {
    "session": "Browsers they were signed in on, with network address and device",
    "code": "Codes that were mailed to them",
    "address_change": "Changes of their address",
    "invitation": "Invitations to them",
    "rhythm": "How often they get letters",
    "project_pace": "How often, for single projects",
    "read_mark": "What they have read",
    "saved_search": "Searches they saved",
}

_TOUCHED = Read(
    """select project_id from event where actor_id = :user and project_id is not null
       union select project_id from membership where user_id = :user order by 1"""
)

Keeper = Callable[[Any], Iterable[tuple[str, datetime]]]
_KEEPERS: list[Keeper] = []
_AFTERWARDS: list[Callable[[], None]] = []


@dataclass(frozen=True, slots=True)
class Holding:
    """What one place holds about a person. `why` says why it stays; empty: it goes."""

    what: str
    count: int
    why: str = ""


def keeps(keeper):
    """Register `keeper(user)`, which yields (commitment, until when) of what has to stay."""
    _KEEPERS.append(keeper)
    return keeper


def afterwards(clean):
    """Register what is done once the rows are gone, so that no file still holds them."""
    _AFTERWARDS.append(clean)
    return clean


def plan(user):
    """Return what is kept about a person: every place that holds something, what goes first."""
    going, staying = _identities(user)
    found = [Holding("Name, address, phone, what they do, password", 1)]
    found += [Holding(what, _own(user, table).count()) for table, what in OWN.items()]
    found += [
        Holding("Places on projects", user.memberships.count()),
        Holding("Letters to them", _letters(user).count()),
        Holding("Their name in letters to others", len(mentions.in_letters(user, NAME))),
        Holding("Records of who they are, to which the ledger points", len(going)),
    ]
    if staying:
        last = max(staying.values())
        why = f"Evidence of what they signed. The last of it goes after {dates.day(last.date())}."
        found.append(Holding("Records of who signed, and from where", len(staying), why))
    said = Event.select().where(Event.actor_id == user.id).count()
    if said:
        why = f"It is the project’s. It stands there as by “{NAME}”; texts are not searched."
        found.append(Holding("What they did and wrote, on record", said, why))
    return [one for one in found if one.count]


def erase(user, *, by):
    """Let go of all about a person but what has to stay. They are disabled, for good.

    Raises DomainError for oneself, Conflict for whoever is erased already.
    """
    if user.id == by.id:
        raise DomainError("Somebody else has to erase you.")
    with db.change():
        db.queue_up("people")
        for row in _TOUCHED.all(user=user.id):
            db.lock(Project(id=row.project_id))
        user = db.lock(user)
        if user.erased_at:
            raise Conflict("This person is erased already.")
        _erase(user, by)
    clean()


def replay():
    """Erase again whoever an older backup brought back. Returns how many they were."""
    again = erasures.returned()
    for user in again:
        erase(user, by=SYSTEM)
    erasures.keep()
    return len(again)


def check_start():
    """Raise DomainError while somebody is here who was erased."""
    if erasures.returned():
        raise DomainError(BACK)


def let_go(commitments, *, by, basis):
    """Erase identity rows, each as a fact. Call it inside the transaction."""
    for row in list(Identity.select().where(Identity.commitment << commitments)):
        record(Verb.IDENTITY_ERASED, row, by=by, commitment=row.commitment, basis=basis)
        row.delete_instance()


def clean():
    """Leave nothing of what is gone in files: not while a transaction is open."""
    if db.handle.obj.transaction_depth():
        return
    erasures.keep()
    for one in _AFTERWARDS:
        one()
    if db.is_sqlite():
        db.handle.execute_sql("pragma wal_checkpoint(truncate)")


def _erase(user, by):
    touched = [row.project_id for row in _TOUCHED.all(user=user.id)]
    if user.disabled_at is None:
        people.disable(user, by=by)
    for member in list(user.memberships.order_by(Membership.project)):
        member.project.remove_member(member, by=by)
    _forget_letters(user)
    for table in OWN:
        model = _own(user, table).model
        model.delete().where(model.user == user).execute()
    let_go(sorted(_identities(user)[0]), by=by, basis=REQUEST)
    _wipe(user)
    for id_ in touched:
        Project(id=id_).revise(is_internal=False)


def _wipe(user):
    facts = {"name": NAME, "email": f"erased-{user.id}@erased.invalid", "title": "", "phone": ""}
    User.update(password_hash=None, erased_at=clock.now(), **facts).where(
        User.id == user.id
    ).execute()


def _forget_letters(user):
    for id_, context in mentions.in_letters(user, NAME).items():
        Letter.update(context=context).where(Letter.id == id_).execute()
    for letter in list(_letters(user)):
        letter.delete_instance()
    Bounce.delete().where(Bounce.address << sorted(mentions.addresses(user))).execute()


def _letters(user):
    return Letter.select().where(Letter.user_id == user.id)


def _identities(user):
    """Return the commitments that go, and those that stay with until when."""
    rows = Identity.select(Identity.commitment).where(Identity.user_id == user.id)
    mine = {row.commitment for row in rows}
    staying = {
        commitment: until
        for keeper in _KEEPERS
        for commitment, until in keeper(user)
        if until > clock.now()
    }
    return mine - staying.keys(), {one: until for one, until in staying.items() if one in mine}


def _own(user, table):
    found = (model for model in User._meta.backrefs.values() if model._meta.table_name == table)
    model = next(found)
    return model.select().where(model.user == user)
