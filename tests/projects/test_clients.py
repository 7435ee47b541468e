"""Companies and their people."""

import pytest

from portal.access.models import User
from portal.core.errors import DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.projects.models import Client, ClientKind
from tests import make

FACTS = {
    "name": "Tide Trust",
    "kind": "internal",
    "legal_name": "Stichting Tide Trust",
    "address": "Kade 12\r\n3011 Rotterdam",
    "tax_number": "NL001",
}
NELL = {"name": "Nell Faber", "email": "nell@museum.test", "title": "curator"}


def test_a_client_is_added_with_its_facts_and_recorded(as_, cast):
    answer = as_(cast.ada).post("/clients", data=FACTS)

    client = Client.get(name="Tide Trust")
    assert answer.location == f"/clients/{client.id}"
    assert (client.kind, client.address) == (ClientKind.INTERNAL, "Kade 12\n3011 Rotterdam")
    assert Event.select().where(Event.verb == Verb.CLIENT_CREATED).count() == 3


@pytest.mark.parametrize("path", ["/clients", "/clients/1"])
def test_a_client_without_a_name_is_refused(as_, cast, path):
    answer = as_(cast.sam).post(path, data=FACTS | {"name": " "})

    assert answer.status_code == 422
    assert "Stichting Tide Trust" in answer.text
    with pytest.raises(DomainError):
        cast.client.describe(name=" ")


def test_facts_about_a_client_can_be_corrected(as_, cast):
    as_(cast.sam).post(f"/clients/{cast.client.id}", data=FACTS | {"name": "Harbour Museum"})

    assert Client.get_by_id(cast.client.id).tax_number == "NL001"


def test_a_person_of_a_client_is_made_known_without_a_letter(as_, cast, letters):
    as_(cast.sam).post(f"/clients/{cast.client.id}/people", data=NELL)

    nell = User.get(email="nell@museum.test")
    assert (nell.client, nell.title, nell.house_role) == (cast.client, "curator", None)
    assert letters() == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("email", "nobody", 'id="person-email-error"'),
        ("email", "cleo.janssen@demo.test", "already known here"),
        ("name", "", "Write the person"),
    ],
)
def test_a_person_who_cannot_be_is_refused_beside_the_field(as_, cast, field, value, words):
    answer = as_(cast.sam).post(f"/clients/{cast.client.id}/people", data=NELL | {field: value})

    assert answer.status_code == 422
    assert words in answer.text
    assert not User.select().where(User.email == "nell@museum.test").exists()


def test_a_person_is_of_the_studio_or_of_a_client_never_both(cast):
    with pytest.raises(ValueError, match="either"):
        make.user("Both", client=cast.client, house_role="team")
    with pytest.raises(ValueError, match="either"):
        make.user("Neither")


def test_a_project_one_is_not_on_is_named_but_leads_nowhere(as_, cast):
    page = as_(cast.ada).get(f"/clients/{cast.client.id}").text

    assert "you are not on it" in page
    assert "/projects/harbour" not in page
    assert "/projects/harbour" in as_(cast.sam).get(f"/clients/{cast.client.id}").text


@pytest.mark.parametrize("number", [999, 2**31])
def test_a_client_that_is_not_there_is_not_found(as_, cast, number):
    assert as_(cast.sam).get(f"/clients/{number}").status_code == 404


def test_no_client_sees_the_list_of_clients(as_, cast):
    for path in ("/clients", "/clients/new", f"/clients/{cast.client.id}"):
        assert as_(cast.cleo).get(path).status_code == 403
        assert as_(cast.dora).get(path).status_code == 403
