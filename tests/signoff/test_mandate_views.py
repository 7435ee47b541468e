"""Mandates, stand-ins and seats over HTTP: what each reader sees, may post, and is told."""

import re

import pytest

from portal.access.permissions import Role
from portal.signoff.models import Mandate, Rule, SignOff, StandIn
from tests import make


@pytest.fixture
def member(cast):
    return make.member_of(cast.cleo, cast.project)


@pytest.fixture
def small(cast, sent, eva):
    """What Cleo may decide alone is less than what was sent to her."""
    make.mandate(cast.cleo, cast.project, by=cast.sam, decision_limit_minor=100_00)
    return sent


def test_the_people_page_says_how_much_each_decides_and_who_stands_in(cast, as_, joris, eva, away):
    make.mandate(
        cast.cleo,
        cast.project,
        by=cast.sam,
        kinds=["estimate"],
        decision_limit_minor=2_000_00,
        project_limit_minor=9_000_00,
    )
    away(cast.cleo, joris)

    page = as_(cast.vic).get("/projects/harbour/people").text

    limits = "Decides about estimates, up to 2,000 EUR at once, up to 9,000 EUR in all (0 used)"
    assert limits in page
    assert "Decides anything" in page
    assert "Joris Verhaegen answers from" in page


def test_a_producer_sets_a_mandate_in_the_project_s_currency(cast, as_, member):
    url = f"/projects/harbour/people/{member.id}"
    typed = {"kinds": ["estimate", "change"], "decision_limit": "2,000.50", "project_limit": ""}

    answer = as_(cast.sam).post(f"{url}/mandates", data=typed, follow_redirects=True)

    made = Mandate.get()
    assert (made.decision_limit_minor, made.project_limit_minor) == (2_000_50, None)
    assert made.kinds == ["change", "estimate"]
    assert "2,000.50 EUR" in answer.text


@pytest.mark.parametrize(
    "typed", [{"decision_limit": "much"}, {"project_limit": "-1"}, {"kinds": "wishes"}]
)
def test_what_is_no_mandate_is_said_beside_its_field(cast, as_, member, typed):
    answer = as_(cast.sam).post(f"/projects/harbour/people/{member.id}/mandates", data=typed)

    assert answer.status_code == 422
    assert f'id="{next(iter(typed))}-error"' in answer.text
    assert not Mandate.select().exists()


def test_there_is_no_mandate_page_for_whoever_decides_nothing(cast, as_):
    for person in (cast.vic, cast.dora):
        number = make.member_of(person, cast.project).id
        assert as_(cast.sam).get(f"/projects/harbour/people/{number}/mandate").status_code == 404


def test_one_names_who_answers_for_oneself(cast, as_, member, joris):
    url = f"/projects/harbour/people/{member.id}/stand-ins"
    days = {"person": joris.id, "from_on": "2099-01-01", "until_on": "2099-01-08"}

    assert as_(cast.cleo).post(url, data=days).status_code == 303
    again = as_(cast.cleo).post(url, data=days)

    assert (StandIn.get().absent, StandIn.get().person) == (cast.cleo, joris)
    assert again.status_code == 422
    assert "End that first" in again.text


def test_an_approver_cannot_name_anybody_elses_and_is_offered_no_form(cast, as_, member, joris):
    url = f"/projects/harbour/people/{member.id}"

    page = as_(joris).get(f"{url}/mandate").text
    days = {"person": joris.id, "from_on": "2099-01-01", "until_on": "2099-01-08"}

    assert "Name a stand-in" not in page
    assert as_(joris).post(f"{url}/stand-ins", data=days).status_code == 403


def test_whoever_is_over_the_mandate_reads_who_can_and_passes_it_on(cast, small, as_, eva):
    browser = as_(cast.cleo)
    page = browser.get(small.path).text

    assert "This is over what you may decide alone (100 EUR). Eva Lind can." in page
    assert 'name="consent"' not in page
    assert browser.post(f"{small.path}/routings").status_code == 303
    assert "Eva Lind can, and is asked already." in browser.get(small.path).text
    assert 'name="consent"' in as_(eva).get(small.path).text


def test_what_lifts_the_price_over_the_mandate_is_refused_and_kept(cast, sent, as_, post, eva):
    make.mandate(cast.cleo, cast.project, by=cast.sam, decision_limit_minor=150_00)
    with_film = sent.offer(("2",))

    answer = post(
        as_(cast.cleo), sent, option=["2"], total=with_film.total_minor, notes="With the film."
    )

    assert answer.status_code == 409
    assert "over what you may decide alone (150 EUR). Eva Lind can." in answer.text
    assert re.search(r'name="option" value="2"', answer.text)
    assert SignOff.get_by_id(sent.id).is_open


def test_passing_on_is_for_who_was_asked_and_what_is_over(cast, sent, as_, joris):
    assert as_(joris).post(f"{sent.path}/routings").status_code == 403
    assert as_(cast.vic).post(f"{sent.path}/routings").status_code == 403
    assert as_(cast.cleo).post(f"{sent.path}/routings").status_code == 409


def test_a_stand_in_finds_the_question_and_reads_for_whom(cast, sent, as_, joris, away):
    away(cast.cleo, joris)

    assert "You answer for Cleo Janssen." in as_(joris).get("/").text
    assert "For Cleo Janssen" in as_(joris).get(sent.path).text


def test_what_a_stand_in_signed_says_for_whom(cast, sent, as_, joris, away):
    away(cast.cleo, joris)
    receipt = make.answer(sent, by=joris).receipts.get()

    assert "for Cleo Janssen" in as_(joris).get(receipt.path).text
    assert "Joris Verhaegen answered for you" in as_(cast.cleo).get(sent.path).text
    assert "for Cleo Janssen" in as_(cast.vic).get("/projects/harbour/activity").text


def test_whose_turn_has_not_come_sees_who_answers_first(cast, estimate, as_, joris):
    sign_off = estimate(100_00, [cast.cleo, joris], rule=Rule.IN_ORDER)

    page = as_(joris).get(sign_off.path).text

    assert "<b>Cleo Janssen</b> answers first" in page
    assert 'name="consent"' not in page
    assert sign_off.path not in as_(joris).get("/").text
    assert "Then Joris Verhaegen" in as_(cast.cleo).get(sign_off.path).text


def test_a_copy_waits_for_nobody(cast, estimate, as_, joris):
    sign_off = estimate(100_00, [cast.cleo], copies=[joris])

    assert sign_off.path not in as_(joris).get("/").text
    page = as_(joris).get(sign_off.path).text
    assert "Gets a copy" in page
    assert "Your opinion" not in page


def test_a_producer_asks_somebody_else_for_an_empty_seat(cast, sent, as_):
    cast.project.remove_member(make.member_of(cast.cleo, cast.project), by=cast.sam)
    nia = make.user("Nia Holt", client=cast.client)
    make.member(nia, cast.project, Role.APPROVER)
    sam, seat = as_(cast.sam), sent.seats[0]

    assert "Ask somebody else" in sam.get(sent.path).text
    assert "Ask somebody else" not in as_(nia).get(sent.path).text
    answer = sam.post(f"{sent.path}/seats", data={"seat": seat.id, "person": nia.id})

    assert answer.status_code == 303
    assert 'name="consent"' in as_(nia).get(sent.path).text


def test_a_seat_of_another_sign_off_is_not_there(cast, estimate, sent, as_):
    other = estimate(100_00, [cast.cleo])

    data = {"seat": other.seats[0].id, "person": cast.cleo.id}
    assert as_(cast.sam).post(f"{sent.path}/seats", data=data).status_code == 404
