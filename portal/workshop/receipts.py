"""The tool that reads what somebody says is a receipt: its seal, and the record inside it.

It says what is so, and judges nothing: whose seal it is, and what the ledger holds, is asked by
whoever knows the keys.
"""

import hashlib
import zlib

from pyhanko.pdf_utils import misc
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from portal.storage.limits import Unusable
from portal.workshop.at_once import at_once

NO_PDF = "This is not a PDF that can be read. Choose the receipt as it was downloaded."
WANTED = {"record.json", "snapshot.json"}
MOST_FILES = 20  # Of ours there are two.
MOST_BYTES = 4_000_000  # Of an attachment: a record has a few thousand.
BROKEN = (
    *(misc.PdfError, SigningError, SignatureValidationError, ValueError, KeyError, TypeError),
    *(AttributeError, IndexError, RuntimeError, OSError, AssertionError, zlib.error),
)


def work(path, into, tell):
    """Return {"seals": [...], "attached": {name: {"file", "sha256"}}}.

    A seal is {"fingerprint": SHA-256 of the certificate, "intact": whether what it covers is as it
    was, "whole": whether that is the whole file}. Raises Unusable for what is no PDF.
    """
    with path.open("rb") as file:
        try:
            reader = PdfFileReader(file, strict=False)
            signatures = list(reader.embedded_signatures)
            attached = dict(_attached(reader, into))
        except BROKEN as error:
            raise Unusable(NO_PDF) from error
        tell(1, 2)
        return {"seals": [_seal(one) for one in signatures], "attached": attached}


def _seal(signature):
    """Say how one signature of the file stands. One that cannot be read is not intact."""
    fingerprint = ""
    try:
        certificate = signature.signer_cert
        fingerprint = hashlib.sha256(certificate.dump()).hexdigest()
        trust = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        status = at_once(async_validate_pdf_signature(signature, trust))
    except BROKEN:
        return {"fingerprint": fingerprint, "intact": False, "whole": False}
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    return {"fingerprint": fingerprint, "intact": status.intact and status.valid, "whole": whole}


def _attached(reader, into):
    """Yield the name of each record in the file, once it is written to `into`.

    One that cannot be read is left out: its bytes were changed, which its seal tells.
    """
    files = reader.root.get("/AF", ())
    for i in range(min(len(files), MOST_FILES)):
        specification = files[i]
        name = str(specification.get("/UF", specification.get("/F", "")))
        if name in WANTED:
            try:
                data = specification["/EF"]["/F"].data[:MOST_BYTES]
            except BROKEN:
                continue
            (into / name).write_bytes(data)
            yield name, {"file": name, "sha256": hashlib.sha256(data).hexdigest()}
