"""How the index follows: in the transaction of each change, only what that change was about.

A fact on the ledger names what it is about; whoever saves a draft raises the project's revision
instead. Each entry that reads otherwise now is written again, all others are left alone.
"""

from functools import partial

from portal.core import db
from portal.core.fields import UTCDateTimeField, line, plain
from portal.core.read import Read
from portal.ledger.models import listen
from portal.projects.hooks import on_revised
from portal.projects.models import Project
from portal.search import engines
from portal.search.models import Entry
from portal.search.sources import SOURCES
from portal.search.words import words
from portal.threads.topic import TOPICS

ALL = (0, 2**31 - 1)
TITLE_CHARACTERS = 300
TEXT_CHARACTERS = 20_000  # More of one thing is not looked through.

#: What else a fact about this kind of thing moves, by the name of its class on the ledger.
KIND_OF = {
    "change_request": "change",
    "change_version": "change",
    "estimate_version": "estimate",
    "prototype_version": "prototype",
}
DRAFTS = ("cancellation", "change", "estimate", "prototype")  # What is saved without a fact.
FACTS = ("project", "person")
NAMED_ELSEWHERE = ("receipt", "sign_off")  # Their title is that of what was signed.
KINDS = sorted({kind for kind, _ in SOURCES})

_STORED = Read(
    """select id, place, title, text, is_internal, person_id, happened_at from search_entry
       where project_id = :project and kind = :kind and is_internal = :is_internal
         and number between :first and :last"""
)
_SUBJECT = Read(
    """select kind, subject_number, id from sign_off where project_id = :project and number = :number"""
)
_ANSWERED = Read(
    """select min(r.number) as first, max(r.number) as last from receipt r
       join decision d on d.id = r.decision_id join sign_off s on s.id = d.sign_off_id
       where s.project_id = :project and s.number = :number"""
)
_BATCH = Read(
    """select min(n.number) as first, max(n.number) as last, max(f.number) as feedback
       from pin_batch b join pin n on n.batch_id = b.id
       left join feedback f on f.project_id = b.project_id and f.source_kind = 'prototype'
                           and f.source_number = b.number
       where b.project_id = :project and b.number = :number"""
)
_PROJECTS = Read("select id from project order by id")
_WORDLESS = Read(
    "select (select count(*) from search_entry) - (select count(*) from search_words) as missing"
)
_SLUG = Read("select slug from project where id = :project")
_AT = UTCDateTimeField()


# When something happens --------------------------------------------------------------------------


@listen
def follow(event):
    """Bring the entries up to date that a fact was about."""
    if event.project_id is None:
        return
    for kind, first, last in touched(event):
        for is_internal in (False, True):
            refresh(event.project_id, kind, is_internal, first, last)


@on_revised
def follow_quietly(project, *, is_internal):
    """Do so for what is saved without a fact: a draft, or who and what the project is."""
    for kind in DRAFTS if is_internal else FACTS:
        db.before_commit(partial(refresh, project.id, kind, is_internal))


def touched(event):
    """Return (kind, first, last) of all that may read otherwise after a fact."""
    number = event.subject_number
    kind, one = KIND_OF.get(event.subject_kind, event.subject_kind), (number, number)
    if kind == "project":
        return [(each, *ALL) for each in FACTS]
    if kind == "amendment":
        return [("scope", *ALL)]
    if kind == "pin_batch":
        return _of_batch(event.project_id, number)
    found = [(kind, *one)] if kind in KINDS else []
    if event.subject_kind in TOPICS:
        found += [("message", *one), ("note", *one)]
    if "pin" in event.body:  # What becomes of a pin is a fact about its version, and a message.
        found.append(("message", event.body["pin"], event.body["pin"]))
    if kind == "sign_off":
        found += _of_sign_off(event.project_id, number)
    return found


def _of_sign_off(project_id, number):
    some = {"project": project_id, "number": number}
    subject, receipts = _SUBJECT.one(**some), _ANSWERED.one(**some)
    found = [(subject.kind, subject.subject_number, subject.subject_number)] if subject else []
    if receipts.first:
        found.append(("receipt", receipts.first, receipts.last))
    return [one for one in found if one[0] in KINDS]


def _of_batch(project_id, number):
    batch = _BATCH.one(project=project_id, number=number)
    found = [("pin", batch.first, batch.last)] if batch.first else []
    return found + ([("feedback", batch.feedback, batch.feedback)] if batch.feedback else [])


# One kind in one project -------------------------------------------------------------------------


def refresh(project_id, kind, is_internal, first=0, last=ALL[1]):
    """Make the entries of a kind what they are now. Returns how many were not."""
    if (kind, is_internal) not in SOURCES:
        return 0
    some = {"project": project_id, "kind": kind, "first": first, "last": last}
    stored = {row.place: row for row in _STORED.all(is_internal=is_internal, **some)}
    differing = 0
    for columns in current(project_id, kind, is_internal, first, last):
        known = stored.pop(columns["place"], None)
        if known is None or not is_same(known, columns):
            write(columns, known and known.id)
            differing += 1
    for gone in stored.values():
        forget(gone.id)
    return differing + len(stored)


def current(project_id, kind, is_internal, first=0, last=ALL[1]):
    """Yield the columns of each entry as it should be."""
    slug = _SLUG.value(project=project_id)
    for found in SOURCES[kind, is_internal](project_id, first, last):
        topic = found.topic or kind
        yield {
            "project_id": project_id,
            "place": f"{slug}/{kind}/{topic}/{found.number}/{found.part}",
            "kind": kind,
            "topic": topic,
            "number": found.number,
            "part": found.part,
            "is_internal": is_internal,
            "title": line(found.title)[:TITLE_CHARACTERS].strip(),
            "text": plain(found.text)[:TEXT_CHARACTERS].strip(),
            "person_id": found.person,
            "happened_at": _AT.db_value(found.at),
        }


def is_same(known, columns):
    """Answer whether an entry is stored as it should be."""
    now = (columns["title"], columns["text"], columns["person_id"])
    was = (known.title, known.text, known.person_id)
    return now == was and _AT.db_value(known.happened_at) == columns["happened_at"]


def write(columns, known_id=None):
    """Write an entry and its words, in place of the one of that id."""
    if known_id:
        forget(known_id)
    made = engines.add(columns)
    named = [] if columns["kind"] in NAMED_ELSEWHERE else words(columns["title"])
    engines.write(made, named, words(columns["text"]))


def forget(entry_id):
    """Take an entry and its words out of the index."""
    engines.forget(entry_id)
    Entry.delete().where(Entry.id == entry_id).execute()


# All of it ---------------------------------------------------------------------------------------


def rebuild():
    """Make the whole index again, a project at a time. Returns how many entries it has."""
    return sum(_rebuilt(project) for project in Project.select().order_by(Project.id))


def _rebuilt(project):
    with project.change():
        engines.forget_all(project.id)
        Entry.delete().where(Entry.project == project).execute()
        return sum(refresh(project.id, kind, is_internal) for kind, is_internal in SOURCES)


def behind():
    """Return how many entries are missing, read otherwise by now, or too many. Changes nothing."""
    differing = sum(
        _differing(project.id, kind, is_internal)
        for project in _PROJECTS.all()
        for kind, is_internal in SOURCES
    )
    return differing + abs(_WORDLESS.value())


def _differing(project_id, kind, is_internal):
    some = {"project": project_id, "kind": kind, "is_internal": is_internal}
    stored = {row.place: row for row in _STORED.all(first=ALL[0], last=ALL[1], **some)}
    now = {one["place"]: one for one in current(project_id, kind, is_internal)}
    others = [p for p in stored.keys() & now.keys() if not is_same(stored[p], now[p])]
    return len(others) + len(stored.keys() ^ now.keys())


def fill_if_empty():
    """Make the index of what was there before it. Returns how many entries it got."""
    return 0 if Entry.select().exists() else rebuild()
