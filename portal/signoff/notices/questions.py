"""How questions and requests for a new version read in the activity, and the letters they send."""

from portal.access.permissions import Role
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.signoff.models import LineQuestion, SignOff, VersionRequest
from portal.signoff.subject import SUBJECTS
from portal.threads import audience, mentions


@sentence(Verb.QUESTION_ASKED)
def asked(event, slug):
    path = LineQuestion.path_of(slug, event.subject_number)
    place = event.body["place"]
    more = f"at {place.replace('-', ' ')}" if place.startswith("line-") else ""
    return Sentence("asked about", _named(event), path, more)


@sentence(Verb.VERSION_REQUESTED)
def requested(event, slug):
    path = f"/projects/{slug}/sign-offs/{event.subject_number}"
    return Sentence("asked for a new version of", _named(event), path)


@letters(Verb.QUESTION_ASKED)
def tell_of_question(event):
    """Tell the producers, and whoever of the project the question names with an @."""
    question = LineQuestion.find(event.project_id, event.subject_number)
    named = mentions.names(audience.readers(question))
    told = question.project.people(Role.PRODUCER) + mentions.mentioned(question.text, named)
    context = {**_about(question.sign_off, question.author, question.text), "path": question.path}
    yield Post("question-asked", _once(told), {**context, "place": question.title})


@letters(Verb.VERSION_REQUESTED)
def tell_of_request(event):
    sign_off = SignOff.get(project=event.project_id, number=event.subject_number)
    made = VersionRequest.get(sign_off=sign_off)
    path = f"/projects/{sign_off.project.slug}/{sign_off.kind}s/{sign_off.subject_number}"
    context = {**_about(sign_off, made.user, made.text), "path": path}
    yield Post("version-requested", sign_off.project.people(Role.PRODUCER), context)


def _named(event):
    body = event.body
    return f"{SUBJECTS[body['kind']].NOUN} {body['subject_number']}, version {body['version']}"


def _once(people):
    return list({person.id: person for person in people}.values())


def _about(sign_off, by, text):
    return {
        "label": sign_off.label,
        "title": sign_off.title,
        "project": sign_off.project.name,
        "by": by.name,
        "by_title": by.title,
        "text": text,
    }
