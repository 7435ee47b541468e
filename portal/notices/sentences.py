"""How the facts of the rooms below read: they cannot register their own."""

from portal.ledger.verbs import Verb
from portal.notices.registry import Sentence, sentence


def _says(does):
    return lambda _event, _slug: Sentence(does)


def _says_of(does, more=""):
    return lambda event, _slug: Sentence(does, more=more, person=event.body["person"])


for verb, words in {
    Verb.CLIENT_CREATED: _says("added a client"),
    Verb.IDENTITY_ERASED: _says("erased what was kept about a person"),
    Verb.INVITATION_ACCEPTED: _says("accepted the invitation"),
    Verb.INVITATION_SENT: _says_of("invited", "by mail"),
    Verb.MEMBER_REMOVED: _says_of("took", "off the project"),
    Verb.PERSON_CREATED: _says_of("made", "known here"),
}.items():
    sentence(verb)(words)


@sentence(Verb.MEMBER_ADDED)
def member_added(event, slug):
    person, path = event.body["person"], f"/projects/{slug}/people"
    return Sentence("added", "the people", path, f"as {event.body['role']}", person)


@sentence(Verb.PROJECT_CREATED)
def project_created(_event, slug):
    return Sentence("opened", "the project", f"/projects/{slug}")
