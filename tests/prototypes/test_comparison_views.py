"""Two versions compared, over HTTP: who may, what is shown, and what it costs."""

import re

import pytest
from playhouse.test_utils import count_queries

from portal.prototypes import jobs
from portal.prototypes.models import Comparison, Prototype
from portal.prototypes.models.comparisons import TOO_MUCH
from portal.signoff.models import SignOff
from tests import make

HERE = "/projects/harbour/prototypes/1/versions"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def shown(cast, store):
    """`shown(("Home", 1), …)` sends the next version with these images: (name, seed) of each."""
    versions = []

    def send(*looks, to=True):
        made = [make.picture(name, seed, width=120, height=90) for name, seed in looks]
        if versions:
            version = versions[0].prototype.add_version(by=cast.sam, keeps_screens=False)
            version.add_screens(made)
        else:
            version = Prototype.add(cast.project, by=cast.sam, title="Visit", looks=made)
        if to:
            version.send(by=cast.sam, deciders=[cast.cleo])
        versions.append(version)
        return version

    return send


@pytest.fixture
def two(shown):
    return shown(("Home", 1), ("Map", 2), ("Old", 3)), shown(("Home", 4), ("Map", 2), ("New", 5))


def addresses_in(page):
    """What the links of a page lead to, without what is the same on every page."""
    return re.findall(r'href="([^"]+/comparison[^"]*)"', page.replace("&amp;", "&"))


# Who may -----------------------------------------------------------------------------------------


def test_a_stranger_finds_nothing_and_starts_nothing(cast, two, as_):
    before = Comparison.select().count()

    for path in (f"{HERE}/2/comparison", f"{HERE}/2/comparison?with=1"):
        assert as_(cast.otto).get(path).status_code == 404
    assert as_(cast.otto).post(f"{HERE}/2/comparisons", data={"with": 1}).status_code == 404

    assert Comparison.select().count() == before


def test_a_client_cannot_compare_with_a_draft(cast, two, shown, as_):
    shown(("Secret", 8), to=False)

    for path in (f"{HERE}/3/comparison", f"{HERE}/2/comparison?with=3"):
        assert as_(cast.cleo).get(path).status_code == 404
        assert as_(cast.dora).get(path, follow_redirects=True).status_code == 200
    assert as_(cast.cleo).post(f"{HERE}/2/comparisons", data={"with": 3}).status_code == 404
    assert "3" not in re.findall(r"Version (\d)", as_(cast.cleo).get(f"{HERE}/2/comparison").text)


@pytest.mark.parametrize("query", ["with=2", "with=9", "with=0"])
def test_a_version_is_compared_with_another_that_is_there(cast, two, as_, query):
    assert as_(cast.cleo).get(f"{HERE}/2/comparison?{query}").status_code == 404
    assert as_(cast.cleo).get(f"{HERE}/7/comparison").status_code == 404


# What is shown -----------------------------------------------------------------------------------


def test_the_older_one_is_on_the_left_whichever_is_asked_for(cast, two, as_):
    first = as_(cast.cleo).get(f"{HERE}/1/comparison?as=swipe&screen=1")

    assert first.status_code == 303
    assert first.location.startswith(f"{HERE}/2/comparison?with=1&")
    assert first.location.endswith("as=swipe")


def test_with_one_version_alone_there_is_only_its_own_page(cast, shown, as_):
    shown(("Home", 1))

    answer = as_(cast.cleo).get(f"{HERE}/1/comparison")

    assert (answer.status_code, answer.location) == (303, f"{HERE}/1")


def test_each_screen_says_how_much_changed(cast, two, as_):
    jobs.compare()

    page = as_(cast.vic).get(f"{HERE}/2/comparison").text

    assert "One of two screens changed, one was added, one was removed." in page
    for words in ("100 % changed, 1 place", "The same", "New", "Removed"):
        assert words in page
    assert 'id="region-1"' in page
    assert 'href="#region-1"' in page


@pytest.mark.parametrize("way", ["side", "swipe", "onion", "difference", "nonsense"])
def test_each_way_to_compare_is_a_link_that_needs_no_script(cast, two, as_, way):
    jobs.compare()

    page = as_(cast.cleo).get(f"{HERE}/2/comparison?as={way}&mix=75&zoom=2").text

    shown = "side" if way == "nonsense" else way
    assert f'data-as="{shown}"' in page
    assert "mix-75" in page
    assert "zoom-2" in page
    for other in ("side", "swipe", "onion", "difference"):
        assert f"{HERE}/2/comparison?with=1&screen=1&as={other}" in addresses_in(page)
    for mix in (25, 50, 75):
        assert f"{HERE}/2/comparison?with=1&screen=1&as=onion&mix={mix}" in " ".join(
            addresses_in(page)
        )


def test_a_screen_that_only_one_version_has_is_shown_beside_a_sentence(cast, two, as_):
    cleo = as_(cast.cleo)

    assert "Version 1 did not have this screen" in cleo.get(f"{HERE}/2/comparison?screen=3").text
    assert "Version 2 does not have this screen" in cleo.get(f"{HERE}/2/comparison?was=3").text


@pytest.mark.parametrize("query", ["screen=99", "screen=x", "was=77", "mix=3&zoom=99&as=%00"])
def test_an_odd_address_shows_the_first_that_changed(cast, two, as_, query):
    answer = as_(cast.cleo).get(f"{HERE}/2/comparison?{query}")

    assert answer.status_code == 200
    assert "Home, version 2" in answer.text


def test_versions_without_pictures_say_so(cast, as_):
    first = make.prototype(cast.project, by=cast.sam, pictures=0)
    first.add_link("Staging", "https://x.test/")
    first.send(by=cast.sam, deciders=[cast.cleo])
    first.prototype.add_version(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])

    page = as_(cast.cleo).get(f"{HERE}/2/comparison").text

    assert "Neither version shows pictures" in page


# Asked for, waited for ---------------------------------------------------------------------------


def test_other_versions_are_compared_by_a_button(cast, two, shown, as_):
    shown(("Home", 6), ("Map", 7))
    path = f"{HERE}/3/comparison?with=1"
    cleo, before = as_(cast.cleo), Comparison.select().count()
    assert "Find the differences" in cleo.get(path).text

    answer = cleo.post(f"{HERE}/3/comparisons", data={"with": 1, "screen": 1, "as": "onion"})

    assert (answer.status_code, answer.location) == (303, f"{path}&screen=1&as=onion")
    assert Comparison.select().count() == before + 1  # One pair is known from version 2 to 3.
    page = cleo.get(path).text
    assert "Find the differences" not in page
    assert 'hx-trigger="every 2s"' in page
    assert "0 of 2" in page


def test_the_page_that_waits_fetches_two_parts_and_stops_when_all_is_found(cast, two, as_):
    cleo = as_(cast.cleo)
    waiting = cleo.get(f"{HERE}/2/comparison", headers=PART)
    assert waiting.text.lstrip().startswith('<div class="stack" id="changes">')
    assert 'hx-trigger="every 2s"' in waiting.text

    tag = {"If-None-Match": waiting.headers["ETag"]}
    assert cleo.get(f"{HERE}/2/comparison", headers=PART | tag).status_code == 304
    jobs.compare()
    found = cleo.get(f"{HERE}/2/comparison", headers=PART | tag)

    assert found.status_code == 200
    assert "hx-trigger" not in found.text
    assert 'hx-target="#found"' in found.text


def test_what_failed_says_why_and_can_be_tried_again(cast, two, as_):
    Comparison.get().fail(TOO_MUCH)

    page = as_(cast.cleo).get(f"{HERE}/2/comparison?as=difference").text

    assert TOO_MUCH in page
    assert "Try again" in page


def test_reading_asks_for_nothing(cast, two, shown, as_):
    shown(("Home", 6))
    before = list(Comparison.select().dicts())

    for query in ("", "?with=1", "?with=1&as=difference"):
        as_(cast.cleo).get(f"{HERE}/3/comparison{query}")

    assert list(Comparison.select().dicts()) == before


# Where it is found -------------------------------------------------------------------------------


def test_the_pages_of_a_version_lead_to_what_changed(cast, two, as_):
    cleo = as_(cast.cleo)

    assert f"{HERE}/2/comparison?screen=1" in addresses_in(cleo.get(f"{HERE}/2").text)
    assert addresses_in(cleo.get(SignOff.get(version=2).path).text) == [f"{HERE}/2/comparison"]
    assert not addresses_in(cleo.get(SignOff.get(version=1).path).text)


def test_the_page_costs_the_same_with_few_and_with_many(cast, shown, as_):
    shown(("A", 1)), shown(("A", 2))
    cleo = as_(cast.cleo)
    few = queries_of(cleo, f"{HERE}/2/comparison")

    shown(*((f"S{n}", n) for n in range(9)))
    shown(*((f"S{n}", n + 20) for n in range(9)))
    jobs.compare()

    assert queries_of(cleo, f"{HERE}/4/comparison") == few
    assert few <= 8


def queries_of(browser, path):
    browser.get(path)
    with count_queries() as counter:
        browser.get(path)
    return counter.count
