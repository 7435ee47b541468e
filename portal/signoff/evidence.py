"""What the ledger's entries about sign-offs point to, for its export: snapshots and receipts.

A snapshot names its files as `"files": [sha256, …]` or `{"sha256": …}`, wherever in it they are.
"""

from portal.ledger.export import contribute
from portal.projects.models import Project
from portal.signoff.models import Receipt, SignOff


@contribute
def snapshots(project_ids):
    """Yield what clients were shown, exactly the bytes that were hashed."""
    rows = SignOff.select(SignOff.digest, SignOff.snapshot).order_by(SignOff.digest, SignOff.id)
    for digest, snapshot in _of(rows, SignOff, project_ids).tuples().iterator():
        yield f"snapshots/{digest}.json", snapshot.encode()


@contribute
def receipts(project_ids):
    """Yield the record of each decision."""
    rows = Receipt.select(Project.slug, Receipt.number, Receipt.record).join(Project)
    rows = rows.order_by(Receipt.project, Receipt.number)
    for slug, number, record in _of(rows, Receipt, project_ids).tuples().iterator():
        yield f"receipts/{slug}-{number}.json", record.encode()


def _of(rows, model, project_ids):
    return rows if project_ids is None else rows.where(model.project.in_(project_ids))
