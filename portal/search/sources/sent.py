"""What was sent to be signed, as it was sealed; and what a client asked for."""

import json

from portal.core.read import Read
from portal.search.sources.registry import Found, joined, searchable

#: In a sealed snapshot: the keys of what people read as words, and the parts that are not about it.
SPOKEN = {"choice", "detail", "name", "note", "section", "summary", "title", "what", "why"}
SILENT = {"client", "origins", "payments", "project", "studio", "taxes"}

_SENT = Read(
    """select s.subject_number as number, s.title, s.snapshot, s.requested_at, s.requested_by_id
       from sign_off s where s.project_id = :project and s.kind = :kind
         and s.subject_number between :first and :last
         and not exists (select 1 from sign_off t where t.project_id = s.project_id
                         and t.kind = s.kind and t.subject_number = s.subject_number
                         and t.version > s.version)"""
)
_ASKED = Read(
    """select number, asked_title, asked_why, created_at, raised_by_id from change_request
       where project_id = :project and number between :first and :last and asked_title <> ''"""
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
