"""How drafts of estimates read in the activity. Only the studio sees them."""

from portal.ledger.verbs import Verb
from portal.notices.registry import Sentence, sentence


@sentence(Verb.ESTIMATE_DRAFTED)
def drafted(event, slug):
    number, version = event.subject_number, event.body["version"]
    does = "started" if version == 1 else "started a new version of"
    more = "" if version == 1 else f"version {version}"
    return Sentence(does, f"estimate {number}", f"/projects/{slug}/estimates/{number}", more)
