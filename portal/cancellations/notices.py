"""How cancellations read in the activity. Their letters are those of any sign-off."""

from portal.ledger.verbs import Verb
from portal.notices.registry import Sentence, sentence


@sentence(Verb.CANCELLATION_DRAFTED)
def drafted(event, slug):
    number = event.subject_number
    path = f"/projects/{slug}/cancellations/{number}"
    return Sentence("drafted", f"cancellation {number}", path)
