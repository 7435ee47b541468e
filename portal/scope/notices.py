"""How amendments read in the activity."""

from portal.core import money
from portal.ledger.verbs import Verb
from portal.notices.registry import Sentence, sentence


@sentence(Verb.AMENDMENT_MADE)
def made(event, slug):
    amount = event.body["amount"]
    figure = money.show_signed(amount["minor"], amount["currency"])
    more = f"({figure} {amount['currency']})"
    made = f"baseline {event.subject_number}"
    return Sentence("moved the contract to", made, f"/projects/{slug}/scope", more)
