"""What each kind of thing says, read from the rooms: the only place that decides who may find it.

A source gives `Found`s of one kind in one project, for the numbers from `first` to `last`. It is
registered for both sides or as internal. What a client finds comes from what was sealed or said to
both sides; drafts and notes are internal.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from portal.core.read import Read
from portal.feedback.models import Feedback

SOURCES = {}  # (kind, is_internal): source

#: In a sealed snapshot: the keys of what people read as words, and the parts that are not about it.
SPOKEN = {"choice", "detail", "name", "note", "section", "summary", "title", "what", "why"}
SILENT = {"client", "origins", "payments", "project", "studio", "taxes"}


@dataclass(frozen=True)
class Found:
    """One thing that can be found."""

    number: int
    title: str
    text: str
    at: datetime
    person: int | None = None
    part: int = 0
    topic: str = ""  # What it stands at; empty: at itself.


def searchable(kind, *, is_internal=False):
    """Register `source(project_id, first, last)`, which yields what can be found of this kind."""

    def register(source):
        SOURCES[kind, is_internal] = source
        return source

    return register


def joined(*texts):
    """Return what is there of some texts, each on a line."""
    return "\n".join(text for text in texts if text)


# The project and its people --------------------------------------------------------------------

_PROJECT = Read(
    """select p.name, p.summary, p.phase, p.next_what, c.name as client, p.created_at
       from project p join client c on c.id = p.client_id where p.id = :project"""
)
_PEOPLE = Read(
    """select m.id, m.created_at, u.id as person, u.name, u.title, c.name as client
       from membership m join "user" u on u.id = m.user_id
       left join client c on c.id = u.client_id
       where m.project_id = :project and u.disabled_at is null"""
)


@searchable("project")
def project(project_id, _first, _last):
    row = _PROJECT.one(project=project_id)
    text = joined(row.client, row.summary, row.phase, row.next_what)
    yield Found(0, row.name, text, row.created_at)


@searchable("person")
def person(project_id, _first, _last):
    for row in _PEOPLE.all(project=project_id):
        yield Found(row.id, row.name, joined(row.title, row.client), row.created_at, row.person)


# What is signed --------------------------------------------------------------------------------

_SENT = Read(
    """select s.subject_number as number, s.title, s.snapshot, s.requested_at, s.requested_by_id
       from sign_off s where s.project_id = :project and s.kind = :kind
         and s.subject_number between :first and :last
         and not exists (select 1 from sign_off t where t.project_id = s.project_id
                         and t.kind = s.kind and t.subject_number = s.subject_number
                         and t.version > s.version)"""
)
_ESTIMATES = Read(
    """select e.number, v.id, v.version, v.title, v.summary, v.edited_at, v.edited_by_id as person
       from estimate e join estimate_version v on v.estimate_id = e.id
       where e.project_id = :project and e.number between :first and :last
         and v.status = 'draft'"""
)
_LINES = Read(
    """select v.id, s.title, s.choice, l.what, l.note
       from estimate e join estimate_version v on v.estimate_id = e.id and v.status = 'draft'
       join estimate_section s on s.version_id = v.id
       left join estimate_line l on l.section_id = s.id
       where e.project_id = :project and e.number between :first and :last
       order by s.position, s.id, l.position, l.id"""
)
_ASKED = Read(
    """select number, asked_title, asked_why, created_at, raised_by_id from change_request
       where project_id = :project and number between :first and :last and asked_title <> ''"""
)
_CHANGES = Read(
    """select c.number, v.id, v.version, v.title, v.summary, v.why,
              coalesce(v.edited_by_id, v.created_by_id) as person,
              coalesce(v.edited_at, v.created_at) as written_at
       from change_request c join change_version v on v.change_id = c.id
       where c.project_id = :project and c.number between :first and :last
         and v.status = 'draft' and (c.asked_title = '' or v.version > 1 or v.edits > 0)"""
)
_IMPACTS = Read(
    """select v.id, a.title as way, a.summary, i.section, i.title, i.detail
       from change_request c join change_version v on v.change_id = c.id and v.status = 'draft'
       join change_alternative a on a.version_id = v.id
       left join impact i on i.alternative_id = a.id
       where c.project_id = :project and c.number between :first and :last
       order by a.position, i.position"""
)
_PROTOTYPES = Read(
    """select p.number, v.id, v.version, v.title, v.note, v.created_at, v.created_by_id as person
       from prototype p join prototype_version v on v.prototype_id = p.id
       where p.project_id = :project and p.number between :first and :last
         and v.status = 'draft'"""
)
_SCREENS = Read(
    """select v.id, s.name from prototype p
       join prototype_version v on v.prototype_id = p.id and v.status = 'draft'
       join screen s on s.version_id = v.id
       where p.project_id = :project and p.number between :first and :last order by s.position"""
)
_CANCELLATIONS = Read(
    """select c.number, c.version, s.title, c.reason, c.created_at, c.created_by_id as person
       from cancellation c join sign_off s on s.id = c.sign_off_id
       where c.project_id = :project and c.number between :first and :last
         and c.status = 'draft'"""
)


@searchable("cancellation")
def cancellation(project_id, first, last):
    yield from sent("cancellation", project_id, first, last)


@searchable("estimate")
def estimate(project_id, first, last):
    yield from sent("estimate", project_id, first, last)


@searchable("prototype")
def prototype(project_id, first, last):
    yield from sent("prototype", project_id, first, last)


@searchable("change")
def change(project_id, first, last):
    known = {one.number: one for one in sent("change", project_id, first, last)}
    yield from known.values()
    # A client's own words, which both sides read at once.
    for row in _ASKED.all(project=project_id, first=first, last=last):
        if row.number not in known:
            about = (row.asked_title, row.asked_why, row.created_at, row.raised_by_id)
            yield Found(row.number, *about)


def sent(kind, project_id, first, last):
    """Yield the newest sent version of each, as it was sealed."""
    for row in _SENT.all(kind=kind, project=project_id, first=first, last=last):
        text = joined(*spoken(json.loads(row.snapshot), row.title))
        yield Found(row.number, row.title, text, row.requested_at, row.requested_by_id)


# Drafts ----------------------------------------------------------------------------------------


@searchable("estimate", is_internal=True)
def estimate_draft(project_id, first, last):
    some = {"project": project_id, "first": first, "last": last}
    drafts = _ESTIMATES.all(**some)
    parts = pieces(_LINES, some) if drafts else {}
    for row in drafts:
        text = joined(row.summary, *parts.get(row.id, ()))
        yield draft(row, row.edited_at, text)


@searchable("change", is_internal=True)
def change_draft(project_id, first, last):
    some = {"project": project_id, "first": first, "last": last}
    drafts = _CHANGES.all(**some)
    parts = pieces(_IMPACTS, some) if drafts else {}
    for row in drafts:
        yield draft(row, row.written_at, joined(row.summary, row.why, *parts.get(row.id, ())))


@searchable("prototype", is_internal=True)
def prototype_draft(project_id, first, last):
    some = {"project": project_id, "first": first, "last": last}
    drafts = _PROTOTYPES.all(**some)
    parts = pieces(_SCREENS, some) if drafts else {}
    for row in drafts:
        yield draft(row, row.created_at, joined(row.note, *parts.get(row.id, ())))


@searchable("cancellation", is_internal=True)
def cancellation_draft(project_id, first, last):
    for row in _CANCELLATIONS.all(project=project_id, first=first, last=last):
        yield draft(row, row.created_at, row.reason)


def draft(row, at, text):
    return Found(row.number, row.title, text, at, row.person, part=row.version)


def spoken(value, title):
    """Yield the words in a snapshot, but for its title."""
    if isinstance(value, list):
        for one in value:
            yield from spoken(one, title)
    elif isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, str) and key in SPOKEN and one != title:
                yield one
            elif isinstance(one, dict | list) and key not in SILENT:
                yield from spoken(one, title)


def pieces(read, some):
    """Return the texts of each draft by its id, each once, in order."""
    found = defaultdict(dict)
    for row in read.all(**some):
        found[row.id] |= dict.fromkeys(text for text in row[1:] if text)
    return found


# Answers, receipts and scope -------------------------------------------------------------------

_SIGN_OFFS = Read(
    """select s.number, s.title, s.holds_what, s.reason, s.requested_at, s.requested_by_id
       from sign_off s where s.project_id = :project and s.number between :first and :last"""
)
_ANSWERS = Read(
    """select s.number, d.notes from decision d join sign_off s on s.id = d.sign_off_id
       where s.project_id = :project and s.number between :first and :last
       union all
       select s.number, o.note from opinion o join sign_off s on s.id = o.sign_off_id
       where s.project_id = :project and s.number between :first and :last"""
)
_RECEIPTS = Read(
    """select r.number, s.title, p.slug, d.purchase_order, d.made_at, d.user_id
       from receipt r join decision d on d.id = r.decision_id
       join sign_off s on s.id = d.sign_off_id join project p on p.id = r.project_id
       where r.project_id = :project and r.number between :first and :last"""
)
_SCOPE = Read(
    """select i.number, e.title, e.section, e.detail, a.made_at
       from scope_item i join scope_edit e on e.item_id = i.id
       join amendment a on a.id = e.amendment_id
       where i.project_id = :project and i.number between :first and :last
         and not exists (select 1 from scope_edit x where x.item_id = i.id and x.id > e.id)"""
)


@searchable("sign_off")
def sign_off(project_id, first, last):
    some = {"project": project_id, "first": first, "last": last}
    said = defaultdict(list)
    for row in _ANSWERS.all(**some):
        said[row.number].append(row.notes)
    for row in _SIGN_OFFS.all(**some):
        text = joined(*said[row.number], row.holds_what, row.reason)
        at, by = row.requested_at, row.requested_by_id
        yield Found(row.number, row.title, text, at, by)


@searchable("receipt")
def receipt(project_id, first, last):
    for row in _RECEIPTS.all(project=project_id, first=first, last=last):
        text = joined(f"{row.slug}/{row.number}", row.purchase_order)
        yield Found(row.number, row.title, text, row.made_at, row.user_id)


@searchable("scope")
def scope(project_id, first, last):
    for row in _SCOPE.all(project=project_id, first=first, last=last):
        yield Found(row.number, row.title, joined(row.section, row.detail), row.made_at)


# What people say -------------------------------------------------------------------------------

_FEEDBACK = Read(
    """select f.number, f.text, f.filed_at, f.filed_by_id,
              (select g.reason from verdict g where g.feedback_id = f.id
               order by g.id desc limit 1) as reason
       from feedback f where f.project_id = :project and f.number between :first and :last"""
)
_PINS = Read(
    """select n.number, n.text, n.answer, n.author_id, b.published_at
       from pin n join pin_batch b on b.id = n.batch_id
       where n.project_id = :project and n.number between :first and :last"""
)
_QUESTIONS = Read(
    """select number, title, text, asked_at, author_id from line_question
       where project_id = :project and number between :first and :last"""
)
_WRITTEN = """select subject_number as topic_number, subject_kind, number, text, posted_at, author_id
    from {table} where project_id = :project and subject_number between :first and :last"""
_MESSAGES, _NOTES = (Read(_WRITTEN.format(table=table)) for table in ("message", "note"))


@searchable("feedback")
def feedback(project_id, first, last):
    for row in _FEEDBACK.all(project=project_id, first=first, last=last):
        item = Feedback(text=row.text)
        text = joined(item.rest, row.reason)
        yield Found(row.number, item.title, text, row.filed_at, row.filed_by_id)


@searchable("pin")
def pin(project_id, first, last):
    for row in _PINS.all(project=project_id, first=first, last=last):
        yield Found(row.number, "", joined(row.text, row.answer), row.published_at, row.author_id)


@searchable("line_question")
def line_question(project_id, first, last):
    for row in _QUESTIONS.all(project=project_id, first=first, last=last):
        yield Found(row.number, row.title, row.text, row.asked_at, row.author_id)


@searchable("message")
def message(project_id, first, last):
    yield from written(_MESSAGES, project_id, first, last)


@searchable("note", is_internal=True)
def note(project_id, first, last):
    yield from written(_NOTES, project_id, first, last)


def written(read, project_id, first, last):
    for row in read.all(project=project_id, first=first, last=last):
        yield Found(
            row.topic_number,
            "",
            row.text,
            row.posted_at,
            row.author_id,
            part=row.number,
            topic=row.subject_kind,
        )
