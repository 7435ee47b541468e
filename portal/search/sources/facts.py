"""What the project is, who is on it, and what is in its scope."""

from portal.core.read import Read
from portal.search.sources.registry import Found, joined, searchable

_PROJECT = Read(
    """select p.name, p.summary, p.phase, p.next_what, c.name as client, p.created_at
       from project p join client c on c.id = p.client_id where p.id = :project"""
)
_PEOPLE = Read(
    """select m.id, m.created_at, u.name, u.title
       from membership m join "user" u on u.id = m.user_id
       where m.project_id = :project and u.disabled_at is null"""
)
_SCOPE = Read(
    """select i.number, e.title, e.section, e.detail, a.made_at
       from scope_item i join scope_edit e on e.item_id = i.id
       join amendment a on a.id = e.amendment_id
       where i.project_id = :project and i.number between :first and :last
         and not exists (select 1 from scope_edit x where x.item_id = i.id and x.id > e.id)"""
)


@searchable("project")
def project(project_id, _first, _last):
    row = _PROJECT.one(project=project_id)
    text = joined(row.client, row.summary, row.phase, row.next_what)
    yield Found(0, row.name, text, row.created_at)


@searchable("person")
def person(project_id, _first, _last):
    for row in _PEOPLE.all(project=project_id):
        yield Found(row.id, row.name, row.title, row.created_at)


@searchable("scope")
def scope(project_id, first, last):
    for row in _SCOPE.all(project=project_id, first=first, last=last):
        yield Found(row.number, row.title, joined(row.section, row.detail), row.made_at)
