"""How the facts of care read, whom they reach, and who hears of a complaint at once."""

from portal.access.permissions import Role
from portal.care import asking  # noqa: F401 - it registers what it asks on pages and in mails.
from portal.care.models import CareAnswer, Cause, Escalation
from portal.feedback.models import Feedback
from portal.feedback.words import Kind
from portal.ledger.models import listen
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence


@listen
def escalate(event):
    """Tell the person named for the client of a complaint, in the transaction that files it."""
    if event.verb == Verb.FEEDBACK_FILED and event.body["kind"] == Kind.COMPLAINT:
        Escalation.tell(_item(event), Cause.FILED)


@sentence(Verb.CARE_ANSWERED)
def answered(event, slug):
    word = "well" if event.body["answer"] == "good" else "not well"
    return Sentence("said that", *_what(event, slug), f"was {word} handled")


@sentence(Verb.COMPLAINT_ESCALATED)
def escalated(event, slug):
    what, path = _what(event, slug)
    more = f"about {what}, a complaint without an answer"
    return Sentence("told", person=event.body["person"], more=more, path=path)


@letters(Verb.CARE_ANSWERED)
def tell_producers(event):
    """Whoever runs the project hears of what was not good."""
    if event.body["answer"] == "good":
        return
    item = _item(event)
    answer = CareAnswer.get(feedback=item, user=event.actor_id)
    context = {
        "by": answer.user.name,
        "label": item.label,
        "path": item.studio_path,
        "project": item.project.name,
        "text": answer.why,
        "title": item.title,
    }
    yield Post("care-answered", item.project.people(Role.PRODUCER), context)


def _item(event):
    return Feedback.find(event.project_id, event.subject_number)


def _what(event, slug):
    number = event.subject_number
    return f"feedback {number}", f"/projects/{slug}/feedback/{number}"
