"""Everybody who is known here: shutting out, letting in, another part, an admin who comes along."""

import threading

import pytest

from portal.access.models import Invitation, Membership, User
from portal.access.permissions import HouseRole, Role
from portal.core import db
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter, LetterStatus
from portal.notices import feed
from portal.notices.registry import SENTENCES
from portal.projects import people, queries
from portal.projects.promises import Promise
from portal.signoff.models import Decision, SignOff
from tests import make

FACTS = {"name": "Cleo van Dam", "title": "director", "phone": "010 555 0100"}


@pytest.fixture
def max_(cast):
    """A second person of the client who may decide anything."""
    found = make.user("Max Ode", client=cast.client)
    make.member(found, cast.project, Role.SPONSOR)
    return found


@pytest.fixture
def asked(cast):
    return make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])


def last(verb):
    return Event.select().where(Event.verb == verb).order_by(Event.id.desc()).first()


def member_of(user, project):
    return Membership.get(user=user, project=project)


def holder(sign_off):
    return SignOff.get_by_id(sign_off.id).seats[0]


# Shutting out ------------------------------------------------------------------------------------


def test_whoever_is_disabled_is_out_at_the_next_click_in_every_browser(as_, cast):
    browsers = [as_(cast.cleo), as_(cast.cleo)]

    people.disable(cast.cleo, by=cast.ada)

    assert [one.get("/").status_code for one in browsers] == [303, 303]
    assert cast.cleo.live_sessions() == []


def test_letters_stop_those_that_wait_too(cast, asked, letters):
    people.disable(cast.cleo, by=cast.ada)

    assert [letter for letter in letters() if letter["To"].startswith("Cleo")] == []
    mine = Letter.select().where(Letter.user_id == cast.cleo.id)
    assert {letter.status for letter in mine} == {LetterStatus.SKIPPED}


def test_open_seats_go_to_who_else_may_and_without_one_the_producers_are_told(cast, asked, max_):
    people.disable(cast.cleo, by=cast.ada)
    assert holder(asked).user == max_

    people.disable(max_, by=cast.ada)
    assert holder(asked).vacated_at
    assert Letter.select().where(Letter.template == "seat-empty").get().user_id == cast.sam.id


def test_what_they_signed_stays(cast, asked):
    make.answer(asked, by=cast.cleo)

    people.disable(cast.cleo, by=cast.ada)

    assert Decision.get().user == cast.cleo
    assert SignOff.get_by_id(asked.id).status == "approved"


def test_invitations_are_taken_back_and_the_fact_names_nobody(cast):
    Invitation.send(cast.vic, by=cast.sam, project=cast.project)

    people.disable(cast.vic, by=cast.ada)

    assert cast.vic.invitations.get().revoked_at
    line = last(Verb.PERSON_DISABLED).line
    assert cast.vic.identity in line
    assert "Vic" not in line
    assert "demo.test" not in line


def test_a_disabled_person_gets_no_new_letter(cast, asked, letters):
    people.disable(cast.cleo, by=cast.ada)
    asked.move_due(asked.due_on, by=cast.sam) if asked.due_on else None
    make.feedback(cast.project, by=cast.vic)

    assert not [letter for letter in letters() if letter["To"].startswith("Cleo")]


def test_nobody_disables_themself_or_twice(cast):
    with pytest.raises(DomainError, match="Somebody else"):
        people.disable(cast.ada, by=cast.ada)
    people.disable(cast.vic, by=cast.ada)
    with pytest.raises(Conflict):
        people.disable(User.get_by_id(cast.vic.id), by=cast.ada)


def test_of_two_admins_who_disable_each_other_one_stays(cast):
    other = make.user("Bo Admin", house_role=HouseRole.ADMIN)
    pairs, refused = [(cast.ada, other), (other, cast.ada)], []

    def act(who, by):
        try:
            with db.handle.obj.connection_context():
                people.disable(who, by=by)
        except Forbidden as wrong:
            refused.append(wrong)

    threads = [threading.Thread(target=act, args=pair) for pair in pairs]
    [one.start() for one in threads]
    [one.join() for one in threads]

    assert len(refused) == 1
    assert User.select().where(User.house_role == "admin", User.disabled_at.is_null()).count() == 1


def test_whoever_is_enabled_can_come_in_again_and_nothing_else_came_back(as_, cast, asked, max_):
    browser = as_(cast.cleo)
    people.disable(cast.cleo, by=cast.ada)

    people.enable(User.get_by_id(cast.cleo.id), by=cast.ada)

    assert browser.get("/").status_code == 303
    assert as_(cast.cleo).get("/projects/harbour").status_code == 200
    assert holder(asked).user == max_
    assert last(Verb.PERSON_ENABLED).body == {"person": cast.cleo.identity}


def test_the_page_of_a_project_changes_for_who_has_it_open(as_, cast):
    browser, path = as_(cast.sam), "/projects/harbour/people"
    page = browser.get(path)

    people.disable(cast.vic, by=cast.ada)

    again = browser.get(path, headers={"If-None-Match": page.headers["ETag"]})
    assert "cannot sign in, and gets no letter" in again.text
    assert "Vic Aalto" not in as_(cast.cleo).get(path).text


# Another part ------------------------------------------------------------------------------------


def test_another_part_counts_at_the_next_click_and_is_on_record(as_, cast):
    browser = as_(cast.dora)
    member = member_of(cast.dora, cast.project)
    assert browser.get("/projects/harbour/facts").status_code == 403

    cast.project.change_role(member, Role.PRODUCER, by=cast.sam)

    assert browser.get("/projects/harbour/facts").status_code == 200
    facts = {"person": cast.dora.identity, "was": "team", "role": "producer"}
    assert last(Verb.MEMBER_CHANGED).body == facts
    entry = feed.latest(cast.project, cast.sam, 1)[0]
    assert (entry.says.does, entry.person, entry.says.more) == (
        "made", "Dora Lindqvist", "producer"
    )  # fmt: skip


def test_whoever_decides_no_longer_leaves_open_seats_to_others(cast, asked, max_):
    member = member_of(cast.cleo, cast.project)

    cast.project.change_role(member, Role.REVIEWER, by=cast.sam)

    assert (holder(asked).user, holder(asked).instead_of) == (max_, cast.cleo)


def test_a_seat_stays_with_whoever_still_decides(cast, asked, max_):
    cast.project.change_role(member_of(cast.cleo, cast.project), Role.SPONSOR, by=cast.sam)

    assert holder(asked).user == cast.cleo


@pytest.mark.parametrize(
    ("who", "role"), [("cleo", Role.TEAM), ("dora", Role.SPONSOR), ("sam", Role.TEAM)]
)
def test_a_part_of_the_other_side_and_ones_own_cannot_be_changed(cast, who, role):
    member = member_of(getattr(cast, who), cast.project)

    with pytest.raises(DomainError):
        cast.project.change_role(member, role, by=cast.sam)

    assert member_of(getattr(cast, who), cast.project).role == member.role


def test_of_two_who_change_a_part_at_once_the_second_is_told(cast):
    one, two = (member_of(cast.cleo, cast.project) for _ in range(2))
    cast.project.change_role(one, Role.SPONSOR, by=cast.sam)

    with pytest.raises(Conflict):
        cast.project.change_role(two, Role.REVIEWER, by=cast.sam)


def test_a_producer_changes_a_part_on_the_page(as_, cast):
    member = member_of(cast.vic, cast.project)
    path = f"/projects/harbour/people/{member.id}/role"

    assert as_(cast.sam).post(path, data={"role": "approver"}).status_code == 303
    assert as_(cast.sam).post(path, data={"role": "king"}).status_code == 422
    assert as_(cast.dora).post(path, data={"role": "sponsor"}).status_code == 403
    assert member_of(cast.vic, cast.project).role == Role.APPROVER


# An admin among the others -----------------------------------------------------------------------


def test_an_admin_adds_themself_on_record_and_the_producers_are_told(as_, cast, letters):
    browser, path = as_(cast.ada), f"/clients/{cast.client.id}/memberships"
    assert browser.get("/projects/harbour").status_code == 404
    assert "Add yourself" in browser.get(f"/clients/{cast.client.id}").text

    answer = browser.post(path, data={"project": cast.project.id, "role": "team"})

    assert answer.location == "/projects/harbour"
    assert browser.get("/projects/harbour").status_code == 200
    assert last(Verb.MEMBER_ADDED).body == {"person": cast.ada.identity, "role": "team"}
    sent = letters()[-1]
    assert (sent["To"], sent["Subject"]) == (
        "Sam Moreau <sam.moreau@demo.test>", "Ada Brandt is on Harbour now"
    )  # fmt: skip


def test_nobody_but_an_admin_comes_unasked(as_, cast):
    tess = make.user("Tess Rowan", house_role=HouseRole.PRODUCER)
    path = f"/clients/{cast.client.id}/memberships"
    data = {"project": cast.project.id, "role": "team"}

    assert as_(tess).post(path, data=data).status_code == 403
    with pytest.raises(Forbidden):
        people.join(cast.project, tess, Role.TEAM, by=tess)
    assert as_(cast.ada).post(path, data=data | {"project": 999}).status_code == 422
    assert as_(cast.ada).post(path, data=data | {"role": "sponsor"}).status_code == 422


# The pages ---------------------------------------------------------------------------------------


def test_each_person_stands_there_with_state_and_parts(as_, cast):
    as_(cast.cleo)
    Invitation.send(cast.vic, by=cast.sam, project=cast.project)
    people.disable(cast.otto, by=cast.ada)

    found = {one.name: one for one in queries.everyone()}

    states = {name.split()[0].lower(): one.state for name, one in found.items()}
    assert states == {
        "ada": "known", "cleo": "active", "dora": "known",
        "otto": "disabled", "sam": "known", "vic": "invited",
    }  # fmt: skip
    sam = [(part.project.slug, part.role) for part in found["Sam Moreau"].parts]
    assert sam == [("harbour", "producer"), ("otter", "producer")]


def test_people_are_found_by_words_and_state(as_, cast):
    people.disable(cast.otto, by=cast.ada)
    browser = as_(cast.ada)

    page = browser.get("/people?q=HARBOUR%20m").text
    assert "Cleo Janssen" in page
    assert "Otto Rivers" not in page
    page = browser.get("/people?state=disabled").text
    assert "Otto Rivers" in page
    assert "Cleo Janssen" not in page
    for odd in ("?state=odd", "?after=x", "?after=99999999999", "?q=%25%00"):
        assert browser.get(f"/people{odd}").status_code == 200


def test_many_people_come_page_by_page_each_once(cast, count_queries):
    for number in range(50):
        make.user(f"Person {number % 7}", email=f"p{number}@demo.test", client=cast.client)

    with count_queries() as seen:
        first = queries.everyone()
    rest = queries.everyone(after=first.next_key)

    ids = [one.id for one in (*first, *rest)]
    assert len(ids) == len(set(ids)) == User.select().count()
    assert rest.next_key is None
    assert len(seen) == 2


def test_only_an_admin_sees_everybody(as_, cast):
    for who in (cast.sam, cast.dora, cast.cleo):
        assert as_(who).get("/people").status_code == 403
    page = as_(cast.ada).get("/").text
    assert 'href="/people"' in as_(cast.ada).get("/studio").text
    assert page


def test_an_admin_shuts_out_and_lets_in_on_the_page_of_a_person(as_, cast):
    browser, path = as_(cast.ada), f"/people/{cast.sam.id}"
    assert "Nobody else runs Harbour, Otter" in browser.get(path).text

    assert browser.post(f"{path}/disabling").location == path
    assert "Enable again" in browser.get(path).text
    assert browser.post(f"{path}/enabling").location == path
    assert browser.get("/people/999").status_code == 404


def test_an_admin_corrects_what_is_said_of_a_person(as_, cast):
    browser, path = as_(cast.ada), f"/people/{cast.cleo.id}"

    assert browser.post(path, data=FACTS).location == path
    assert browser.post(path, data=FACTS | {"name": " "}).status_code == 422

    cleo = User.get_by_id(cast.cleo.id)
    assert {name: getattr(cleo, name) for name in FACTS} == FACTS
    told = last(Verb.PERSON_DESCRIBED)
    assert told.actor == cast.ada.identity
    assert told.body == {"person": cleo.identity, "changed": ["name", "title", "phone"]}


def test_how_a_page_looks_to_oneself_is_no_fact(cast):
    cast.cleo.describe(name=cast.cleo.name, theme="dark", zone="Asia/Tokyo")

    assert last(Verb.PERSON_DESCRIBED) is None


def test_what_somebody_hears_of_is_said_before_they_are_disabled(as_, cast):
    page = as_(cast.ada).get(f"/people/{cast.dora.id}").text
    assert "Complaints of" not in page
    Promise.name_for_complaints(cast.client, cast.dora, by=cast.ada)
    page = as_(cast.ada).get(f"/people/{cast.dora.id}").text
    assert "Complaints of Harbour Museum reach Dora at once" in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"phone": "1"}, "changed the phone of"),
        ({"name": "Dora L", "title": "x"}, "changed the name and job title of"),
        (
            {"name": "Dora L", "title": "x", "phone": "1"},
            "changed the name, job title and phone of",
        ),
    ],
)
def test_what_was_changed_about_somebody_is_said(cast, facts, said):
    dora = User.get_by_id(cast.dora.id)
    dora.describe(by=cast.ada, **{"name": dora.name} | facts)
    assert SENTENCES[Verb.PERSON_DESCRIBED](last(Verb.PERSON_DESCRIBED), "").does == said
