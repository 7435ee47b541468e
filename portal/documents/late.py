"""What goes along with the letters about a decision: its record, and its PDF once that is sealed."""

from portal.documents import receipts
from portal.documents.models import SealKey
from portal.mail import message
from portal.signoff.models import Receipt, Seal
from portal.storage.limits import PDF

MOST_BYTES = 5_000_000  # Some mail servers stop at ten, and count more than there is.


@message.late("receipt")
@message.late("decision")
@message.late("decision-recorded")
def proof(context):
    """Attach what is there. No letter waits for a seal: its page has the PDF a moment later."""
    key = SealKey.current()
    receipt = Receipt.get_or_none(public_id=context["receipt_path"].rpartition("/")[2])
    seal = receipt and Seal.of(receipt)
    attached = list(_attached(receipt, seal)) if receipt else []
    return {
        "attachments": attached,
        "is_sealed": any(media_type == PDF for _name, media_type, _data in attached),
        "seal_key": key and key.fingerprint,
    }


def _attached(receipt, seal):
    name = receipts.file_name(receipt)
    yield name.replace(".pdf", ".json"), "application/json", receipt.record.encode()
    if seal and seal.is_made and seal.pdf.size_bytes <= MOST_BYTES:
        with seal.pdf.open() as file:
            yield name, PDF, file.read()
