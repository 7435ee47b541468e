"""How the facts about documents read."""

from portal.ledger.verbs import Verb
from portal.notices.registry import Sentence, sentence


@sentence(Verb.SEAL_KEY_MADE)
def seal_key_made(_event, _slug):
    return Sentence("made a new key for the studio's seal")
