"""What the lists about change requests read."""

from portal.core.paging import page
from portal.core.read import Read

_NEWEST_FIRST = 2**31 - 1  # Above every number.

#: The version that counts of each, sent or not. An amount is what was signed, or else sent.
_IN_STUDIO = Read(
    """select c.number, c.cause, v.title, v.version, v.status, c.asked_title, s.due_on,
              coalesce((select a.amount_minor from amendment a join decision d
                        on d.id = a.decision_id where d.sign_off_id = s.id),
                       s.amount_minor) as amount_minor,
              coalesce(s.requested_at, v.edited_at, v.created_at) as moved_at
       from change_request c join change_version v on v.change_id = c.id
       left join sign_off s on s.kind = 'change' and s.subject_id = v.id
       where c.project_id = :project and c.number < :before and v.version = coalesce(
           (select max(version) from change_version where change_id = c.id and status = 'approved'),
           (select max(version) from change_version where change_id = c.id))
       order by c.number desc limit 41"""
)
#: What a client may know: their own words, and what was sent. Nothing of a draft is read.
_AT_CLIENT = Read(
    """select c.number, c.cause, coalesce(s.title, c.asked_title) as title, s.version, s.status,
              c.asked_title, s.due_on,
              coalesce((select a.amount_minor from amendment a join decision d
                        on d.id = a.decision_id where d.sign_off_id = s.id),
                       s.amount_minor) as amount_minor,
              coalesce(s.requested_at, c.created_at) as moved_at
       from change_request c left join sign_off s on s.project_id = c.project_id
            and s.kind = 'change' and s.subject_number = c.number
            and s.version = (select max(version) from sign_off o
                             where o.project_id = c.project_id and o.kind = 'change'
                               and o.subject_number = c.number)
       where c.project_id = :project and c.number < :before
         and (s.id is not null or c.asked_title <> '')
       order by c.number desc limit 41"""
)
_VERSIONS = Read(
    """select v.version, v.status, v.title, v.edited_at, s.number as sign_off, s.requested_at,
              s.closed_at,
              coalesce((select a.amount_minor from amendment a join decision d
                        on d.id = a.decision_id where d.sign_off_id = s.id),
                       s.amount_minor) as amount_minor
       from change_version v left join sign_off s on s.kind = 'change' and s.subject_id = v.id
       where v.change_id = :change order by v.version desc"""
)


def in_studio(project, before=None):
    """Return a page of the project's change requests, drafts too, the newest first."""
    return _page(_IN_STUDIO, project, before)


def at_client(project, before=None):
    """Return a page of those that the client asked for or was sent, the newest first."""
    return _page(_AT_CLIENT, project, before)


def versions(change):
    """Return every version of a change request with its sign-off, the newest first."""
    return _VERSIONS.all(change=change.id)


def _page(read, project, before):
    rows = read.all(project=project.id, before=before or _NEWEST_FIRST)
    return page(rows, key=lambda row: row.number)
