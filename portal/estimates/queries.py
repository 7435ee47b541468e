"""What the pages about estimates read."""

from portal.core.read import Read

#: The newest version of each estimate, sent or not. An amount is what was signed, or as sent.
_ALL = Read(
    """select e.number, v.version, v.status, v.title, s.number as sign_off, s.noun,
              s.due_on, v.edited_at,
              coalesce(d.amount_minor, s.amount_minor) as amount_minor
       from estimate e join estimate_version v on v.estimate_id = e.id
       left join sign_off s on s.kind = 'estimate' and s.subject_id = v.id
       left join decision d on d.id = (select max(id) from decision where sign_off_id = s.id)
       where e.project_id = :project
         and v.version = (select max(version) from estimate_version where estimate_id = e.id)
       order by e.number desc"""
)
#: The newest version of each estimate that was ever sent.
_SENT = Read(
    """select s.subject_number as number, s.version, s.status, s.title, s.number as sign_off,
              s.noun, s.due_on, s.requested_at as edited_at,
              coalesce(d.amount_minor, s.amount_minor) as amount_minor
       from sign_off s
       left join decision d on d.id = (select max(id) from decision where sign_off_id = s.id)
       where s.project_id = :project and s.kind = 'estimate'
         and s.number = (select max(o.number) from sign_off o
                         where o.project_id = s.project_id and o.kind = s.kind
                           and o.subject_number = s.subject_number)
       order by s.subject_number desc"""
)
_VERSIONS = Read(
    """select v.version, v.status, v.title, s.number as sign_off, s.noun, v.edited_at,
              s.requested_at,
              s.closed_at, coalesce(d.amount_minor, s.amount_minor) as amount_minor
       from estimate_version v
       left join sign_off s on s.kind = 'estimate' and s.subject_id = v.id
       left join decision d on d.id = (select max(id) from decision where sign_off_id = s.id)
       where v.estimate_id = :estimate order by v.version desc"""
)
_LAST_SENT = Read(
    """select max(number) as number from sign_off
       where project_id = :project and kind = 'estimate' and subject_number = :number"""
)


def all_in(project):
    """Return every estimate of a project as the studio sees it, the newest first."""
    return _ALL.all(project=project.id)


def sent_in(project):
    """Return the estimates of a project that the client may know, the newest first."""
    return _SENT.all(project=project.id)


def versions_of(estimate):
    """Return every version of an estimate with its sign-off, the newest first."""
    return _VERSIONS.all(estimate=estimate.id)


def last_sign_off(project, number):
    """Return the number of the newest sign-off of an estimate, or None if it was never sent."""
    return _LAST_SENT.value(project=project.id, number=number)
