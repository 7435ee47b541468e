"""What feedback knows of a scope item: the verdicts that were measured by it."""

from portal.core.read import Read
from portal.feedback.words import VerdictKind
from portal.scope.trace import Link, Step, traces

_VERDICTS = Read(
    """select f.number, f.status, f.is_contested, v.kind, v.given_at
       from verdict v join scope_item i on i.id = v.scope_item_id
       join feedback f on f.id = v.feedback_id
       where i.project_id = :project and i.number = :item
         and v.id = (select max(n.id) from verdict n where n.feedback_id = v.feedback_id)
       order by v.id"""
)


@traces
def verdicts(project, item, role):
    """The verdicts that count, each on its feedback."""
    rows = _VERDICTS.all(project=project.id, item=item)
    return [_link(project, row, role) for row in rows]


def _link(project, row, role):
    inbox, page = f"/inbox/{project.slug}", f"/projects/{project.slug}/feedback"
    return Link(
        step=Step.JUDGED,
        what=f"Feedback {row.number}",
        path=f"{inbox if role.is_studio else page}/{row.number}",
        at=row.given_at,
        note=VerdictKind(row.kind).label,
        state="contested" if row.is_contested else str(row.status),
    )
