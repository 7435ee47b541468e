"""How change requests read in the activity, and the letter when a client asks for one."""

from portal.access.permissions import Role
from portal.changes.models import Cause, ChangeRequest
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.projects.models import Project


@sentence(Verb.CHANGE_DRAFTED)
def drafted(event, slug):
    version = event.body["version"]
    does = "started" if version == 1 else "started a new version of"
    more = "" if version == 1 else f"version {version}"
    return Sentence(does, _label(event), _path(event, slug), more)


@sentence(Verb.CHANGE_REQUESTED)
def asked(event, slug):
    return Sentence("asked for", _label(event), _path(event, slug))


@letters(Verb.CHANGE_REQUESTED)
def tell_producers(event):
    project = Project.get_by_id(event.project_id)
    change = ChangeRequest.find(project, event.subject_number)
    context = {
        "by": change.raised_by.name,
        "title": change.asked_title,
        "why": change.asked_why,
        "label": _label(event),
        "project": project.name,
        "path": _path(event, project.slug),
    }
    yield Post("change-requested", project.people(Role.PRODUCER), context)


def _label(event):
    noun = "funding request" if event.body.get("cause") == Cause.BUDGET else "change request"
    return f"{noun} {event.subject_number}"


def _path(event, slug):
    return f"/projects/{slug}/changes/{event.subject_number}"
