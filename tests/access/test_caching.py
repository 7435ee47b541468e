"""A project's page answers 304 only to the reader who has it, as it still is."""

import datetime as dt

import pytest
import time_machine

from portal.access.models import Session, User
from portal.access.permissions import HouseRole
from portal.core import clock
from tests import make

PAGE = "/projects/harbour/people"


@pytest.fixture
def reading(as_, cast):
    """`reading(user)` is a browser with that person's page, and a way to ask whether it is still it."""

    class Reading:
        def __init__(self, user):
            self.browser = as_(user)
            self.tag = self.browser.get(PAGE).headers["ETag"]

        def again(self, **headers):
            return self.browser.get(PAGE, headers={"If-None-Match": self.tag, **headers})

    return Reading


def revise(cast, *, is_internal):
    with cast.project.change() as project:
        project.revise(is_internal=is_internal)


def test_a_page_that_is_as_it_was_is_not_sent_again(reading, cast):
    answer = reading(cast.cleo).again()

    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_the_tag_of_one_reader_is_not_good_for_another(reading, cast, as_):
    tag = reading(cast.cleo).tag

    for other in (cast.vic, cast.sam, cast.cleo):
        assert as_(other).get(PAGE, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda cast: revise(cast, is_internal=False),
        lambda cast: cast.cleo.describe(name="Cleo van Dam"),
        lambda cast: cast.cleo.describe(name=cast.cleo.name, theme="dark"),
        lambda cast: cast.cleo.describe(name=cast.cleo.name, zone="Asia/Tokyo"),
        lambda cast: User.update(locale="de").where(User.id == cast.cleo.id).execute(),
        lambda cast: cast.client.describe(name="Harbour Museum Trust"),
    ],
    ids=["revision", "name", "theme", "zone", "locale", "client"],
)
def test_whatever_changes_the_page_changes_the_tag(reading, cast, change):
    page = reading(cast.cleo)

    change(cast)

    assert page.again().status_code == 200


def test_an_internal_change_is_news_to_the_studio_only(reading, cast):
    theirs, ours = reading(cast.cleo), reading(cast.sam)

    revise(cast, is_internal=True)

    assert theirs.again().status_code == 304
    assert ours.again().status_code == 200


def test_another_day_is_another_page(reading, cast):
    page = reading(cast.cleo)

    with time_machine.travel(clock.now() + dt.timedelta(hours=23), tick=False):
        Session.update(last_used_at=clock.now()).execute()
        assert page.again().status_code == 200


def test_a_page_differs_once_its_reader_has_to_show_who_they_are(reading, cast):
    page = reading(cast.cleo)

    Session.update(authenticated_at=clock.now() - dt.timedelta(minutes=16)).execute()

    assert page.again().status_code == 200


def test_a_changed_role_is_a_changed_page(reading, cast):
    page = reading(cast.cleo)
    member = cast.cleo.memberships.get()

    type(member).update(role="reviewer").where(type(member).id == member.id).execute()

    assert page.again().status_code == 200


def test_a_sentence_is_said_once_even_on_a_page_one_has(reading, cast):
    page = reading(cast.sam)
    member = cast.vic.memberships.get()

    page.browser.post(f"/projects/harbour/people/{member.id}/invitations")
    told = page.again()

    assert (told.status_code, "Another invitation to Vic Aalto" in told.text) == (200, True)
    assert "ETag" not in told.headers
    assert "Another invitation" not in page.browser.get(PAGE).text


def test_a_part_and_a_page_are_not_taken_for_each_other(reading, cast):
    answer = reading(cast.cleo).again(**{"HX-Request-Type": "partial"})

    assert answer.status_code == 200
    assert "HX-Request-Type" in answer.headers["Vary"]


def test_pages_over_several_projects_have_no_tag(as_, cast):
    browser = as_(cast.sam)

    for path in ("/", "/projects", "/account", "/clients"):
        answer = browser.get(path)
        assert "ETag" not in answer.headers, path
        assert answer.headers["Cache-Control"] == "private, no-cache"


def test_what_must_not_be_kept_is_not(as_, cast, world):
    browser = as_(cast.cleo)
    receipt = browser.get(f"/receipts/{world.receipt.public_id}")
    refused = browser.get("/clients")

    assert {answer.headers["Cache-Control"] for answer in (receipt, refused)} == {"no-store"}


def test_a_reader_without_an_account_reads_the_studio_s_clock(as_, cast):
    """Threads are shared: nobody is shown the time zone of whoever was served before."""
    from portal.core.filters import READER, Reader

    cast.cleo.describe(name=cast.cleo.name, zone="Asia/Tokyo")
    as_(cast.cleo).get("/")
    as_(None).get("/sign-in")

    assert READER.get() == Reader()


def test_a_page_is_new_when_the_day_ends_where_the_studio_is(reading, cast, at):
    at("2026-03-12 22:30")  # 23:30 in Amsterdam, where what is valid today ends in half an hour.
    cast.cleo.describe(name=cast.cleo.name, zone="America/Los_Angeles")
    page = reading(cast.cleo)

    at("2026-03-12 23:30")
    assert page.again().status_code == 200


def test_a_page_of_before_is_not_that_of_another_place_in_the_house(reading, cast):
    page = reading(cast.sam)
    User.update(house_role=HouseRole.TEAM).where(User.id == cast.sam.id).execute()

    assert page.again().status_code == 200


def test_what_shows_rates_of_the_studio_is_made_anew(as_, cast):
    make.estimate(cast.project, by=cast.sam)
    sam = as_(cast.sam)

    for path in ("/projects/harbour/estimates/1", "/projects/harbour/estimates/new"):
        assert "ETag" not in sam.get(path).headers
