"""How a day that was moved reads in the activity, and the letter to whoever still has to answer."""

import datetime as dt

from portal.core import dates
from portal.ledger.verbs import Verb
from portal.notices.registry import Sentence, letters, sentence
from portal.signoff import consequences
from portal.signoff.asking.addressing import requests
from portal.signoff.consequences import Consequence, Stage
from portal.signoff.models import SignOff
from portal.signoff.subject import SUBJECTS


@sentence(Verb.SIGN_OFF_MOVED)
def moved(event, slug):
    body = event.body
    what = f"{SUBJECTS[body['kind']].NOUN} {body['subject_number']}, version {body['version']}"
    path = f"/projects/{slug}/sign-offs/{event.subject_number}"
    return Sentence("moved the day of", what, path, f"to {dates.day(_day(body['due']))}")


@letters(Verb.SIGN_OFF_MOVED)
def tell(event):
    """One letter each; to nobody who has answered, or whose turn it is not."""
    if consequences.of("sign_off", "due", Stage.SENT) != Consequence.NOTICE:
        return
    sign_off = SignOff.get(project=event.project_id, number=event.subject_number)
    before = event.body["due_before"]
    asked = [one for one in sign_off.addressees if one.asked_at and not one.has_answered]
    for post in requests(sign_off, asked, "sign-off-moved"):
        post.context["due_before"] = dates.weekday(_day(before)) if before else ""
        yield post


def _day(text):
    return dt.date.fromisoformat(text)
