"""Who is on a project."""

import re

import pytest

from portal.access.models import Membership, User
from portal.access.permissions import Role
from portal.core.errors import Conflict, DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from tests import make

PEOPLE = "/projects/harbour/people"
NELL = {"name": "Nell Faber", "email": "nell@museum.test", "title": "", "role": "approver"}


@pytest.fixture
def nell(cast):
    return make.user("Nell Faber", client=cast.client)


def verbs(project):
    query = Event.select(Event.verb).where(Event.project_id == project.id).order_by(Event.id)
    return [event.verb for event in query]


def test_adding_a_person_lets_them_in_and_invites_them(cast, nell, letters):
    cast.project.add_member(nell, Role.REVIEWER, by=cast.sam)

    assert Membership.of(nell, "harbour").role == Role.REVIEWER
    assert verbs(cast.project)[-2:] == [Verb.MEMBER_ADDED, Verb.INVITATION_SENT]
    assert [letter["To"] for letter in letters()] == ["Nell Faber <nell.faber@demo.test>"]


@pytest.mark.parametrize(
    ("who", "role"),
    [("otto", Role.REVIEWER), ("ada", Role.APPROVER), ("nell", Role.TEAM), ("nell", Role.PRODUCER)],
)
def test_nobody_gets_a_part_that_is_not_of_their_side(cast, nell, who, role):
    cast.nell = nell

    with pytest.raises(DomainError):
        cast.project.add_member(getattr(cast, who), role, by=cast.sam)

    assert Membership.of(getattr(cast, who), "harbour") is None


def test_nobody_is_on_a_project_twice(cast):
    with pytest.raises(Conflict, match="already on this project"):
        cast.project.add_member(cast.vic, Role.APPROVER, by=cast.sam)


def test_a_person_whom_nobody_knows_is_made_known_let_in_and_invited_at_once(cast, letters):
    cast.project.enrol_member(
        Role.SPONSOR, by=cast.sam, name="Nell Faber", email="nell@museum.test"
    )

    nell = User.get(email="nell@museum.test")
    assert (nell.client, Membership.of(nell, "harbour").role) == (cast.client, Role.SPONSOR)
    assert len(letters()) == 1


def test_of_a_person_who_cannot_be_let_in_nothing_is_left(cast, letters):
    with pytest.raises(DomainError):
        cast.project.enrol_member(Role.TEAM, by=cast.sam, name="Nell", email="nell@museum.test")

    assert not User.select().where(User.email == "nell@museum.test").exists()
    assert letters() == []


def test_taking_a_person_off_is_recorded_and_ends_their_invitations(cast, nell):
    member = cast.project.add_member(nell, Role.REVIEWER, by=cast.sam)

    cast.project.remove_member(member, by=cast.sam)

    assert Membership.of(nell, "harbour") is None
    assert nell.invitations.get().revoked_at
    assert verbs(cast.project)[-1] == Verb.MEMBER_REMOVED


def test_the_second_of_two_who_take_a_person_off_is_told(cast):
    member = cast.vic.memberships.get()
    cast.project.remove_member(member, by=cast.sam)

    with pytest.raises(Conflict, match="already"):
        cast.project.remove_member(member, by=cast.sam)


def test_nobody_takes_themself_off(as_, cast):
    mine = Membership.get(user=cast.sam, project=cast.project)

    answer = as_(cast.sam).post(f"{PEOPLE}/{mine.id}/removal")

    assert answer.status_code == 422
    assert "Somebody else has to" in answer.text
    assert Membership.of(cast.sam, "harbour")


def test_whoever_comes_back_gets_a_fresh_invitation(cast, nell):
    member = cast.project.add_member(nell, Role.REVIEWER, by=cast.sam)
    cast.project.remove_member(member, by=cast.sam)

    cast.project.add_member(nell, Role.APPROVER, by=cast.sam)

    assert [bool(one.revoked_at) for one in nell.invitations.order_by("id")] == [True, False]


def test_a_producer_adds_a_known_person_on_the_page(as_, cast, nell):
    browser = as_(cast.sam)
    assert "Nell Faber" in browser.get(PEOPLE).text

    answer = browser.post(PEOPLE, data={"person": nell.id, "role": "approver"})

    assert (answer.status_code, answer.location) == (303, PEOPLE)
    page = browser.get(PEOPLE).text
    assert "An invitation is on its way" in page
    assert re.search(r"Nell Faber</b>, approver", page)
    assert "not here yet" in page


def test_a_producer_adds_a_new_person_on_the_page(as_, cast, letters):
    answer = as_(cast.sam).post("/projects/harbour/new-people", data=NELL)

    assert answer.status_code == 303
    assert letters()[-1]["To"] == "Nell Faber <nell@museum.test>"


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        (PEOPLE, {"person": "nell", "role": "team"}, "cannot be team here"),
        (PEOPLE, {"person": "otto", "role": "reviewer"}, "Not a valid choice"),
        (PEOPLE, {"person": "nell", "role": "admin"}, "Not a valid choice"),
        ("/projects/harbour/new-people", NELL | {"email": "x"}, 'id="person-email-error"'),
        ("/projects/harbour/new-people", NELL | {"role": "producer"}, "Not a valid choice"),
        (
            "/projects/harbour/new-people",
            NELL | {"email": "otto.rivers@demo.test"},
            "already known",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(as_, cast, path, fields, words):
    cast.nell, who = make.user("Nell Faber", client=cast.client), fields.get("person")
    fields = fields | {"person": getattr(cast, who).id} if who else fields

    answer = as_(cast.sam).post(path, data=fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert Membership.select().where(Membership.project == cast.project).count() == 4


def test_a_producer_invites_again_and_takes_back(as_, cast, nell, letters):
    member = cast.project.add_member(nell, Role.REVIEWER, by=cast.sam)
    browser = as_(cast.sam)

    browser.post(f"{PEOPLE}/{member.id}/invitations")
    newest = max(one.id for one in nell.invitations)
    browser.post(f"/projects/harbour/invitations/{newest}/revocation")

    assert "Invitation taken back" in browser.get(PEOPLE).text
    assert len(letters()) == 1  # The one that was not taken back.


@pytest.mark.parametrize("what", ["people/{}/removal", "people/{}/invitations"])
def test_a_member_of_another_project_is_not_found(as_, cast, what):
    theirs = Membership.get(user=cast.otto)

    answer = as_(cast.sam).post(f"/projects/harbour/{what.format(theirs.id)}")

    assert answer.status_code == 404
    assert Membership.of(cast.otto, "otter")


def test_clients_see_names_and_parts_and_nothing_of_invitations(as_, cast, nell):
    cast.project.add_member(nell, Role.REVIEWER, by=cast.sam)

    page = as_(cast.cleo).get(PEOPLE).text

    assert "Sam Moreau" in page
    assert "Nell Faber" in page
    for words in ("not here yet", "Invite again", "Add somebody", "Remove"):
        assert words not in page


def test_a_disabled_person_is_no_longer_listed(as_, cast):
    User.update(disabled_at=cast.vic.created_at).where(User.id == cast.vic.id).execute()
    with cast.project.change() as project:
        project.revise(is_internal=False)

    assert "Vic Aalto" not in as_(cast.cleo).get(PEOPLE).text


def test_the_page_costs_the_same_with_four_people_and_with_thirty(as_, cast, count_queries):
    browser = as_(cast.sam)
    browser.get(PEOPLE)
    with count_queries() as few:
        browser.get(PEOPLE)
    for number in range(26):
        person = make.user(f"Person {number}", client=cast.client)
        cast.project.add_member(person, Role.REVIEWER, by=cast.sam)

    with count_queries() as many:
        browser.get(PEOPLE)
    assert len(many) == len(few) <= 8
