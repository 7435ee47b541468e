"""What the studio is working on and no client knows of: internal, every one of them."""

from collections import defaultdict

from portal.core.read import Read
from portal.search.sources.registry import Found, joined, searchable

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


def pieces(read, some):
    """Return the texts of each draft by its id, each once, in order."""
    found = defaultdict(dict)
    for row in read.all(**some):
        found[row.id] |= dict.fromkeys(text for text in row[1:] if text)
    return found
