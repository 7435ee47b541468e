"""The listener that wakes whoever seals. The sweep finds what it misses."""

from portal.core import db
from portal.documents import jobs
from portal.ledger.models import listen
from portal.ledger.verbs import Verb


@listen
def wake(event):
    if event.verb in (Verb.DECISION_MADE, Verb.DECISION_RECORDED):
        db.after_commit(jobs.seal.later)
