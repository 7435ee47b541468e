"""What each filter means: a condition on an entry `e`, found by the person `:user`.

Conditions read the rooms as they are now. What only the studio may know is asked for only when
somebody of the studio searches, and a client is not told that there is such a word.
"""

from dataclasses import dataclass, field

from portal.core import clock
from portal.core.fields import UTCDateTimeField
from portal.core.filters import READER
from portal.core.read import Read
from portal.feedback.inbox.shows import DUE
from portal.feedback.words import Kind
from portal.search import engines
from portal.search.typed import FILTERS
from portal.search.words import words

#: kind:… as it is typed, without hyphens and plural: what an entry is.
KINDS = {
    "cancellation": ("cancellation",),
    "change": ("change",),
    "changerequest": ("change",),
    "estimate": ("estimate",),
    "feedback": ("feedback",),
    "message": ("message",),
    "note": ("note",),
    "people": ("person",),
    "person": ("person",),
    "pin": ("pin",),
    "project": ("project",),
    "prototype": ("prototype",),
    "question": ("line_question",),
    "receipt": ("receipt",),
    "scope": ("scope",),
    "signoff": ("sign_off",),
}
INTERNAL = {"note"}
NOTHING = "1 = 0"

_SAID = "e.kind = 'feedback' and exists (select 1 from feedback f {more} where {same} and {where})"
_SAME = "f.project_id = e.project_id and f.number = e.number"
_SIGNED = """not e.is_internal and e.kind in ('cancellation', 'change', 'estimate', 'prototype', 'sign_off')
    and exists (select 1 from sign_off s where s.project_id = e.project_id and {where}
                and (e.kind = 'sign_off' and s.number = e.number
                     or s.kind = e.kind and s.subject_number = e.number))"""
_ASKED = "exists (select 1 from addressee a where a.sign_off_id = s.id and a.user_id = :user)"
_PIN = """e.kind = 'pin' and exists (select 1 from pin n where n.project_id = e.project_id
    and n.number = e.number and n.status = 'open')"""
_QUESTION = """e.kind = 'line_question' and exists (select 1 from line_question q
    where q.project_id = e.project_id and q.number = e.number and q.status = 'open')"""
_HANDLED = "join handling h on h.feedback_id = f.id"

_PROJECTS = Read(
    """select p.id, p.slug, p.name, c.name as client from membership m
       join project p on p.id = m.project_id join client c on c.id = p.client_id
       where m.user_id = :user"""
)
_PEOPLE = Read('select id, name from "user"')


def said(where, more=""):
    return _SAID.format(more=more, same=_SAME, where=where)


def signed(where):
    return _SIGNED.format(where=where)


#: is:…, for everybody; below, what it means besides for the studio.
STATES = {
    "contested": (said("f.is_contested"),),
    "mine": ("e.person_id = :user", signed(f"s.status = 'open' and {_ASKED}")),
    "open": (said("f.turn <> 'nobody'"), signed("s.status = 'open'"), _PIN, _QUESTION),
    "overdue": (signed("s.status = 'open' and s.due_on < :today"),),
    "signed": (signed("s.status = 'approved'"), "e.kind = 'receipt'"),
    "waiting": (said("f.turn = 'client'"), signed("s.status = 'open'"), _QUESTION),
}
STUDIO_STATES = {
    "mine": (said("h.assignee_id = :user", _HANDLED),),
    "overdue": (said(f"f.turn = 'studio' and {DUE} < :now", _HANDLED),),
}


@dataclass
class Conditions:
    """What the filters come to: SQL, what it is bound to, and what to say about them."""

    sql: list[str] = field(default_factory=list)
    values: dict = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def bind(self, value):
        """Keep a value and return the name that stands for it in the SQL."""
        first, second = divmod(len(self.values), 26)  # No digits: a Read's names have none.
        name = f"value_{chr(ord('a') + first)}{chr(ord('a') + second)}"
        self.values[name] = value
        return name


def conditions(query, reader):
    """Return what a query's filters come to for this reader.

    Filters of one name are alternatives; all names have to hold.
    """
    found = Conditions(remarks=[_unknown(typed) for typed in query.unknown])
    wanted = {}
    for one in query.filters:
        condition = MEANINGS[one.name](one.value, reader, found)
        if condition is None:
            continue
        if one.is_not:
            found.sql.append(f"not coalesce({condition}, false)")
        else:
            wanted.setdefault(one.name, []).append(condition)
    found.sql += [f"({' or '.join(each)})" for each in wanted.values()]
    return found


def moments():
    """Return what `STATES` compare with: now, and the reader's day."""
    return {
        "now": UTCDateTimeField().db_value(clock.now()),
        "today": READER.get().today.isoformat(),
    }


def _unknown(typed):
    name = typed.partition(":")[0].lstrip("-")
    return f"There is no filter “{name}:”. There are {', '.join(FILTERS)}."


def _kind(value, reader, found):
    typed = "".join(words(value))
    known = {**KINDS, **{str(kind): () for kind in Kind if str(kind) not in KINDS}}
    word = typed if typed in known else typed.removesuffix("s")
    if word not in known or (word in INTERNAL and not reader.is_studio):
        each = sorted(
            set(known) - {"people", "changerequest"} - (set() if reader.is_studio else INTERNAL)
        )
        found.remarks.append(f"No kind is called “{value}”. There are {', '.join(each)}.")
        return None
    each = [f"e.kind = :{found.bind(kind)}" for kind in KINDS.get(word, ())]
    if word in list(Kind):
        each.append(said(f"f.kind = :{found.bind(word)}"))
    return f"({' or '.join(each)})"


def _is(value, reader, found):
    word = "".join(words(value))
    if word not in STATES:
        found.remarks.append(f"Nothing is “{value}”. There are {', '.join(STATES)}.")
        return None
    each = STATES[word] + (STUDIO_STATES.get(word, ()) if reader.is_studio else ())
    return f"({' or '.join(f'({one})' for one in each)})"


def _client(value, reader, found):
    ids = [row.id for row in _PROJECTS.all(user=reader.id) if is_called(row.client, value)]
    return _among("e.project_id", ids, found, f"No client here is called “{value}”.")


def _project(value, reader, found):
    rows = _PROJECTS.all(user=reader.id)
    ids = [row.id for row in rows if is_called(f"{row.name} {row.slug}", value)]
    return _among("e.project_id", ids, found, f"No project of yours is called “{value}”.")


def _by(value, _reader, found):
    if words(value) == ["me"]:
        return "coalesce(e.person_id = :user, false)"
    # Who is known is not said: a name that is not here and one that said nothing look alike.
    ids = [row.id for row in _PEOPLE.all() if is_called(row.name, value)]
    return _among("e.person_id", ids, found)


def _among(column, ids, found, remark=None):
    if not ids and remark:
        found.remarks.append(remark)
    if not ids:
        return NOTHING
    engine = engines.engine()
    return f"{column} {engine.AMONG.format(name=found.bind(engine.numbers(ids)))}"


def is_called(name, typed):
    """Answer whether each typed word begins one of a name.

    >>> is_called("Harbour Museum", "harb"), is_called("Harbour Museum", "museum tide")
    (True, False)
    """
    of_name = words(name)
    return all(any(one.startswith(word) for one in of_name) for word in words(typed))


MEANINGS = {"by": _by, "client": _client, "is": _is, "kind": _kind, "project": _project}
