"""How often one wants letters, on the page and by the link at the foot of each."""

import datetime as dt

import pytest
import time_machine

from portal.access import mailer
from portal.access.models import Invitation, Membership
from portal.access.permissions import Role
from portal.core import clock, tokens
from portal.mail.models import Letter
from portal.notices import ways_out
from portal.notices.models import ProjectPace, Rhythm
from portal.notices.pacing import Pace
from portal.notices.urgent import ALWAYS, is_urgent
from portal.projects.people import disable
from portal.settings import ROOT
from portal.threads.models import reply
from tests import make

PAGE = "/account/letters"
USUAL = {"hour": "8", "weekday": "0", "quiet_from": "", "quiet_until": ""}


@pytest.fixture
def mail(cast, letters):
    """A letter to Vic about a project, which he could do without."""
    item = make.feedback(cast.project, by=cast.vic)
    reply(item, by=cast.sam, text="We look at it.")
    return next(one for one in letters() if one["Subject"].startswith("Sam Moreau wrote"))


@pytest.fixture
def path(mail):
    return mail["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")


def pace_of(person, project):
    found = ProjectPace.get_or_none(user=person, project=project)
    return found and found.pace


def chosen(cast, person, **fields):
    return {**USUAL, "pace": "daily", f"project_{cast.project.id}": "usual"} | fields


@pytest.mark.parametrize("who", ["cleo", "dora"])
def test_somebody_chooses_and_finds_it_again(cast, as_, who):
    person = getattr(cast, who)
    fields = chosen(cast, person, hour="17", quiet_from="20", quiet_until="7")
    fields[f"project_{cast.project.id}"] = "never"

    assert as_(person).post(PAGE, data=fields).status_code == 303

    rhythm = Rhythm.of(person)
    assert (rhythm.pace, rhythm.hour) == (Pace.DAILY, 17)
    assert (rhythm.quiet_from_hour, rhythm.quiet_until_hour) == (20, 7)
    assert pace_of(person, cast.project) == Pace.NEVER
    page = as_(person).get(PAGE).text
    assert '<option selected value="17">17:00</option>' in page
    assert '<option selected value="never">Never</option>' in page


def test_a_project_can_be_as_the_others_again(cast, as_):
    ProjectPace.choose(cast.cleo.id, cast.project.id, Pace.NEVER)
    as_(cast.cleo).post(PAGE, data=chosen(cast, cast.cleo))

    assert pace_of(cast.cleo, cast.project) is None


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"quiet_from": "20"}, "Say when the quiet hours start and when they end."),
        ({"quiet_from": "7", "quiet_until": "7"}, "Let them end at another hour"),
        ({"pace": "hourly"}, "Not a valid choice"),  # A client gets one a day at most.
        ({"hour": "24"}, "Not a valid choice"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast, as_, fields, said):
    answer = as_(cast.cleo).post(PAGE, data=chosen(cast, cast.cleo, **fields))

    assert answer.status_code == 422
    assert said in answer.text
    assert not Rhythm.select().exists()


def test_only_ones_own_projects_are_there(cast, as_):
    fields = chosen(cast, cast.cleo) | {f"project_{cast.elsewhere.id}": "never"}
    as_(cast.cleo).post(PAGE, data=fields)

    assert pace_of(cast.cleo, cast.elsewhere) is None
    assert "Otter" not in as_(cast.cleo).get(PAGE).text


def test_the_page_says_what_always_comes_and_why(cast, as_):
    page = as_(cast.vic).get(PAGE).text
    assert all(one.what in page and one.why in page for one in ALWAYS)
    assert PAGE in as_(cast.vic).get("/account").text


def test_every_letter_that_always_comes_is_one_we_write():
    written = {folder.name for folder in (ROOT / "templates" / "mail").iterdir()}
    assert {template for one in ALWAYS for template in one.templates} <= written


@pytest.mark.parametrize(
    ("template", "context", "urgent"),
    [
        ("sign-off-request", {"ask": "decision"}, True),
        ("sign-off-request", {"ask": "copy"}, False),
        ("message-posted", {"is_question": True}, True),
        ("message-posted", {"is_question": False}, False),
        ("receipt", {}, True),
        ("verdict-given", {}, False),
    ],
)
def test_what_somebody_waits_for_is_urgent(template, context, urgent):
    assert is_urgent(template, context) == urgent


def test_a_letter_says_how_to_stop_its_kind_in_its_head_and_at_its_foot(mail, path):
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert path.startswith("/letters/")
    for kind in ("plain", "html"):
        foot = mail.get_body((kind,)).get_content()
        assert path in foot
        assert PAGE in foot


def test_the_address_in_the_head_is_in_one_piece(settings, mail):
    raw = [file.read_bytes() for file in (settings.data / "mail").glob("*.eml")]
    lines = [line for text in raw for line in text.splitlines()]
    heads = [line for line in lines if line.startswith(b"List-Unsubscribe: ")]
    assert heads
    assert all(head.endswith(b">") for head in heads)


def test_what_always_comes_offers_no_end_of_it(cast, letters):
    make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    (mail,) = [one for one in letters() if "Cleo" in one["To"]]

    assert mail["List-Unsubscribe"] is None
    assert PAGE in mail.get_body(("plain",)).get_content()


def test_every_letter_leads_to_the_choice_but_those_that_let_one_in(cast, letters):
    mailer.password_changed(cast.vic)
    Invitation.send(cast.vic, by=cast.sam, project=cast.project)
    set_, invites = sorted(letters(), key=lambda mail: mail["Subject"] != "Your password was set")

    assert PAGE in set_.get_body(("plain",)).get_content()
    assert PAGE not in invites.get_body(("plain",)).get_content()


def test_looking_at_the_link_stops_nothing(cast, as_, path):
    page = as_(None).get(path)

    assert page.status_code == 200
    assert "Stop these letters" in page.text
    assert pace_of(cast.vic, cast.project) is None


@pytest.mark.csrf
def test_a_mail_program_stops_them_in_one_step_without_sign_in(cast, as_, path):
    answer = as_(None).post(path, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200  # It follows no redirect.
    assert pace_of(cast.vic, cast.project) == Pace.NEVER
    assert "You get no more letters about Harbour" in as_(None).get(path).text


def test_it_can_be_taken_back(cast, as_, path):
    as_(None).post(path)
    as_(None).post(path, data={"again": "yes"})

    assert pace_of(cast.vic, cast.project) is None


def test_twice_is_once(cast, as_, path):
    assert [as_(None).post(path).status_code for _ in range(2)] == [303, 303]
    assert ProjectPace.select().count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_changed_says_that_it_does_not_work(cast, as_, path, method):
    answer = getattr(as_(None), method)(f"{path[:-3]}abc")

    assert answer.status_code == 404
    assert "This link does not work" in answer.text
    assert not ProjectPace.select().exists()


def test_a_link_of_more_than_a_year_says_so_too(cast, as_, path):
    later = clock.now() + dt.timedelta(days=ways_out.STOP_DAYS + 1)
    with time_machine.travel(later, tick=False):
        assert as_(None).post(path).status_code == 404
    assert not ProjectPace.select().exists()


@pytest.mark.parametrize("gone", ["left", "disabled"])
def test_whoever_gets_none_learns_nothing_of_the_project_by_an_old_link(cast, as_, path, gone):
    if gone == "left":
        cast.project.remove_member(Membership.get(user=cast.vic), by=cast.sam)
    else:
        disable(cast.vic, by=cast.ada)
    cast.project.describe(by=cast.sam, name="Lighthouse")

    for answer in (as_(None).get(path), as_(None).post(path)):
        assert answer.status_code == 404
        assert "Lighthouse" not in answer.text
    assert not ProjectPace.select().exists()


def test_a_token_for_something_else_is_no_link(cast, as_, settings):
    foreign = tokens.sign(settings.secret_key, "invitation", [cast.vic.id, cast.project.id])
    assert as_(None).post(f"/letters/{foreign}").status_code == 404


def test_the_page_costs_the_same_with_one_project_and_with_many(cast, as_, count_queries):
    browser = as_(cast.dora)
    browser.get(PAGE)
    with count_queries() as few:
        browser.get(PAGE)
    for number in range(5):
        project = make.project(f"p{number}", by=cast.sam, client=cast.client)
        make.member(cast.dora, project, Role.TEAM)
    with count_queries() as many:
        browser.get(PAGE)
    assert len(many) == len(few) <= 8


def test_a_fact_costs_the_same_for_whoever_has_chosen(cast, count_queries):
    item = make.feedback(cast.project, by=cast.vic)
    Letter.delete().execute()
    with count_queries() as few:
        reply(item, by=cast.sam, text="One")
    Rhythm.choose(cast.vic, pace=Pace.DAILY, hour=8, weekday=0, quiet=(20, 7), projects={})
    with count_queries() as many:
        reply(item, by=cast.sam, text="Two")
    assert len(many) <= len(few)
