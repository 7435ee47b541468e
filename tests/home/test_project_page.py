"""One project on one page: what waits, what is signed, what it comes to."""

import datetime as dt
import re

import pytest

from portal.access.models import Invitation
from portal.changes.models import ChangeRequest
from portal.estimates.models import Estimate
from portal.home.page import ProjectPage
from portal.home.views.project import OFFERS
from portal.home.waiting import FOLDERS
from portal.projects.models import Health, Project
from portal.scope import baseline
from portal.signoff.models import SignOff
from portal.signoff.subject import SUBJECTS
from tests import make

PAGE = "/projects/harbour"


@pytest.fixture(autouse=True)
def today(at):
    return at("2026-03-12 10:45")


@pytest.fixture
def signed(cast):
    """A contract of 48,600 and a change that takes 1,200 away."""
    contract = make.estimate(cast.project, by=cast.sam, lines=[("Site", 48_600_00)])
    make.answer(contract.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    less = {"action": "added", "title": "Less print", "section": "Print", "price_minor": -1_200_00}
    change = make.change(cast.project, by=cast.sam, title="No print", impacts=[less])
    make.answer(change.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    return cast


@pytest.fixture
def open_(cast):
    def send(**fields):
        draft = make.estimate(
            cast.project, by=cast.sam, title="The soundwalk", lines=[("Walk", 12_400_00)], **fields
        )
        people = {"deciders": [cast.cleo], "reviewers": [cast.vic]}
        return draft.send(by=cast.sam, due_on=dt.date(2026, 3, 16), **people)

    return send


def part(page, name):
    """Return the text of one part of a page, its marks removed."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_what_undoes_a_signature_is_listed_like_what_it_undoes(as_, signed):
    change = SignOff.get(kind="change")
    undoing = make.cancellation(change, by=signed.sam)
    asked = undoing.send(by=signed.sam, deciders=[signed.cleo])
    make.answer(asked, by=signed.cleo)
    for reader in (signed.sam, signed.cleo, signed.vic):
        page = as_(reader).get(PAGE).text
        assert "/projects/harbour/cancellations/1" in page
        assert "Cancellation of No print" in page
    assert as_(signed.cleo).get("/projects/harbour/cancellations/1").location == asked.path


def test_everything_that_can_be_signed_has_a_place_of_its_own():
    assert FOLDERS.keys() == SUBJECTS.keys()


def test_the_head_says_for_whom_how_it_goes_and_when(as_, cast):
    Project.update(
        health=Health.AT_RISK,
        health_note="Waiting for texts.",
        phase="Build",
        launch_on=dt.date(2026, 5, 22),
    ).where(Project.id == cast.project.id).execute()

    page = as_(cast.cleo).get(PAGE).text

    for words in ("Harbour Museum", "At risk", "Waiting for texts.", "Build", "22 May"):
        assert words in page, words


@pytest.mark.parametrize(
    ("who", "offered"),
    [
        ("sam", {"New estimate", "New change request", "Add prototype"}),
        ("dora", {"New estimate", "New change request", "Add prototype"}),
        ("cleo", {"Leave feedback", "New change request"}),
        ("vic", {"Leave feedback", "New change request"}),
    ],
)
def test_each_is_offered_what_they_may_begin(as_, cast, who, offered):
    page = as_(getattr(cast, who)).get(PAGE).text

    labels = {label for label, _, _ in OFFERS}
    assert {label for label in labels if f">{label}<" in page} == offered


def test_a_fresh_project_says_what_comes_and_invents_no_figures(as_, cast):
    page = as_(cast.cleo).get(PAGE).text

    assert "Nothing is signed yet" in part(page, "budget")
    assert "Nothing was sent yet" in part(page, "documents")
    assert '<svg class="chart' not in page
    assert "used" not in part(page, "budget").lower()


def test_the_budget_is_what_the_signatures_come_to(as_, signed):
    budget = part(as_(signed.cleo).get(PAGE).text, "budget")

    assert "Contract 12 March 48,600" in budget
    assert "Changes 1 signed −1,200" in budget
    assert "Approved 47,400" in budget
    assert "Estimate 1 +48,600 48,600" in budget
    assert "Change request 1 −1,200 47,400" in budget


def test_what_waits_is_amber_and_not_in_the_sum(as_, signed, open_):
    open_()

    page = as_(signed.cleo).get(PAGE).text

    assert "Approved 47,400" in part(page, "budget")
    assert "12,400 waiting: 59,800" in part(page, "budget")
    assert 'class="pending-line"' in page


def test_a_launch_that_waits_is_told_beside_the_one_there_is(as_, cast, open_):
    Project.update(launch_on=dt.date(2026, 5, 22)).where(Project.id == cast.project.id).execute()
    open_(launch_on=dt.date(2026, 6, 5))

    assert "Launch 22 May, or 5 June" in part(as_(cast.cleo).get(PAGE).text, "dates")


def test_what_waits_for_the_reader_stands_apart_from_what_waits_for_others(as_, cast, open_):
    open_()

    for who, title in (
        ("cleo", "Waiting for you"),
        ("vic", "Waiting for you"),
        ("sam", "Waiting for them"),
    ):
        assert title in part(as_(getattr(cast, who)).get(PAGE).text, "waiting-1"), who


def test_once_answered_nothing_waits(as_, cast, open_):
    make.answer(open_(), by=cast.cleo)

    assert not part(as_(cast.cleo).get(PAGE).text, "waiting-1")


def test_documents_show_the_newest_sent_version_of_each(as_, cast, open_):
    open_().withdraw(by=cast.sam, reason="A mistake.")
    again = Estimate.get().revise(by=cast.sam)
    again.send(by=cast.sam, deciders=[cast.cleo])

    documents = part(as_(cast.cleo).get(PAGE).text, "documents")

    assert "Estimate 1, version 2" in documents
    assert "version 1" not in documents
    assert "Waiting" in documents


def test_an_approved_document_shows_what_was_signed_not_what_was_sent(as_, cast):
    film = {"is_optional": True}
    lines = [("Design", 120_00), ("Film", 80_00, film)]
    sent = make.estimate(cast.project, by=cast.sam, lines=lines).send(
        by=cast.sam, deciders=[cast.cleo]
    )
    everything = tuple(str(line["number"]) for line in optional_lines(sent))
    make.answer(sent, by=cast.cleo, options=everything)

    documents = part(as_(cast.cleo).get(PAGE).text, "documents")

    assert sent.decisions.get().amount_minor == 200_00
    assert "Approved 200" in documents


def optional_lines(sent):
    """Return the lines of a snapshot that a client may leave out, wherever they stand in it."""

    def walk(value):
        if isinstance(value, dict):
            if value.get("optional") or value.get("is_optional"):
                yield value
            for inner in value.values():
                yield from walk(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from walk(inner)

    return list(walk(sent.shown))


def test_a_change_that_a_client_asked_for_is_listed_until_it_is_priced(as_, cast):
    ChangeRequest.ask(cast.project, by=cast.cleo, title="Opening hours", why="People ask.")

    documents = part(as_(cast.vic).get(PAGE).text, "documents")

    assert "Opening hours Change request 1, asked 12 March Being priced" in documents


def test_drafts_stand_on_the_internal_ground_and_only_the_studio_sees_them(as_, cast):
    make.estimate(cast.project, by=cast.sam, title="Secret plans")

    assert "Internal: drafts Secret plans" in part(as_(cast.dora).get(PAGE).text, "documents")
    for client in (cast.cleo, cast.vic):
        page = as_(client).get(PAGE).text
        assert "Secret plans" not in page
        assert "Internal" not in page


def test_an_internal_act_changes_no_byte_that_a_client_gets(as_, signed, open_):
    open_()
    browser = as_(signed.cleo)
    paths = ("/", "/projects", PAGE, f"{PAGE}/activity", f"{PAGE}/people")
    before = [received(browser.get(path)) for path in paths]

    make.estimate(signed.project, by=signed.sam, title="Secret plans")
    make.prototype(signed.project, by=signed.sam, title="Secret screens")
    make.change(signed.project, by=signed.sam, title="Secret change")
    Invitation.send(signed.vic, by=signed.sam, project=signed.project)

    assert [received(browser.get(path)) for path in paths] == before


def received(answer):
    """What a client gets, without the form's token, which is new each second."""
    body = re.sub(rb'(value|content)="[\w.-]{60,}"', b"", answer.data)
    headers = [(name, value) for name, value in answer.headers if name != "Set-Cookie"]
    return answer.status_code, headers, body


def test_the_activity_is_the_last_five_and_leads_to_all(as_, signed):
    activity = part(as_(signed.cleo).get(PAGE).text, "activity")

    assert activity.count("10:45") == 0  # Amsterdam is an hour ahead.
    assert activity.count("11:45") == 5
    assert "You approved change request 1, version 1" in activity


@pytest.mark.parametrize("who", ["cleo", "sam"])
def test_the_page_costs_at_most_eight_questions_whatever_its_size(
    as_, signed, open_, count_queries, who
):
    """Besides who the reader is and whether they are on the project."""
    browser = as_(getattr(signed, who))
    browser.get(PAGE)
    with count_queries() as few:
        browser.get(PAGE)
    for number in range(12):
        open_()
        make.estimate(signed.project, by=signed.sam, title=f"Draft {number}")
    make.prototype(signed.project, by=signed.sam).send(by=signed.sam, deciders=[signed.cleo])

    with count_queries() as many:
        assert browser.get(PAGE).status_code == 200

    extra = len(many) - len(few)
    assert extra <= 1  # Once there is something to answer, who was asked is read.
    assert len(many) <= 2 + 8, "\n".join(many)


def shown_strip(cast):
    return [row[:3] for row in ProjectPage(cast.project, cast.cleo).money.strip]


def test_what_was_cancelled_is_no_contract_and_no_change_any_more(cast):
    first = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(first, by=cast.cleo)
    undo = make.cancellation(SignOff.get_by_id(first.id), by=cast.sam)
    make.answer(undo.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)

    assert shown_strip(cast) == [("Approved", "", "0")]


def test_a_ballpark_that_waits_adds_to_no_sum(cast):
    launch = {"stance": "ballpark", "launch_on": dt.date(2031, 5, 4)}
    make.estimate(cast.project, by=cast.sam, **launch).send(by=cast.sam, deciders=[cast.cleo])

    assert shown_strip(cast) == [("Approved", "", "0")]
    assert ProjectPage(cast.project, cast.cleo).launches == []
    firm = make.estimate(cast.project, by=cast.sam)
    assert baseline.strip(cast.project, 120_00, subject=firm).pending == ()
