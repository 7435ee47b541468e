"""The tool that puts the studio's seal on a PDF of ours: PAdES B-B, over the whole file."""

import re

from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields
from pyhanko_certvalidator.registry import SimpleCertificateStore

from portal.workshop.at_once import at_once

BLOCK = re.compile(rb"-----BEGIN ([A-Z ]+)-----.*?-----END \1-----\n?", re.DOTALL)
FIELD = "Seal"
#: What a reader shows beside the seal. It is the studio's, never a signature of the client.
REASON = "Sealed by {name}: the record of an electronic signature with evidence"


class _Writer(IncrementalPdfFileWriter):
    """Adds to a PDF, and leaves what the file says of itself as typst wrote it: valid PDF/A."""

    def _update_meta(self):
        return


def work(path, into, _tell, key):
    """Seal the PDF at `path` with the PEM file `key`. Returns {"file"}, the sealed PDF."""
    signer, name = _signer(key.read_bytes())
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        name=name,
        reason=REASON.format(name=name),
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    with path.open("rb") as pdf, (into / "sealed.pdf").open("wb") as sealed:
        writer = _Writer(pdf)
        at_once(PdfSigner(metadata, signer=signer).async_sign_pdf(writer, output=sealed))
    return {"file": "sealed.pdf"}


def _signer(text):
    """Return the signer of a PEM file, and the name in its certificate."""
    key, *certificates = (pem.unarmor(found[0])[2] for found in BLOCK.finditer(text))
    seal, authority = (x509.Certificate.load(one) for one in certificates[:2])
    store = SimpleCertificateStore()
    store.register(authority)
    signer = SimpleSigner(
        signing_cert=seal,
        signing_key=keys.PrivateKeyInfo.load(key),
        cert_registry=store,
        embed_roots=True,
    )
    return signer, seal.subject.native["organization_name"]
