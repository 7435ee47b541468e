"""How mandates, stand-ins and seats read in the activity, and the letters they send."""

import datetime as dt

from portal.access.permissions import Role
from portal.core import dates
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.signoff.asking.addressing import about, in_words, requests
from portal.signoff.models import Addressee, Mandate, SignOff, StandIn
from portal.signoff.subject import SUBJECTS


@sentence(Verb.SIGN_OFF_ROUTED)
def routed(event, slug):
    return Sentence("passed on", *_linked(event, slug), "to", event.body["person"])


@sentence(Verb.SIGN_OFF_READDRESSED)
def readdressed(event, slug):
    return Sentence("moved a seat of", *_linked(event, slug), "to", event.body["person"])


@sentence(Verb.SIGN_OFF_VACATED)
def vacated(event, slug):
    return Sentence("found nobody for a seat of", *_linked(event, slug), "whose holder left")


@sentence(Verb.MANDATE_SET)
def mandate_set(event, _slug):
    return Sentence("set the mandate of", more=limits(event.body), person=event.body["person"])


@sentence(Verb.STAND_IN_NAMED)
def named(event, _slug):
    body = event.body
    days = f"as a stand-in from {_day(body['from'])} until {_day(body['until'])}"
    return Sentence("named", more=days, person=body["person"])


@sentence(Verb.STAND_IN_ENDED)
def ended(event, _slug):
    return Sentence("ended the stand-in of", person=event.body["absent"])


@letters(Verb.SIGN_OFF_ROUTED)
def ask_who_covers(event):
    """The letters of the sending itself reach whoever was asked by the portal then."""
    if event.actor_id is not None:
        yield from _request(event)


@letters(Verb.SIGN_OFF_READDRESSED)
def ask_instead(event):
    yield from _request(event)


@letters(Verb.SIGN_OFF_VACATED)
def tell_of_empty_seat(event):
    """Tell the producers: somebody has to be asked, and only they can."""
    sign_off = SignOff.get(project=event.project_id, number=event.subject_number)
    seat = Addressee.get_by_id(event.body["seat"])
    context = {**about(sign_off), "who": seat.user.name}
    yield Post("seat-empty", sign_off.project.people(Role.PRODUCER), context)


@letters(Verb.MANDATE_SET)
def tell_of_mandate(event):
    """Tell whose mandate it is, and the sponsors who answer for the client."""
    mandate = Mandate.get(project=event.project_id, number=event.subject_number)
    project = mandate.project
    context = {
        "project": project.name,
        "path": f"/projects/{project.slug}/people",
        "person": mandate.user.name,
        "limits": limits(event.body),
        "by": mandate.set_by.name,
    }
    yield Post("mandate-set", [mandate.user], context | {"is_mine": True})
    yield Post("mandate-set", project.people(Role.SPONSOR), context | {"is_mine": False})


@letters(Verb.STAND_IN_NAMED)
def tell_stand_in(event):
    """Tell whoever stands in, and whoever is away where somebody else named them."""
    stand_in = StandIn.get(project=event.project_id, number=event.subject_number)
    context = {
        "project": stand_in.project.name,
        "path": f"/projects/{stand_in.project.slug}",
        "absent": stand_in.absent.name,
        "person": stand_in.person.name,
        "from": dates.weekday(stand_in.from_on),
        "until": dates.weekday(stand_in.until_on),
        "by": stand_in.named_by.name,
    }
    yield Post("stand-in", [stand_in.person], context | {"is_absent": False})
    yield Post("stand-in", [stand_in.absent], context | {"is_absent": True})


def limits(body):
    """Return a mandate in words: "to EUR 2,000 at once"."""
    kinds = [f"{SUBJECTS[kind].NOUN}s" for kind in body["kinds"] if kind in SUBJECTS]
    said = [f"to {' and '.join(kinds)}"] if kinds else []
    if body["decision_limit"]:
        said.append(f"to {in_words(body['decision_limit'])} for one decision")
    if body["project_limit"]:
        said.append(f"to {in_words(body['project_limit'])} in all")
    return ", ".join(said) or "without a limit"


def _request(event):
    seat = Addressee.get_by_id(event.body["seat"])
    if seat.asked_at is not None:
        yield from requests(seat.sign_off, [seat])


def _linked(event, slug):
    body = event.body
    what = f"{SUBJECTS[body['kind']].NOUN} {body['subject_number']}, version {body['version']}"
    return what, f"/projects/{slug}/sign-offs/{event.subject_number}"


def _day(text):
    return dates.day(dt.date.fromisoformat(text))
