"""How feedback reads in the activity, and the letters it sends."""

from functools import partial

from portal.access.permissions import Role
from portal.feedback.models import Feedback, FeedbackMerge, FeedbackStep, Handling, Verdict
from portal.feedback.models.retreating import LETTER
from portal.feedback.words import StepKind, VerdictKind
from portal.ledger.verbs import Verb
from portal.mail.recalling import who_has
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.scope import baseline
from portal.threads import audience

DID = {
    StepKind.CONTESTED: "contests the verdict on",
    StepKind.REOPENED: "reopened",
    StepKind.VERIFIED: "verified",
}


def _says(does):
    return lambda event, slug: _sentence(event, slug, does)


def _says_alone(does, _event, _slug):
    return Sentence(does)


def _sentence(event, slug, does, more="", person=""):
    path = Feedback.path_of(slug, event.subject_number)
    return Sentence(does, f"feedback {event.subject_number}", path, more, person)


for verb, does in {
    Verb.FEEDBACK_CONTESTED: "contested the verdict on",
    Verb.FEEDBACK_REOPENED: "reopened",
    Verb.FEEDBACK_RESOLVED: "resolved",
    Verb.FEEDBACK_SNOOZED: "snoozed",
    Verb.FEEDBACK_SPLIT: "took apart again",
    Verb.FEEDBACK_VERIFIED: "verified",
    Verb.FEEDBACK_WOKEN: "brought back",
}.items():
    sentence(verb)(_says(does))


@sentence(Verb.FEEDBACK_FILED)
def filed(event, slug):
    kind = event.body["kind"]
    return _sentence(event, slug, "filed", "as praise" if kind == "praise" else f"as a {kind}")


@sentence(Verb.VERDICT_GIVEN)
def judged(event, slug):
    label = VerdictKind(event.body["verdict"]).label.lower()
    return _sentence(event, slug, f"gave the verdict “{label}” on")


@sentence(Verb.VERDICT_TAKEN_BACK)
def taken_back(event, slug):
    label = VerdictKind(event.body["verdict"]).label.lower()
    return _sentence(event, slug, f"took back the verdict “{label}” on")


@sentence(Verb.FEEDBACK_ASSIGNED)
def assigned(event, slug):
    person = event.body["person"]
    if person is None:
        return _sentence(event, slug, "took", "out of everybody's hands")
    return _sentence(event, slug, "assigned", "to", person)


@sentence(Verb.FEEDBACK_MERGED)
def merged(event, slug):
    return _sentence(event, slug, "merged", f"into feedback {event.body['into']}")


@sentence(Verb.SEVERITY_SET)
def weighed(event, slug):
    return _sentence(event, slug, "set the severity of", f"to {event.body['severity']}")


for verb, does in {
    Verb.REPLY_REMOVED: "removed a saved reply",
    Verb.REPLY_SAVED: "saved a reply",
}.items():
    sentence(verb)(partial(_says_alone, does))


@letters(Verb.FEEDBACK_FILED)
def tell_producers(event):
    item = _item(event)
    context = {**_context(item), "by": item.filed_by.name, "text": item.text}
    yield Post("feedback-filed", item.project.people(Role.PRODUCER), context)


@letters(Verb.VERDICT_GIVEN)
def tell_verdict(event):
    item = _item(event)
    given = item.given.order_by(Verdict.id.desc()).get()
    context = {
        **_context(item),
        "by": given.by.name,
        "verdict": given.kind.label,
        "promise": given.kind.promises,
        "reason": given.reason,
        "is_final": item.is_final,
        "signed": _signed(item, given.scope_item),
        "path": item.path,
    }
    yield Post(LETTER, audience.of_message(item, given.by), context)


def _signed(item, scope_item):
    """Return what it is measured by: `Scope item 3: Today strip`; empty for none."""
    found = scope_item and baseline.of(item.project).item(scope_item.number)
    return f"Scope item {found.number}: {found.title}" if found else ""


@letters(Verb.VERDICT_TAKEN_BACK)
def tell_taken_back(event):
    """Only those who have the letter about the verdict: nobody else has heard of it."""
    item, step = _item(event), _step(event)
    told = who_has(item.event_of_verdict().id, LETTER)
    verdict = VerdictKind(event.body["verdict"]).label
    context = {**_context(item), "by": step.by.name, "verdict": verdict, "path": item.path}
    people = [one for one in item.project.people() if one.id in told]
    yield Post("verdict-taken-back", people, context)


@letters(Verb.FEEDBACK_RESOLVED)
def ask_to_look(event):
    item, step = _item(event), _step(event)
    context = {**_context(item), "by": step.by.name, "words": step.words, "path": item.path}
    yield Post("feedback-resolved", audience.of_message(item, step.by), context)


@letters(Verb.FEEDBACK_CONTESTED, Verb.FEEDBACK_REOPENED, Verb.FEEDBACK_VERIFIED)
def tell_answer(event):
    item, step = _item(event), _step(event)
    context = {**_context(item), "by": step.by.name, "did": DID[step.kind], "words": step.words}
    yield Post("feedback-answered", audience.of_message(item, step.by), context)


@letters(Verb.FEEDBACK_ASSIGNED)
def tell_assignee(event):
    item = _item(event)
    given = Handling.get(feedback=item)
    if given.assignee:
        context = {**_context(item), "by": given.assigned_by.name, "text": item.text}
        yield Post("feedback-assigned", [given.assignee], context)


@letters(Verb.FEEDBACK_MERGED)
def tell_where_it_goes_on(event):
    item = _item(event)
    merge = FeedbackMerge.get(feedback=item)
    facts = {"by": merge.by.name, "other": merge.into.label, "other_title": merge.into.title}
    context = {**_context(item), **facts, "path": merge.into.path}
    yield Post("feedback-merged", audience.of_message(item, merge.by), context)


def _item(event):
    return Feedback.find(event.project_id, event.subject_number)


def _step(event):
    return _item(event).steps.order_by(FeedbackStep.id.desc()).get()


def _context(item):
    """Return what every letter about it says; the path is the studio's unless a letter says."""
    return {
        "label": item.label,
        "kind": str(item.kind),
        "title": item.title,
        "project": item.project.name,
        "path": item.studio_path,
    }
