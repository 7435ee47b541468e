"""The studio's own seal: made once, kept in PORTAL_DATA as `seal.pem`, readable by us alone.

The row of its certificate and its entry in the instance chain are public; the file is not. Web
and worker may run apart: only whoever seals needs the file.
"""

import base64
import hashlib
import json
import os
import re
import tempfile
from pathlib import Path

from portal import workshop
from portal.core import clock, db
from portal.core.errors import DomainError
from portal.documents.models import SealKey
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.mail import message
from portal.studio.models import Studio

NAME = "seal.pem"
CERTIFICATE = re.compile(
    r"-----BEGIN CERTIFICATE-----\n(.*?)-----END CERTIFICATE-----\n", re.DOTALL
)


class NoKey(DomainError):
    """There is no key to seal with; the message says what to do."""


def path():
    return message.settings().data / NAME


def take():
    """Return the key in use, making it where there was none yet.

    Raises NoKey if it was made and its file is not here.
    """
    key = SealKey.current()
    if key is None:
        return establish()
    if not path().exists():
        raise NoKey(
            f"{path()} is missing: copy it from a backup, or from the machine that seals. If it is"
            " lost for good, `portal seal renew` makes another."
        )
    if fingerprint_of(path().read_text()) != key.fingerprint:
        raise NoKey(f"{path()} is not the key in use. Put back the one with {key.fingerprint}.")
    return key


def begin():
    """Make the first key, so that its fingerprint is known before anything is sealed with it."""
    if SealKey.current() is None:
        establish()


def establish():
    """Make the first key, or take the file that a crash left without a row. Returns its SealKey."""
    if not path().exists():
        _write(_made(), is_first=True)
    with db.change():
        db.queue_up("seal key")
        return SealKey.current() or _enter(path().read_text())


def renew():
    """Make another key and use it from now on. Seals of the old one stay good."""
    text = _made()
    with db.change():
        db.queue_up("seal key")
        before = SealKey.current()
        key = _enter(text, before=before and before.fingerprint)
        if path().exists():
            path().replace(path().with_name(f"seal-{before.fingerprint[:16] if before else 0}.pem"))
        _write(text, is_first=False)
    return key


def fingerprint_of(text):
    """Return the SHA-256 of the first certificate in a PEM text, in hexadecimal."""
    der = base64.b64decode(CERTIFICATE.search(text)[1])
    return hashlib.sha256(der).hexdigest()


def _made():
    with tempfile.TemporaryDirectory(dir=message.settings().data) as folder:
        facts, into = Path(folder) / "facts.json", Path(folder) / "made"
        into.mkdir()
        told = {"name": Studio.here().name, "at": clock.stamp(clock.now())}
        facts.write_text(json.dumps(told), "utf-8")
        return (into / workshop.run("key", facts, into)["file"]).read_text()


def _write(text, *, is_first):
    """Put the file in its place whole. Of two that are first at once, one stays."""
    handle, draft = tempfile.mkstemp(dir=path().parent, prefix=".seal-")  # Its mode is 0600.
    draft = Path(draft)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if not is_first:
            draft.replace(path())
        elif not path().exists():
            os.link(draft, path())
    except FileExistsError:
        return
    finally:
        draft.unlink(missing_ok=True)


def _enter(text, **facts):
    seal, authority = (found[0] for found in CERTIFICATE.finditer(text))
    fingerprint = fingerprint_of(seal)
    name = Studio.here().name
    key = SealKey.create(fingerprint=fingerprint, name=name, certificate=seal, authority=authority)
    record(Verb.SEAL_KEY_MADE, key, by=SYSTEM, fingerprint=fingerprint, **facts)
    return key
