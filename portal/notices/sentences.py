"""How the facts of the rooms below read: they cannot register their own."""

from portal.ledger.verbs import Verb
from portal.notices.registry import Sentence, sentence
from portal.projects.models import Health

HEALTH = {Health.ON_TRACK: "on track", Health.AT_RISK: "at risk", Health.LATE: "late"}

SAID = {"name": "name", "title": "job title", "phone": "phone"}


def _says(does):
    return lambda _event, _slug: Sentence(does)


def _says_of(does, more=""):
    return lambda event, _slug: Sentence(does, more=more, person=event.body["person"])


def _did_to_project(does):
    return lambda _event, slug: Sentence(does, "the project", f"/projects/{slug}")


for verb, words in {
    Verb.ADDRESS_CHANGED: _says("changed their mail address"),
    Verb.ADDRESS_RESTORED: _says("took a change of their mail address back"),
    Verb.CLIENT_CREATED: _says("added a client"),
    Verb.CLIENT_VIEW_OPENED: _says_of("looked at the project as", "does, to read only"),
    Verb.COST_ADDED: _says("wrote down what an hour costs the studio"),
    Verb.COST_ENDED: _says("ended what an hour costs the studio"),
    Verb.IDENTITY_ERASED: _says("erased what was kept about a person"),
    Verb.INVITATION_ACCEPTED: _says("accepted the invitation"),
    Verb.INVITATION_SENT: _says_of("invited", "by mail"),
    Verb.MEMBER_REMOVED: _says_of("took", "off the project"),
    Verb.PERSON_CREATED: _says_of("made", "known here"),
    Verb.PERSON_DISABLED: _says_of("disabled"),
    Verb.PERSON_ENABLED: _says_of("enabled", "again"),
    Verb.PROMISE_GIVEN: _says("changed what a client is promised"),
    Verb.RATE_ADDED: _says("added a price to the rate card"),
    Verb.RATE_ENDED: _says("ended a price of the rate card"),
    Verb.STUDIO_DESCRIBED: _says("changed what stands on letters and estimates about the studio"),
    Verb.TEMPLATE_RENAMED: _says("renamed a template"),
    Verb.TEMPLATE_RESTORED: _says("offered a template again"),
    Verb.TEMPLATE_RETIRED: _says("retired a template"),
    Verb.TEMPLATE_SAVED: _says("saved a template"),
    Verb.TERMS_ISSUED: _says("issued a version of the studio’s terms"),
}.items():
    sentence(verb)(words)


@sentence(Verb.MEMBER_ADDED)
def member_added(event, _slug):
    return Sentence("added", more=f"as {event.body['role']}", person=event.body["person"])


@sentence(Verb.PERSON_DESCRIBED)
def person_described(event, _slug):
    *others, last = [SAID[name] for name in event.body["changed"]]
    changed = f"{', '.join(others)} and {last}" if others else last
    return Sentence(f"changed the {changed} of", person=event.body["person"])


@sentence(Verb.MEMBER_CHANGED)
def member_changed(event, _slug):
    return Sentence("made", more=str(event.body["role"]), person=event.body["person"])


for verb, does in {
    Verb.PROJECT_CLOSED: "closed",
    Verb.PROJECT_CREATED: "opened",
    Verb.PROJECT_REOPENED: "reopened",
}.items():
    sentence(verb)(_did_to_project(does))


@sentence(Verb.PROJECT_DESCRIBED)
def project_described(event, slug):
    changed = event.body["changed"]
    more = f"as {HEALTH[event.body['health']]}" if "health" in changed else ""
    does = "marked" if more else "updated the facts of"
    return Sentence(does, "the project", f"/projects/{slug}", more)
