"""The page of care, and the one question, over HTTP."""

import pytest

from portal.access.permissions import Role
from portal.care import asking, measuring, queries
from portal.care.models import CareAnswer
from portal.core import db
from portal.core.paging import PAGE_ROWS
from portal.feedback.words import Kind
from portal.projects.promises import Promise
from tests import make
from tests.bench.triage import Triage


@pytest.fixture
def link(cast, app, resolved):
    return f"/care/answers/{asking.sign(resolved, cast.cleo)}"


def test_the_mail_leads_to_the_question(cast, resolved, app, letters):
    [mail] = [one for one in letters() if one["Subject"].startswith("Please look again")]

    assert "/care/answers/" in mail.get_body(("plain",)).get_content()


def test_opening_the_link_answers_nothing(as_, link):
    page = as_(None).get(link)

    assert page.status_code == 200
    assert "Was this handled well?" in page.text
    assert CareAnswer.select().count() == 0


def test_a_press_answers_without_a_sign_in_and_then_asks_why(as_, link):
    browser = as_(None)
    assert browser.post(link, data={"answer": "not_good"}).status_code == 303
    assert "Why?" in browser.get(link).text

    browser.post(link, data={"answer": "not_good", "why": "It took a week"})
    assert (CareAnswer.get().is_good, CareAnswer.get().why) == (False, "It took a week")


def test_whoever_gets_the_mail_forwarded_reads_nothing_of_what_was_written(as_, link, resolved):
    browser = as_(None)
    browser.post(link, data={"answer": "not_good", "why": "Sam was rude to Vic"})

    page = browser.get(link).text
    assert "rude" not in page
    assert "Sign in to read or change it" in page
    browser.post(link, data={"answer": "good"})
    assert (CareAnswer.get().is_good, CareAnswer.get().why) == (True, "Sam was rude to Vic")


def test_nor_puts_other_words_in_the_place_of_what_was_written(as_, link):
    browser = as_(None)
    browser.post(link, data={"answer": "not_good", "why": "Sam was rude to Vic"})

    for why in ("All was well", ""):
        assert as_(None).post(link, data={"answer": "good", "why": why}).status_code == 303
        assert CareAnswer.get().why == "Sam was rude to Vic"


def test_praise_is_not_asked_about(as_, cast):
    praise = make.feedback(cast.project, by=cast.cleo, kind=Kind.PRAISE)
    praise.resolve(by=cast.sam)

    assert "Was this handled well?" not in as_(cast.cleo).get(praise.path).text


def test_an_answer_that_is_none_is_refused_in_words(as_, link):
    page = as_(None).post(link, data={"answer": "maybe"})

    assert page.status_code == 422
    assert CareAnswer.select().count() == 0


def test_too_late_says_what_counts(as_, cast, resolved, at):
    at("2026-03-10 09:00")
    browser, link = as_(None), f"/care/answers/{asking.sign(resolved, cast.cleo)}"
    browser.post(link, data={"answer": "good"})
    at("2026-03-12 09:00")

    page = browser.post(link, data={"answer": "not_good"})
    assert page.status_code == 409
    assert "counts as it is" in page.text
    assert "Change it" not in browser.get(link).text


def test_a_broken_link_says_only_that(as_, app):
    for send in (as_(None).get, as_(None).post):
        page = send("/care/answers/nonsense")
        assert page.status_code == 404
        assert "This link does not work" in page.text


def test_the_page_of_the_feedback_asks_the_client_only(as_, cast, resolved):
    assert "Was this handled well?" in as_(cast.cleo).get(resolved.path).text
    assert "Was this handled well?" not in as_(cast.sam).get(resolved.path).text


def test_it_is_answered_on_the_page_too(as_, cast, resolved):
    cleo = as_(cast.cleo)
    assert cleo.post(f"{resolved.path}/care", data={"answer": "good"}).status_code == 303

    assert "You said: good." in cleo.get(resolved.path).text
    assert "handled well" in cleo.get(f"{resolved.path}/care").text


def test_the_figures_say_of_how_many(as_, cast, promised, resolved):
    make.feedback(cast.project, by=cast.cleo, kind=Kind.PRAISE, text="Lovely")
    CareAnswer.give(resolved, by=cast.cleo, is_good=True)

    page = as_(cast.sam).get("/care").text
    assert "1 of 1 (100%) said that it was handled well." in page
    assert page.count("1 of 1 (100%) in the promised time.") == 4  # A sentence and a picture each.
    assert "Harbour Museum" in page


def test_without_promises_nothing_is_claimed(as_, cast, resolved):
    page = as_(cast.sam).get("/care").text

    assert "in the promised time" not in page
    assert "No promise has fallen due." in page
    assert "Nobody has answered yet." in page


@pytest.mark.parametrize("way", ["client", "project", "producer"])
def test_a_group_narrows_the_pictures(as_, cast, resolved, way):
    number = {"client": cast.project.client_id, "project": cast.project.id, "producer": cast.sam.id}

    page = as_(cast.sam).get(f"/care?by={way}&of={number[way]}")
    assert page.status_code == 200
    assert "Show all" in page.text
    assert as_(cast.sam).get(f"/care?by={way}&of=999").status_code == 404


@pytest.mark.parametrize(
    "address", ["/care?by=moon", "/care?of=x", "/care?of=1234567890123", "/care?from=-1"]
)
def test_a_mistyped_address_leads_nowhere(as_, cast, address):
    assert as_(cast.sam).get(address).status_code == 404


def test_a_producer_sees_the_figures_of_their_own_projects(as_, cast, resolved):
    CareAnswer.give(resolved, by=cast.cleo, is_good=False, why="zq-why")
    other = as_(make.producer("Kim")).get("/care").text

    assert "zq-why" not in other
    assert "Nothing was filed in this time" in other


def test_an_admin_sees_every_figure_and_no_words(as_, cast, resolved):
    CareAnswer.give(resolved, by=cast.cleo, is_good=False, why="zq-why")

    page = as_(cast.ada).get("/care").text
    assert "0 of 1 (0%)" in page
    assert "zq-why" not in page


def test_whoever_was_told_of_a_complaint_finds_it_and_reads_none_of_its_words(as_, cast, promised):
    make.feedback(cast.project, by=cast.cleo, kind=Kind.COMPLAINT, text="Nobody ever calls back.")

    page = as_(promised.complaints_to).get("/care").text
    assert "Feedback 1 of Harbour" in page
    assert "You are not on this project" in page
    assert "calls back" not in page
    assert "/inbox/harbour/1" not in page


def test_a_client_sees_nothing_of_it(as_, cast, promised, resolved):
    CareAnswer.give(resolved, by=cast.cleo, is_good=False, why="zq-why")
    make.member(make.user("Rita", client=cast.project.client), cast.project, Role.REVIEWER)
    rita = as_(type(cast.cleo).get(name="Rita"))

    assert rita.get("/care").status_code in (403, 404)
    for path in (
        "/",
        resolved.path,
        f"{resolved.path}/care",
        f"/projects/{cast.project.slug}/activity",
    ):
        page = rita.get(path).text
        assert "zq-why" not in page
        assert "Kim" not in page


def test_somebody_is_named_on_a_page(as_, cast, promised):
    sam, number = as_(cast.sam), cast.project.client_id
    assert 'selected value="' in sam.get(f"/care/clients/{number}").text

    assert sam.post(f"/care/clients/{number}", data={"person": "0"}).status_code == 303
    assert Promise.to(number).complaints_to is None
    assert sam.post(f"/care/clients/{number}", data={"person": "999"}).status_code == 422


def test_the_page_costs_the_same_with_one_and_with_fifty(as_, cast, resolved, count_queries):
    sam = as_(cast.sam)
    sam.get("/care")
    with count_queries() as few:
        sam.get("/care")
    for n in range(20):
        make.feedback(cast.project, by=cast.cleo, kind=Kind.COMPLAINT, text=f"Number {n}")
    with count_queries() as many:
        sam.get("/care")
    assert len(few) == len(many)


def test_many_projects_are_paged(as_, cast):
    tess = Triage(projects=PAGE_ROWS + 1, open_each=5, done_each=0).tess
    measuring.measure_all()

    first = as_(tess).get("/care?by=project").text
    rest = as_(tess).get(f"/care?by=project&from={PAGE_ROWS}").text
    assert (first.count("4 filed"), rest.count("4 filed")) == (PAGE_ROWS, 1)
    assert ("Next" in first, "To the first" in rest) == (True, True)
    assert as_(tess).get("/care?from=999").status_code == 200


@pytest.mark.sqlite  # PostgreSQL goes by how much there is: it may well read a short table.
def test_no_feedback_is_read_that_does_not_count(database):
    nothing = dict.fromkeys(("now", "since", "user"), "")
    for read in (queries._COMPLAINTS, queries._cells(True, True), queries._cells(True, False)):
        plan = db.handle.execute_sql(f"explain query plan {read.sql}", nothing).fetchall()
        assert not [step for *_, step in plan if step.split()[:2] in (["SCAN", "f"], ["SCAN", "m"])]
