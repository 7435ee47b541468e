"""Prototypes over HTTP: the plain forms first, then the parts; who may not, and what nobody sees."""

import io
import re
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from playhouse.test_utils import count_queries

from portal import FORM_BYTES
from portal.access.models import Membership
from portal.access.permissions import Role
from portal.prototypes.models import Pin, PinBatch, Screen, Source, SourceStatus
from portal.signoff.models import SignOff, StandIn
from portal.signoff.models.stand_ins import studio_day
from portal.storage.limits import LIMITS
from tests import make

HERE = "/projects/harbour/prototypes"
FIRST = f"{HERE}/1/versions/1"
SOURCES = f"{FIRST}/sources"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}
PIN = {"key": "k", "screen": 1, "place": "top-left", "text": "Too blue"}


def files(*contents):
    return [(io.BytesIO(content), f"screen-{n}.png") for n, content in enumerate(contents, 1)]


def pictures_in(answer):
    """The addresses of the pictures that a page shows."""
    return re.findall(r'<img src="(http://localhost[^"]+)"', answer.text)


# The studio --------------------------------------------------------------------------------------


def test_a_prototype_begins_with_its_name_and_takes_files_next(cast, as_):
    answer = as_(cast.dora).post(HERE, data={"title": "Plan your visit"})
    assert (answer.status_code, answer.location) == (303, FIRST)

    given = as_(cast.dora).post(SOURCES, data={"files": files(make.image(1), make.image(2))})

    assert (given.status_code, given.location) == (303, f"{FIRST}#screens")
    assert [(one.name, one.status) for one in Source.select()] == [
        ("screen-1.png", SourceStatus.WAITING),
        ("screen-2.png", SourceStatus.WAITING),
    ]
    assert "screen-2.png" in as_(cast.dora).get(FIRST).text


def test_who_may_send_is_shown_how(cast, as_):
    make.prototype(cast.project, by=cast.dora)

    page = as_(cast.dora).get(FIRST)
    assert len(pictures_in(page)) == 2
    assert "Send for sign-off" not in page.text
    assert "Send for sign-off" in as_(cast.sam).get(FIRST).text


@pytest.mark.csrf
def test_an_upload_larger_than_a_form_passes_the_check_of_the_token(cast, as_):
    make.prototype(cast.project, by=cast.sam)
    browser = as_(cast.sam)
    token = re.search(r'csrf_token" value="([^"]+)', browser.get(FIRST).text)[1]
    noise = make.image(width=360, height=360, compression=0)
    assert len(noise) > FORM_BYTES

    answer = browser.post(SOURCES, data={"csrf_token": token, "files": files(noise)})

    assert answer.status_code == 303


def test_an_empty_file_is_refused_beside_its_field(cast, as_):
    make.prototype(cast.project, by=cast.sam)

    answer = as_(cast.sam).post(SOURCES, data={"files": files(b"")})

    assert answer.status_code == 422
    assert 'id="files-error"' in answer.text
    assert "This file is empty." in answer.text
    assert not Source.select().exists()


def test_no_name_no_file_and_too_many_are_said_beside_their_fields(cast, as_):
    unnamed = as_(cast.sam).post(HERE, data={"title": " ", "note": "Kept words"})
    make.prototype(cast.project, by=cast.sam)
    none = as_(cast.sam).post(SOURCES)
    many = as_(cast.sam).post(SOURCES, data={"files": files(*[make.image()] * 25)})

    assert unnamed.status_code == none.status_code == many.status_code == 422
    assert "Give it a name." in unnamed.text
    assert 'value="Kept words"' in unnamed.text
    assert "Choose at least one file." in none.text
    assert "24 files at most" in many.text


def test_one_file_may_not_be_larger_than_the_limit(cast, as_, monkeypatch):
    make.prototype(cast.project, by=cast.sam)
    monkeypatch.setitem(LIMITS, "prototype", replace(LIMITS["prototype"], max_bytes=100))

    answer = as_(cast.sam).post(SOURCES, data={"files": files(make.image(width=900, height=900))})

    assert answer.status_code == 422
    assert "larger than" in answer.text


def test_a_file_can_be_taken_away_before_it_is_a_screen(cast, as_):
    make.prototype(cast.project, by=cast.sam)
    as_(cast.sam).post(SOURCES, data={"files": files(make.image(1))})
    key = Source.get().key

    removed = as_(cast.sam).post(f"{SOURCES}/{key}/removal")
    again = as_(cast.sam).post(f"{SOURCES}/{key}/removal")

    assert (removed.status_code, again.status_code) == (303, 409)
    assert not Source.select().exists()


@pytest.mark.parametrize("address", ["", "ftp://x.test/a", "javascript:alert(1)", "example.test"])
def test_a_link_needs_a_whole_address(cast, as_, address):
    make.prototype(cast.project, by=cast.sam)

    answer = as_(cast.sam).post(f"{FIRST}/links", data={"address": address, "name": "Staging"})

    assert answer.status_code == 422
    assert Screen.select().count() == 2


def test_a_link_is_shown_to_be_opened_elsewhere(cast, as_):
    draft = make.prototype(cast.project, by=cast.sam, pictures=0)
    as_(cast.sam).post(f"{FIRST}/links", data={"address": "https://x.test/a?b", "name": "Staging"})
    draft.send(by=cast.sam, deciders=[cast.cleo])

    page = as_(cast.cleo).get(FIRST).text

    assert 'href="https://x.test/a?b" target="_blank" rel="noopener noreferrer nofollow"' in page
    assert "Open in a new tab" in page


def test_a_draft_is_put_in_order_renamed_and_sent(cast, as_):
    draft = make.prototype(cast.project, by=cast.sam)
    first, second = Screen.of(draft)
    sam = as_(cast.sam)

    assert sam.post(f"{FIRST}/screens/{first.id}", data={"name": "Home"}).status_code == 303
    assert sam.post(f"{FIRST}/screens/{first.id}", data={"name": "Screen 2"}).status_code == 422
    sam.post(f"{FIRST}/screens/{second.id}/position", data={"places": -1})
    sam.post(f"{FIRST}/screens/removal", data={"screens": second.id})
    sam.post(FIRST, data={"title": "Opening hours", "note": "At the door."})
    sam.post(f"{FIRST}/sign-off", data={"deciders": cast.cleo.id, "rule": "any"})

    sign_off = SignOff.get()
    assert [one["name"] for one in sign_off.shown["screens"]] == ["Home"]
    assert (sign_off.title, sign_off.shown["summary"]) == ("Opening hours", "At the door.")
    assert [asked.user for asked in sign_off.addressees] == [cast.cleo]


def test_the_studio_looks_at_a_draft_as_the_client_will(cast, as_):
    make.prototype(cast.project, by=cast.sam)

    page = as_(cast.dora).get(f"{FIRST}?screen=2").text

    assert "This version has not been sent yet." in page
    assert 'aria-label="Screen 2, version 1"' in page
    assert 'id="new-pin"' not in page
    assert as_(cast.cleo).get(f"{FIRST}?screen=2").status_code == 404


def test_sending_to_nobody_comes_back_with_a_sentence(cast, as_):
    make.prototype(cast.project, by=cast.sam)

    answer = as_(cast.sam).post(f"{FIRST}/sign-off", data={"rule": "any", "silence": "Kept."})

    assert answer.status_code == 422
    assert "Choose at least one person who can approve." in answer.text
    assert 'value="Kept."' in answer.text


def test_only_people_of_the_client_can_be_asked(cast, as_):
    make.prototype(cast.project, by=cast.sam)

    answer = as_(cast.sam).post(
        f"{FIRST}/sign-off", data={"rule": "any", "deciders": [cast.otto.id, cast.dora.id]}
    )

    assert answer.status_code == 422
    assert not SignOff.select().exists()


def test_the_preview_is_the_clients_page(cast, as_):
    make.prototype(cast.project, by=cast.sam, note="The first look.")

    page = as_(cast.sam).get("/projects/harbour/previews/prototype/1")

    assert "This is the page the client will get" in page.text
    assert "The first look." in page.text
    assert len(pictures_in(page)) == 2


# Who may not -------------------------------------------------------------------------------------


def test_a_client_never_learns_of_a_draft(cast, sent, as_):
    sent.prototype.add_version(by=cast.sam).describe(title="Secret name", note="")
    make.prototype(cast.project, by=cast.sam, title="Secret thing")

    for person in (cast.cleo, cast.vic):
        browser = as_(person)
        assert browser.get(f"{HERE}/1").location == FIRST
        assert browser.get(f"{HERE}/1/versions/2").status_code == 404
        assert browser.get(f"{HERE}/2").status_code == 404
        assert browser.post(f"{HERE}/1/versions/2/pins", data=PIN).status_code == 404
        for page in (HERE, FIRST, SignOff.get().path):
            assert "Secret" not in browser.get(page).text
    assert as_(cast.dora).get(f"{HERE}/1").location == f"{HERE}/1/versions/2"


def test_a_rival_gets_the_404_for_every_page_and_every_picture(cast, sent, as_):
    make.pins(sent, by=cast.cleo)
    missing = as_(cast.otto).get("/projects/nowhere/prototypes").data
    for path in (HERE, f"{HERE}/1", FIRST, f"{HERE}/new", SignOff.get().path):
        answer = as_(cast.otto).get(path)
        assert (answer.status_code, answer.data) == (404, missing)
    for path in (
        f"{FIRST}/pins",
        f"{FIRST}/batches",
        f"{FIRST}/sign-off",
        f"{HERE}/pins/1/answers",
    ):
        assert as_(cast.otto).post(path).status_code == 404

    url = pictures_in(as_(cast.cleo).get(FIRST))[0]
    assert fetched(as_(None), url) == 200
    token, sha256, name = urlsplit(url).path.strip("/").split("/")
    other = make.prototype(cast.elsewhere, by=cast.sam, pictures=0)
    other.add_screens([make.picture("Theirs", seed=99)])
    own = pictures_in(as_(cast.sam).get("/projects/otter/prototypes/1/versions/1"))[0]
    stolen = f"/{urlsplit(own).path.split('/')[1]}/{sha256}/{name}"
    assert fetched(as_(None), f"http://localhost:8000{stolen}") == 404
    assert fetched(as_(None), f"http://localhost:8000/{token[:-3]}AAA/{sha256}/{name}") == 404


def test_a_pictures_link_ends_with_the_membership(cast, sent, as_):
    url = pictures_in(as_(cast.vic).get(FIRST))[0]
    assert fetched(as_(None), url) == 200

    cast.project.remove_member(Membership.of(cast.vic, "harbour"), by=cast.sam)

    assert fetched(as_(None), url) == 404


def fetched(browser, url):
    parts = urlsplit(url)
    return browser.get(parts.path, base_url=f"{parts.scheme}://{parts.netloc}").status_code


@pytest.mark.parametrize("who", ["cleo", "vic"])
def test_a_client_puts_nothing_together_and_answers_no_pin(cast, sent, as_, who):
    make.pins(sent, by=cast.cleo)
    browser = as_(getattr(cast, who))

    for path in (
        HERE,
        f"{HERE}/1/versions",
        FIRST,
        SOURCES,
        f"{FIRST}/screens/1",
        f"{FIRST}/screens/1/position",
        f"{FIRST}/screens/removal",
        f"{FIRST}/screens/order",
        f"{FIRST}/sign-off",
        f"{HERE}/pins/1/answers",
    ):
        assert browser.post(path, data={"answer": "x"}).status_code == 403, path
    assert browser.get(f"{HERE}/new").status_code == 403


def test_a_team_member_puts_it_together_and_a_producer_sends_it(cast, as_):
    make.prototype(cast.project, by=cast.dora)

    answer = as_(cast.dora).post(f"{FIRST}/sign-off", data={"deciders": cast.cleo.id})

    assert answer.status_code == 403


# The review page ---------------------------------------------------------------------------------


def test_each_reader_finds_their_own_answers_on_the_page(cast, sent, as_):
    pages = {who: as_(getattr(cast, who)).get(FIRST).text for who in ("cleo", "vic", "sam")}

    assert "#approve" in pages["cleo"]
    assert "#request-changes" in pages["cleo"]
    assert 'value="looks_good"' in pages["vic"]
    assert "#approve" not in pages["vic"] + pages["sam"]
    assert "Add version 2" in pages["sam"]


def test_a_plain_form_leaves_a_pin_at_a_named_place(cast, sent, as_):
    answer = as_(cast.vic).post(f"{FIRST}/pins?screen=1", data=PIN | {"screen": 2})

    assert (answer.status_code, answer.location) == (303, f"{FIRST}?screen=2#drafts")
    pin = Pin.get()
    assert (pin.place, pin.screen.position, pin.text) == ("top left", 2, "Too blue")
    assert pin.is_draft


def test_a_touch_says_the_place_and_how_it_was_seen(cast, sent, as_):
    seen = {"x_bp": 3360, "y_bp": 1870, "viewport_width": 390}
    phone = {"User-Agent": "Mozilla/5.0 (iPhone) Version/26.0 Mobile/15E148 Safari/604.1"}

    answer = as_(cast.cleo).post(f"{FIRST}/pins", data=PIN | seen, headers=PART | phone)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<figure class="shots" id="shots">')
    assert 'x="33.6%" y="18.7%"' in answer.text
    assert 'hx-target="#pins"' in answer.text
    pin = Pin.get()
    assert (pin.x_bp, pin.y_bp, pin.viewport_width) == (3360, 1870, 390)
    assert pin.device == "Safari on iPhone"


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " "},
        {"x_bp": -1, "y_bp": 5},
        {"x_bp": 10_001, "y_bp": 5},
        {"screen": 9},
        {"place": "x"},
    ],
)
def test_a_pin_that_cannot_be_keeps_what_was_typed(cast, sent, as_, wrong):
    answer = as_(cast.cleo).post(f"{FIRST}/pins", data=PIN | {"text": "Kept words"} | wrong)

    assert answer.status_code == 422
    assert "Kept words" in answer.text or wrong.get("text")
    assert not Pin.select().exists()


def test_nobody_else_receives_a_byte_of_a_draft(cast, sent, as_):
    others = [as_(person) for person in (cast.sam, cast.dora, cast.vic)]
    before = [without_tokens(browser.get(FIRST).text) for browser in others]

    make.pins(sent, by=cast.cleo, texts=["Not yet"], publish=False)

    assert [without_tokens(browser.get(FIRST).text) for browser in others] == before
    assert "Not yet" in as_(cast.cleo).get(FIRST).text


def without_tokens(text):
    return re.sub(r'(value|content)="[\w.\-]{20,}"', "", text)


def test_a_batch_is_edited_published_and_answered(cast, sent, as_):
    cleo = as_(cast.cleo)
    cleo.post(f"{FIRST}/pins", data=PIN)
    cleo.post(f"{FIRST}/pins", data=PIN | {"key": "other", "text": "Gone soon"})
    cleo.post(f"{FIRST}/pins/k", data={"text": "Too green"})
    cleo.post(f"{FIRST}/pins/other/removal")
    cleo.post(f"{FIRST}/batches", data={"key": "b", "note": "Nearly."})
    as_(cast.dora).post(f"{HERE}/pins/1/answers", data={"answer": "Blue again."})

    page = as_(cast.vic).get(FIRST).text
    for words in ("Too green", "Nearly.", "Blue again.", "Dora Lindqvist"):
        assert words in page
    assert "Gone soon" not in page
    assert PinBatch.get().note == "Nearly."


def test_a_replaced_version_offers_no_pin_and_leads_to_the_newest(cast, sent, as_):
    make.pins(sent, by=cast.cleo)
    sent.prototype.add_version(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    cleo = as_(cast.cleo)

    page = cleo.get(FIRST).text
    refused = cleo.post(f"{FIRST}/pins", data=PIN)

    assert "Version 2 replaced this one" in page
    assert f'href="{HERE}/1/versions/2"' in page
    assert 'id="new-pin"' not in page
    assert refused.status_code == 409
    assert "Version 2 replaced this one" in refused.text


def test_a_picture_is_shown_light_and_the_original_only_when_asked_for(cast, as_):
    draft = make.prototype(cast.project, by=cast.sam, pictures=0)
    draft.add_screens([make.picture("Large", width=3000, height=2000)])
    draft.send(by=cast.sam, deciders=[cast.cleo])
    screen = Screen.of(draft)[0]

    fitting = pictures_in(as_(cast.cleo).get(FIRST))
    larger = pictures_in(as_(cast.cleo).get(f"{FIRST}?zoom=2"))

    assert [screen.shown.sha256 in url for url in fitting] == [True]
    assert [screen.fine.sha256 in url for url in larger] == [True]


def test_odd_numbers_in_the_address_show_the_nearest_screen(cast, sent, as_):
    for query in ("screen=0", "screen=99&zoom=99", "screen=x&zoom=-3"):
        assert as_(cast.cleo).get(f"{FIRST}?{query}").status_code == 200


def test_a_page_is_sent_again_after_the_readers_own_draft(cast, sent, as_):
    cleo = as_(cast.cleo)
    tag = cleo.get(FIRST).headers["ETag"]
    assert cleo.get(FIRST, headers={"If-None-Match": tag}).status_code == 304

    cleo.post(f"{FIRST}/pins", data=PIN)

    assert cleo.get(FIRST, headers={"If-None-Match": tag}).status_code == 200


def test_the_pages_cost_the_same_with_few_and_with_many(cast, sent, as_):
    browser = as_(cast.cleo)
    paths = (HERE, FIRST, SignOff.get().path)
    few = [queries_of(browser, path) for path in paths]

    make.pins(sent, by=cast.vic, texts=["Pin"] * 30)
    make.pins(sent, by=cast.cleo, texts=["Draft"] * 5, publish=False)
    for _ in range(5):
        make.prototype(cast.project, by=cast.sam, pictures=4).send(
            by=cast.sam, deciders=[cast.cleo]
        )

    assert [queries_of(browser, path) for path in paths] == few
    assert max(few[:2]) <= 8


def queries_of(browser, path):
    browser.get(path)
    with count_queries() as counter:
        browser.get(path)
    return counter.count


# The sign-off page -------------------------------------------------------------------------------


def test_the_page_that_is_signed_shows_what_is_sealed(cast, sent, as_):
    page = as_(cast.cleo).get(SignOff.get().path)

    assert len(pictures_in(page)) == 2
    assert f'href="{FIRST}?screen=2"' in page.text
    for shot in SignOff.get().shown["screens"]:
        assert shot["sha256"] in page.text


def test_whoever_stands_in_finds_approve_beside_the_screens(cast, sent, as_):
    joris = make.user("Joris Verhaegen", client=cast.client)
    make.member(joris, cast.project, Role.APPROVER)
    assert "#approve" not in as_(joris).get(FIRST).text

    pair = (make.member_of(one, cast.project) for one in (cast.cleo, joris))
    StandIn.name(*pair, from_on=studio_day(), until_on=studio_day(), by=cast.sam)

    assert f'href="{SignOff.get().path}#approve"' in as_(joris).get(FIRST).text
