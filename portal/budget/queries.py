"""What the page of the budget reads."""

from portal.core.read import Read

_STATEMENTS = Read(
    """select n.number, n.as_of_on, n.used_minor, n.forecast_minor, n.note, n.made_at,
              u.name as author
       from statement n join "user" u on u.id = n.author_id
       where n.project_id = :project order by n.number"""
)
_WAITING = Read(
    """select cast(coalesce(sum(amount_minor), 0) as bigint) from sign_off
       where project_id = :project and status = 'open' and is_binding"""
)


def statements(project):
    """Return what was stated, the oldest first; amounts in minor units."""
    return _STATEMENTS.all(project=project.id)


def waiting_minor(project):
    """Return what the open sign-offs would add, as sent, in minor units."""
    return _WAITING.value(project=project.id)
