"""What a change request knows of a scope item: why it was asked for, and what that came of."""

import json

from portal.changes.models.origins import Origin
from portal.core.read import Read
from portal.scope.trace import Link, Step, traces

WHY_CHARACTERS = 160  # The whole stands where the link leads.

_REASONS = Read(
    """select s.number, s.subject_number, s.version, s.snapshot, s.requested_at
       from scope_edit e join scope_item i on i.id = e.item_id
       join amendment a on a.id = e.amendment_id join decision d on d.id = a.decision_id
       join sign_off s on s.id = d.sign_off_id
       where i.project_id = :project and i.number = :item and a.kind = 'change' order by e.id"""
)


@traces
def reasons(project, item, _role):
    """Why it was changed, and the feedback or the pins behind that."""
    return [_link(project, row) for row in _REASONS.all(project=project.id, item=item)]


def _link(project, row):
    shown = json.loads(row.snapshot)
    origins = [Origin.read(facts) for facts in shown["origins"]]
    return Link(
        step=Step.ASKED,
        what=f"Change request {row.subject_number}, version {row.version}",
        path=f"/projects/{project.slug}/sign-offs/{row.number}#why",
        at=row.requested_at,
        note=f"“{_cut(shown['why'])}”",
        also=tuple((one.label.capitalize(), one.path(project.slug)) for one in origins),
    )


def _cut(text):
    line = " ".join(text.split())
    if len(line) <= WHY_CHARACTERS:
        return line
    return line[:WHY_CHARACTERS].rsplit(" ", 1)[0] + "…"
