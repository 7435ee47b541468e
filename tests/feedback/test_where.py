"""Where something was noticed: filled in by itself, said in words, left out on request."""

import re

import pytest

from portal.feedback.models import Feedback
from tests import make, make_prototypes

NEW = "/projects/harbour/feedback/new"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def form(cast, as_, settings):
    """`form("/projects/harbour/scope")` is the form as Vic finds it, coming from there."""

    def opened(path, **headers):
        browser = as_(cast.vic)
        origin = re.match("https?://[^/]+", browser.get(NEW).request.url)[0]
        headers = {"Referer": path if "://" in path else origin + path, **headers}
        page = browser.get(NEW, headers=headers).text
        return re.search(r'name="page" value="([^"]*)" checked><span>You were on <b>([^<]*)', page)

    return opened


def file(browser, **data):
    data = {"kind": "defect", "text": "It leaves twice."} | data
    browser.post("/projects/harbour/feedback", data=data, headers={"User-Agent": FIREFOX})
    return Feedback.get().place


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/projects/harbour", "The project"),
        ("/projects/harbour/activity", "Activity"),
        ("/projects/harbour/conversation", "Conversation"),
        ("/projects/harbour/people/1/mandate", "People"),
    ],
)
def test_a_list_is_called_by_its_name(form, path, title):
    assert form(path).groups() == (path, title)


def test_a_thing_is_called_by_its_number_and_title(cast, form):
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])

    found = form(f"/projects/harbour/sign-offs/{sign_off.number}")

    assert found[2] == "Sign-off 1: The visitor site"


def test_a_receipt_of_this_project_is_a_place_too(cast, form):
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    path = make.answer(sign_off, by=cast.cleo).receipts.get().path

    assert form(path).groups() == (path, "Receipt: The visitor site")


def test_on_a_prototype_it_is_the_screen_that_was_looked_at(cast, form):
    draft = make_prototypes.prototype(cast.project, by=cast.sam)
    name = draft.screens.order_by(draft.screens.model.position.desc()).first().name
    draft.send(by=cast.sam, deciders=[cast.cleo])
    path = "/projects/harbour/prototypes/1/versions/1?screen=2"

    assert form(path).groups() == (path, f"Prototype 1: Plan your visit, version 1, {name}")


def test_nothing_is_told_of_a_prototype_that_is_not_sent(cast, form):
    make_prototypes.prototype(cast.project, by=cast.sam)

    assert form("/projects/harbour/prototypes/1/versions/1?screen=1") is None


def test_a_form_that_the_browser_has_is_not_taken_for_one_from_another_page(cast, as_):
    browser = as_(cast.vic)
    first = browser.get(NEW, headers={"Referer": "http://127.0.0.1/projects/harbour/scope"})

    assert "ETag" not in first.headers


@pytest.mark.parametrize(
    "path",
    [
        "/projects/harbour/feedback",
        "/projects/otter/scope",
        "/receipts/nothing",
        "/",
        "http://evil.example/projects/harbour/scope",
        "http://[",
    ],
)
def test_what_is_no_page_of_this_project_is_left_out(form, path):
    assert form(path) is None


def test_only_a_place_of_this_project_is_believed(cast, as_):
    page = "https://evil.example/"

    assert file(as_(cast.vic), viewport="<b>wide</b>", page=page, device="yes") == {
        "device": "Firefox on Linux"
    }


def test_what_is_unticked_stays_behind(cast, as_):
    assert file(as_(cast.vic), viewport="390 × 664") == {}


def test_the_studio_reads_it_in_words(cast, as_):
    page = "/projects/harbour/scope"
    file(as_(cast.vic), page=page, device="yes", viewport="390 × 664")

    text = as_(cast.sam).get("/projects/harbour/feedback/1").text

    assert f'On <a href="{page}">Scope</a>, with Firefox on Linux, 390 × 664 pixels' in text


def test_every_page_leads_to_it_for_whoever_may(cast, as_):
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    receipt = make.answer(sign_off, by=cast.cleo).receipts.get().path
    link = '<a class="to-say" href="/projects/harbour/feedback/new">'

    for path in ("/projects/harbour/scope", "/projects/harbour/sign-offs/1", receipt):
        assert link in as_(cast.cleo).get(path).text
        assert link not in as_(cast.sam).get(path).text
