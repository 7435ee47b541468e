"""The running total: what is signed, what waits, and what one more amount would make of it."""

from portal.core import dates, money
from portal.core.read import Read
from portal.scope.baseline.folding import label
from portal.scope.baseline.reading import of
from portal.signoff.subject import Difference, DiffRow, Strip

_OPEN = Read(
    """select kind, subject_number, noun, amount_minor from sign_off
       where project_id = :project and status = 'open' and amount_minor is not null and is_binding
       order by number"""
)


def strip(project, this_minor, launch_on=None, *, subject=None):
    """Return the project's running total with one more amount in it.

    With the `subject` that the amount belongs to, the other things that wait are named.
    """
    baseline = of(project)
    waiting = _pending(project, subject) if subject else []
    first = baseline.standing[0] if baseline.standing else None
    return Strip(
        contract_minor=baseline.contract_minor,
        contract_on=first and first.signed_at.date(),
        changes_minor=baseline.changes_minor,
        changes_count=max(0, len(baseline.standing) - 1),
        this_minor=this_minor,
        launch_on=launch_on or project.launch_on,
        launch_before_on=project.launch_on,
        pending=tuple(_waits(row, project.currency) for row in waiting),
        pending_minor=sum(row.amount_minor for row in waiting),
    )


def _pending(project, subject):
    """Return what else is open about money on the project."""
    own = (subject.KIND, subject.number)
    rows = _OPEN.all(project=project.id)
    return [row for row in rows if (row.kind, row.subject_number) != own]


def _waits(row, currency):
    """Return how a thing that waits is named: "estimate 3 (+12,400)"."""
    named = f"{row.noun} {row.subject_number}" if row.noun else label(row.kind, row.subject_number)
    return f"{named} ({money.show_signed(row.amount_minor, currency)})"


def changed_since(project, decision):
    """Return what others signed on this project after a decision of the reader."""
    later = [a for a in of(project).amendments if a.decision_id > decision.id]
    rows = tuple(
        DiffRow(a.title, f"{a.subject.capitalize()}, signed by {a.signed_by}", None, a.amount_minor)
        for a in later
    )
    day = dates.day(decision.made_at.date())
    yes = decision.sign_off.label.capitalize()
    return Difference(since=f"{yes}, which you approved on {day}.", rows=rows)
