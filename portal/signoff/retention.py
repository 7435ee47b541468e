"""How long evidence of a decision is kept: who signed for years, from where for one."""

import datetime as dt

from portal.core import clock, db
from portal.core.queue import job
from portal.core.read import Read
from portal.ledger.models import SYSTEM, Identity
from portal.projects import erasure
from portal.projects.erasures import RETENTION
from portal.signoff.models import Decision, Receipt, Seal
from portal.storage import unowned

SIGNER_DAYS = 3653  # Ten years: the longest that accounts and contracts are asked for.
DEVICE_DAYS = 365  # Network address and browser: as long as somebody may say it was not them.
ROUND = 200  # What one night takes on, so that it ends.

_SEALED = Read("select 1 as yes from sign_off where snapshot like :pattern limit 1")


@erasure.keeps
def evidence(user):
    """Yield who signed and from where, of everything this person decided, and until when."""
    for made in Decision.select().where(Decision.user == user):
        yield made.signer, made.made_at + dt.timedelta(days=SIGNER_DAYS)
        yield made.device, made.made_at + dt.timedelta(days=DEVICE_DAYS)


@job()
def expire():
    """Let go of what was kept long enough. A receipt that named somebody is sealed without."""
    with db.change():
        devices = _kept_longer(Decision.device, DEVICE_DAYS)
        signers = _kept_longer(Decision.signer, SIGNER_DAYS)
        erasure.let_go(devices + signers, by=SYSTEM, basis=RETENTION)
        _seal_again(signers)
    if devices or signers:
        erasure.clean()


def _kept_longer(column, days):
    old = Decision.made_at < clock.now() - dt.timedelta(days=days)
    query = Decision.select(column).join(Identity, on=(Identity.commitment == column)).where(old)
    return [row[0] for row in query.order_by(Decision.id).limit(ROUND).tuples()]


def _seal_again(signers):
    """The PDF with the name goes; the next one says that it was erased."""
    receipts = Receipt.select(Receipt.id).join(Decision).where(Decision.signer << signers)
    Seal.update(pdf=None, sealed_at=None, fingerprint="", next_try_at=clock.now()).where(
        Seal.receipt.in_(receipts)
    ).execute()


@unowned.names
def in_a_snapshot(sha256):
    """What a client was shown stays what they were shown."""
    return bool(_SEALED.value(pattern=f"%{sha256}%"))
