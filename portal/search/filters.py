"""What each filter means: a condition on an entry `e`, found by the person `:user`.

Conditions read the rooms as they are now. What only the studio may know is asked for only when
somebody of the studio searches, and a client is not told that there is such a word.
"""

import datetime as dt
from dataclasses import dataclass, field

from portal.core import clock, dates
from portal.core.filters import READER
from portal.core.read import Read
from portal.feedback.words import Kind, Severity, VerdictKind
from portal.search import engines
from portal.search.states import HANDLED, PARTS, STATES, STUDIO_PARTS, STUDIO_STATES, said
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
STUDIO_FILTERS = {"severity", "with"}  # A client learns of neither.
NOTHING = "1 = 0"

_PROJECTS = Read(
    """select p.id, p.slug, p.name, c.name as client from membership m
       join project p on p.id = m.project_id join client c on c.id = p.client_id
       where m.user_id = :user"""
)
_PEOPLE = Read('select id, name from "user"')


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
    found = Conditions(remarks=[_unknown(typed, reader) for typed in query.unknown])
    wanted = {}
    for one in query.filters:
        if one.name not in names_for(reader):
            found.remarks.append(_unknown(one.name, reader))
            continue
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
        "now": clock.key(clock.now()),
        "today": READER.get().today.isoformat(),
    }


def names_for(reader):
    """Return the names of the filters that a reader has."""
    return [name for name in FILTERS if reader.is_studio or name not in STUDIO_FILTERS]


def kinds_for(reader):
    """Return the words after kind: that a reader has."""
    known = set(KINDS) | set(Kind)
    return sorted(known - {"people", "changerequest"} - (set() if reader.is_studio else INTERNAL))


def states_for(reader):
    """Return the words after is: that a reader has."""
    return sorted({**STATES, **STUDIO_STATES} if reader.is_studio else STATES)


def _unknown(typed, reader):
    name = typed.partition(":")[0].lstrip("-").lower()
    return f"There is no filter “{name}:”. There are {', '.join(names_for(reader))}."


def _kind(value, reader, found):
    typed = "".join(words(value))
    known = {*KINDS, *Kind}
    word = typed if typed in known else typed.removesuffix("s")
    if word not in known or (word in INTERNAL and not reader.is_studio):
        each = ", ".join(kinds_for(reader))
        found.remarks.append(f"No kind is called “{value}”. There are {each}.")
        return None
    each = [f"e.kind = :{found.bind(kind)}" for kind in KINDS.get(word, ())]
    if word in list(Kind):
        each.append(said(f"f.kind = :{found.bind(word)}"))
    return f"({' or '.join(each)})"


def _is(value, reader, found):
    word = "".join(words(value))
    if word not in states_for(reader):
        each = ", ".join(states_for(reader))
        found.remarks.append(f"Nothing is “{value}”. There are {each}.")
        return None
    return _any_of(word, STATES, STUDIO_STATES, reader)


def _has(value, reader, found):
    word = "".join(words(value)).removesuffix("s")
    if word not in PARTS:
        found.remarks.append(f"Nothing has “{value}”. There are {', '.join(PARTS)}.")
        return None
    return _any_of(word, PARTS, STUDIO_PARTS, reader)


def _any_of(word, meanings, of_studio, reader):
    each = meanings.get(word, ()) + (of_studio.get(word, ()) if reader.is_studio else ())
    return f"({' or '.join(f'({one})' for one in each)})"


def _verdict(value, _reader, found):
    typed = "".join(words(value))
    kinds = [kind for kind in VerdictKind if kind.replace("_", "").startswith(typed)]
    if not kinds:
        each = ", ".join(f"“{kind.label.lower()}”" for kind in VerdictKind)
        found.remarks.append(f"No verdict is “{value}”. There are {each}.")
        return None
    last = "(select g.kind from verdict g where g.feedback_id = f.id order by g.id desc limit 1)"
    either = " or ".join(f"{last} = :{found.bind(str(kind))}" for kind in kinds)
    return said(f"({either})")


def _severity(value, _reader, found):
    typed = "".join(words(value))
    if typed not in set(Severity):
        found.remarks.append(f"No severity is “{value}”. There are {', '.join(Severity)}.")
        return None
    return said(f"h.severity = :{found.bind(typed)}", HANDLED)


def _with(value, _reader, found):
    if words(value) == ["me"]:
        return said("h.assignee_id = :user", HANDLED)
    ids = [row.id for row in _PEOPLE.all() if is_called(row.name, value)]
    among = _among("h.assignee_id", ids, found, f"Nobody here is called “{value}”.")
    return said(among, HANDLED)


def _after(value, _reader, found):
    at = _midnight("after", value, found)
    return at and f"e.happened_at >= :{found.bind(at)}"


def _before(value, _reader, found):
    at = _midnight("before", value, found)
    return at and f"e.happened_at < :{found.bind(at)}"


def _midnight(name, value, found):
    """Return when a day begins for the reader, as both databases compare it; None if it is none."""
    year, *rest = value.split("-")
    try:
        on = dt.date.fromisoformat("-".join([year, *rest, *["01"] * (2 - len(rest))]))
        at = dt.datetime.combine(on, dt.time(), dates.place(READER.get().zone))
        return clock.key(at)
    except (ValueError, OverflowError):
        found.remarks.append(f"“{name}:” wants a day or a month, such as 2026-03-01 or 2026-03.")
        return None


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


MEANINGS = {
    "after": _after,
    "before": _before,
    "by": _by,
    "client": _client,
    "has": _has,
    "is": _is,
    "kind": _kind,
    "project": _project,
    "severity": _severity,
    "verdict": _verdict,
    "with": _with,
}
