"""The listener that wakes whoever seals. The sweep finds what it misses."""

from portal.core import db
from portal.documents import jobs
from portal.ledger.models import listen
from portal.ledger.verbs import Verb
from portal.signoff.models import Decision, Receipt, Seal


@listen
def wake(event):
    if event.verb == Verb.DECISION_MADE:
        query = Seal.select(Seal.id).join(Receipt).join(Decision)
        for (seal_id,) in query.where(Decision.event == event.id).tuples():
            db.after_commit(lambda one=seal_id: jobs.seal.later(one))
