"""The tool that makes a studio's own seal: an authority, and a certificate that names the studio.

Both are RSA with 3072 bits, which every PDF reader knows.
"""

import datetime as dt
import json

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

BITS = 3072
AUTHORITY_YEARS, SEAL_YEARS = 30, 15
NAME_CHARS = 64  # X.520: a common name has no more.
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336.


def work(path, into, _tell):
    """Make a key for {"name", "at"}, the studio's name and an instant, JSON at `path`.

    Returns {"file"}: a PEM file with the seal's key and certificate, then the authority's
    certificate and key.
    """
    told = json.loads(path.read_text("utf-8"))
    at = dt.datetime.fromisoformat(told["at"])
    authority_key, seal_key = (rsa.generate_private_key(65537, BITS) for _ in range(2))
    authority = _authority(told["name"], authority_key, at)
    seal = _seal(told["name"], seal_key, authority, authority_key, at)
    parts = [_private(seal_key), _public(seal), _public(authority), _private(authority_key)]
    (into / "seal.pem").write_bytes(b"".join(parts))
    return {"file": "seal.pem"}


def _authority(name, key, at):
    subject = _name(name, f"{_cut(name, 40)}, own authority")
    builder = _builder(subject, subject, key, at, AUTHORITY_YEARS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return builder.add_extension(_usage(certify=True), critical=True).sign(key, hashes.SHA256())


def _seal(name, key, authority, authority_key, at):
    subject = _name(name, f"{_cut(name, 52)}, seal")
    builder = _builder(subject, authority.subject, key, at, SEAL_YEARS)
    issued_by = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    builder = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certify=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(issued_by, critical=False)
    )
    return builder.sign(authority_key, hashes.SHA256())


def _builder(subject, issuer, key, at, years):
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - dt.timedelta(days=1))
        .not_valid_after(at + dt.timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, certify):
    return x509.KeyUsage(
        digital_signature=not certify,
        content_commitment=not certify,
        key_cert_sign=certify,
        crl_sign=certify,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(studio, common):
    parts = {NameOID.ORGANIZATION_NAME: _cut(studio, NAME_CHARS), NameOID.COMMON_NAME: common}
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts.items()])


def _cut(name, chars):
    return name[:chars].strip()


def _private(key):
    kind = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())


def _public(certificate):
    return certificate.public_bytes(serialization.Encoding.PEM)
