"""The sealed PDFs, for an export of the ledger; and the certificates that they can be checked with."""

from portal.documents.models import SealKey
from portal.ledger.export import contribute
from portal.projects.models import Project
from portal.signoff.models import Receipt, Seal
from portal.storage.models import Blob


@contribute
def sealed(project_ids):
    """Yield each sealed receipt, byte for byte as both sides got it."""
    rows = Seal.select(Seal, Receipt, Project, Blob).join(Receipt).join(Project)
    rows = rows.switch(Seal).join(Blob).order_by(Receipt.project, Receipt.number)
    for row in rows if project_ids is None else rows.where(Receipt.project.in_(project_ids)):
        with row.pdf.open() as file:
            yield f"sealed/{row.receipt.project.slug}-{row.receipt.number}.pdf", file.read()


@contribute
def certificates(_project_ids):
    keys = list(SealKey.select().order_by(SealKey.id))
    if keys:
        yield "sealed/certificates.pem", "".join(key.bundle for key in keys).encode()
