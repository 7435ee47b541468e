"""What the pages know of a website: the page it begins with, and pins on its elements."""

import json
import re
from html import unescape

import pytest

from portal.core.errors import Conflict, DomainError
from portal.prototypes import sites
from portal.prototypes.models import Pin, Screen
from portal.prototypes.models.sites import choose_start
from tests import make, make_sites

PATH = "/projects/harbour/prototypes/1/versions/1"
PLACE = {"route": "about.html", "element": 'p[title="<b>"]', "in_x_bp": 500, "in_y_bp": 9_000}


@pytest.fixture
def draft(cast):
    return make_sites.site(cast.project, by=cast.sam)


@pytest.fixture
def sent(cast):
    return make_sites.sent_site(cast.project, by=cast.sam, deciders=[cast.cleo])


def pinned(page):
    """What a page tells the script of each pin."""
    found = re.findall(r"data-pin='([^']*)'|data-pin=\"([^\"]*)\"", page)
    return [json.loads(unescape(single or double)) for single, double in found]


# Where it begins ---------------------------------------------------------------------------------


def test_a_site_can_begin_with_any_of_its_pages(draft):
    choose_start(draft, draft.screens.get().id, "about.html")
    assert draft.screens.get().address == "about.html"


@pytest.mark.parametrize("path", ["css/site.css", "lost.html", "", "../about.html"])
def test_it_begins_with_nothing_but_a_page_of_it(draft, path):
    with pytest.raises(DomainError, match="Choose one of the pages"):
        choose_start(draft, draft.screens.get().id, path)
    assert draft.screens.get().address == "index.html"


def test_a_picture_has_no_page_to_begin_with(cast):
    draft = make.prototype(cast.project, by=cast.sam, pictures=1)
    with pytest.raises(DomainError, match="Choose one of the pages"):
        choose_start(draft, draft.screens.get().id, "about.html")


def test_a_sent_version_begins_where_it_began(sent):
    with pytest.raises(Conflict, match="has been sent"):
        choose_start(sent, sent.screens.get().id, "about.html")


def test_choosing_makes_the_page_of_the_draft_new(cast, draft):
    before = type(cast.project).get_by_id(cast.project.id).internal_revision
    choose_start(draft, draft.screens.get().id, "about.html")
    assert type(cast.project).get_by_id(cast.project.id).internal_revision > before


def test_another_projects_screen_is_not_found(cast, draft):
    other = make_sites.site(cast.elsewhere, by=cast.sam)
    with pytest.raises(Conflict, match="not there any more"):
        choose_start(draft, other.screens.get().id, "about.html")


def test_the_pages_of_a_draft_are_found_in_one_go(draft, count_queries):
    with count_queries() as seen:
        found = sites.pages(draft)
    assert [(page.path, page.title) for page in found[draft.screens.get().source_id]] == [
        ("about.html", "About us"),
        ("index.html", "Tides"),
    ]
    assert len(seen) == 1


def test_the_studio_chooses_over_http(cast, draft, as_):
    dora, screen = as_(cast.dora), draft.screens.get().id
    assert "Begins with about.html (About us)" in dora.get(PATH).text
    answer = dora.post(f"{PATH}/screens/{screen}/start", data={"page": "about.html"})
    assert (answer.status_code, answer.location) == (303, f"{PATH}#screen-{screen}")
    assert Screen.get_by_id(screen).address == "about.html"


def test_a_client_chooses_nothing(cast, sent, as_):
    answer = as_(cast.cleo).post(f"{PATH}/screens/{sent.screens.get().id}/start")
    assert answer.status_code == 403


# What the frame is told --------------------------------------------------------------------------


def test_the_frame_shows_the_first_page_without_an_origin(cast, sent, as_, settings):
    page = as_(cast.cleo).get(PATH).text
    frame = re.search(r"<iframe[^>]*>", page)[0]
    assert re.search(rf'src="{settings.content_url}/[\w.-]+/index.html"', frame)
    assert 'sandbox="allow-scripts allow-forms"' in frame
    assert "do not type passwords here" in page


def test_the_portal_lets_only_the_content_origin_into_its_frames(cast, sent, as_, settings):
    policy = as_(cast.cleo).get(PATH).headers["Content-Security-Policy"]
    assert f"frame-src 'self' {settings.content_url}" in policy


def test_the_address_names_a_page_and_a_width(cast, sent, as_):
    page = as_(cast.cleo).get(f"{PATH}?screen=1&route=about.html&width=phone").text
    assert re.search(r'<iframe[^>]*src="[^"]*/about.html"', page)
    assert re.search(r'data-name="phone"[^>]*aria-current="true"', page)


@pytest.mark.parametrize(
    "route", ["//evil.example/", "https://evil.example", '"><script>', "\\\\x"]
)
def test_no_address_leads_the_frame_elsewhere(cast, sent, as_, settings, route):
    page = as_(cast.cleo).get(PATH, query_string={"route": route, "width": "<evil>"}).text
    source = re.search(r'<iframe[^>]*src="([^"]*)"', page)[1]
    assert re.match(rf"{settings.content_url}/[\w.-]+/[^/]", unescape(source))
    assert "<evil>" not in page


def test_a_pin_tells_the_frame_where_it_is(cast, sent, as_):
    Pin.leave(sent, by=cast.cleo, screen=1, text="Who?", x_bp=5_000, y_bp=100, **PLACE)
    page = as_(cast.cleo).get(PATH).text
    assert pinned(page) == [{"number": 1, "x_bp": 5_000, "y_bp": 100, **PLACE}]
    assert "&amp;route=about.html#at-1" in page


def test_nobody_else_is_told_of_a_draft(cast, sent, as_):
    Pin.leave(sent, by=cast.cleo, screen=1, text="Who?", x_bp=5_000, y_bp=100, **PLACE)
    assert pinned(as_(cast.sam).get(PATH).text) == []


def test_a_pin_that_names_only_a_page_is_in_the_list_alone(cast, sent, as_):
    Pin.leave(sent, by=cast.cleo, screen=1, text="Who?", route="about.html")
    page = as_(cast.cleo).get(PATH).text
    assert pinned(page) == []
    assert "On about.html" in page


def test_a_pin_by_touch_is_saved_with_its_element(cast, sent, as_):
    form = {"key": "k" * 20, "screen": 1, "text": "Who?", "x_bp": 5_000, "y_bp": 100, **PLACE}
    answer = as_(cast.cleo).post(f"{PATH}/pins", data=form)
    assert answer.status_code == 303
    assert Pin.get().element == PLACE["element"]
    assert Pin.get().route == "about.html"
