"""Rounds over HTTP: the terms, the captain's forms, and what comes back when they do not fit."""

import pytest

from portal.access.permissions import Role
from portal.prototypes.gathered import RoundPage
from portal.prototypes.models import Pin, PinBatch, PinShare, Prototype, SharedPin
from portal.studio.rates import Rate, today
from tests import make, make_sites

TERMS = "/projects/harbour/prototypes/1/terms"
ROUND = "/projects/harbour/prototypes/1/rounds/1"
BATCHES = "/projects/harbour/prototypes/1/versions/1/batches"


@pytest.fixture
def led(cast, sent):
    sent.prototype.set_terms(by=cast.sam, captain=cast.vic)
    return sent


def keys():
    return [one.key for one in Pin.select().order_by(Pin.id)]


def stamp(version, by):
    fresh = Prototype.find(version.project, 1)
    return RoundPage(fresh.history[0], by, Role.REVIEWER).stamp


def test_a_producer_sets_the_terms(cast, sent, as_):
    Rate.add(role="Design", currency="EUR", hour_minor=110_00, from_on=today())
    form = {"included": "2", "captain": cast.vic.id, "hours": "7.5", "role": "Design"}

    assert as_(cast.sam).post(TERMS, data=form).status_code == 303

    prototype = Prototype.get()
    assert (prototype.included_rounds, prototype.captain) == (2, cast.vic)
    assert (prototype.further_minutes, prototype.further_role) == (450, "Design")
    assert prototype.terms_by == cast.sam
    assert 'value="7.5"' in as_(cast.sam).get(TERMS).text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"included": "51"}, "from 0 to 50"),
        ({"hours": "many", "role": "Design"}, "Write a number"),
        ({"hours": "6"}, "Choose whose hours"),
        ({"role": "Design"}, "how many hours"),
        ({"captain": "99999"}, "valid choice"),
    ],
)
def test_terms_that_make_no_sense_come_back(cast, sent, as_, wrong, words):
    Rate.add(role="Design", currency="EUR", hour_minor=110_00, from_on=today())
    form = {"included": "2", "captain": "0", "hours": "", "role": ""}

    answer = as_(cast.sam).post(TERMS, data=form | wrong)

    assert (answer.status_code, words in answer.text) == (422, True)
    assert Prototype.get().included_rounds is None


@pytest.mark.parametrize("who", ["dora", "cleo", "vic"])
def test_only_a_producer_sets_them(cast, sent, as_, who):
    browser = as_(getattr(cast, who))

    assert browser.get(TERMS).status_code == 403
    assert browser.post(TERMS, data={"included": "1", "captain": "0"}).status_code == 403


def test_a_colleague_is_told_who_reads_it(cast, led, as_):
    make.pins(led, by=cast.cleo, publish=False)

    page = as_(cast.cleo).post(BATCHES, data={"key": "k"}, follow_redirects=True).text

    assert "the studio does when the round is submitted" in page
    assert PinShare.select().count() == 1


def test_the_captain_merges_keeps_separates_drops_and_submits(cast, led, as_):
    make.pins(led, by=cast.cleo, texts=["One", "Two", "Three"])
    browser, (one, two, three) = as_(cast.vic), keys()
    for path, form in (
        ("merges", {"pins": [one, two], "into": one}),
        ("returns", {"pin": two}),
        ("keeps", {"pins": [one, two]}),
        ("drops", {"pin": three, "why": "No."}),
        ("returns", {"pin": three}),
    ):
        assert browser.post(f"{ROUND}/{path}", data=form).status_code == 303, path

    given = browser.post(
        f"{ROUND}/submission", data={"key": "k", "seen": stamp(led, cast.vic), "note": "All."}
    )

    assert given.status_code == 303
    assert (PinBatch.get().note, Pin.select().where(Pin.batch.is_null(False)).count()) == (
        "All.",
        3,
    )


def test_a_drop_without_a_word_comes_back_open(cast, led, as_):
    make.pins(led, by=cast.cleo, texts=["One"])

    answer = as_(cast.vic).post(f"{ROUND}/drops", data={"pin": keys()[0], "why": ""})

    assert answer.status_code == 422
    assert "Say why; its author reads it." in answer.text
    assert not SharedPin.get().is_dropped


def test_a_stale_page_submits_nothing(cast, led, as_):
    make.pins(led, by=cast.cleo, texts=["One"])

    answer = as_(cast.vic).post(f"{ROUND}/submission", data={"key": "k", "seen": "old"})

    assert answer.status_code == 409
    assert not PinBatch.select().exists()


def test_a_colleague_cannot_gather_and_the_studio_never(cast, led, as_):
    make.pins(led, by=cast.cleo, texts=["One", "Two"])
    one, two = keys()
    form = {"pins": [one, two], "into": one}

    for who in (cast.cleo, cast.sam, cast.dora):
        assert as_(who).post(f"{ROUND}/merges", data=form).status_code == 403
    assert as_(cast.otto).post(f"{ROUND}/merges", data=form).status_code == 404


def test_a_round_that_is_not_there_is_a_404(cast, led, as_):
    assert as_(cast.vic).get("/projects/harbour/prototypes/1/rounds/2").status_code == 404
    make.prototype(cast.project, by=cast.sam)
    assert as_(cast.sam).get("/projects/harbour/prototypes/2/rounds/1").status_code == 404


def test_the_page_of_a_version_costs_the_same_with_many_held_pins(cast, led, as_, count_queries):
    browser = as_(cast.vic)
    make.pins(led, by=cast.cleo, texts=["One"])
    browser.get(ROUND)
    costs = []
    for _ in range(2):
        for path in (led.path, ROUND):
            with count_queries() as seen:
                browser.get(path)
            costs.append(len(seen))
        make.pins(led, by=cast.cleo, texts=["More"] * 20)

    assert costs[:2] == costs[2:]


def test_what_colleagues_pinned_on_a_website_is_shown_and_found_on_one_spot(cast, store, as_):
    version = make_sites.sent_site(cast.project, by=cast.sam, deciders=[cast.cleo])
    version.prototype.set_terms(by=cast.sam, captain=cast.vic)
    here = {"route": "about.html", "element": "body > h1", "x_bp": 5_000, "y_bp": 100}
    for text in ("Say who you are", "Who is this?"):
        Pin.leave(version, by=cast.cleo, screen=1, text=text, **here)
    PinBatch.publish(version, by=cast.cleo)

    assert "Say who you are" in as_(cast.vic).get(version.path).text
    assert "On one spot" in as_(cast.vic).get(ROUND).text
    assert "Say who you are" not in as_(cast.sam).get(version.path).text
