"""Leaving feedback: what is kept of it, in what order, and what is refused in which words."""

import io
import re
from types import SimpleNamespace

import pytest

from portal.core.errors import DomainError
from portal.feedback import pictures
from portal.feedback.models import Feedback, FeedbackPicture
from portal.feedback.words import FeedbackStatus, Kind, Turn
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.storage.models import Blob
from tests import make

URL = "/projects/harbour/feedback"


def filled(**more):
    return {"kind": "defect", "text": "The ferry leaves twice.\nBoth at 10:15."} | more


def test_it_is_new_numbered_and_our_turn_and_the_producers_are_told(cast):
    first = make.feedback(cast.project, by=cast.vic, kind=Kind.DEFECT)
    second = make.feedback(cast.project, by=cast.cleo, text="And here")

    assert (first.number, second.number) == (1, 2)
    assert (first.status, first.turn) == (FeedbackStatus.NEW, Turn.STUDIO)
    told = Letter.select().where(Letter.template == "feedback-filed")
    assert {letter.name for letter in told} == {"Sam Moreau"}


def test_the_record_says_what_kind_it_is_and_not_a_word_of_it(cast):
    make.feedback(cast.project, by=cast.vic, text="A quagga on the map.")

    event = Event.select().order_by(Event.id.desc()).first()

    assert (event.verb, event.chain) == (Verb.FEEDBACK_FILED, "harbour")
    assert event.body["kind"] == "change"
    assert "quagga" not in event.line


@pytest.mark.parametrize("text", ["", " \r\n\t"])
def test_without_words_nothing_is_filed(cast, text):
    with pytest.raises(DomainError, match="what you noticed"):
        make.feedback(cast.project, by=cast.vic, text=text)

    assert Feedback.select().count() == 0


def test_a_phone_that_sends_it_again_files_it_once(cast, at):
    at("2026-03-12 10:00")
    first = make.feedback(cast.project, by=cast.vic, text="Twice?")

    assert make.feedback(cast.project, by=cast.vic, text="Twice?") == first
    assert make.feedback(cast.project, by=cast.cleo, text="Twice?") != first
    at("2026-03-12 11:00")
    assert make.feedback(cast.project, by=cast.vic, text="Twice?") != first


def test_it_is_the_same_though_something_else_was_said_between(cast, at):
    at("2026-03-12 10:00")
    first = make.feedback(cast.project, by=cast.vic, text="Twice?")
    make.feedback(cast.project, by=cast.vic, text="And the map.")

    assert make.feedback(cast.project, by=cast.vic, text="Twice?") == first


def test_the_same_words_with_another_picture_or_kind_are_something_else(cast, photo, at):
    at("2026-03-12 10:00")
    one, other = (pictures.keep([file(photo(shade=n), "a.png")]) for n in (1, 2))
    first = make.feedback(cast.project, by=cast.vic, text="Here.", pictures=one)

    assert make.feedback(cast.project, by=cast.vic, text="Here.", pictures=other) != first
    assert make.feedback(cast.project, by=cast.vic, text="Here.") != first
    assert make.feedback(cast.project, by=cast.vic, text="Here.", kind=Kind.DEFECT) != first
    assert make.feedback(cast.project, by=cast.vic, text="Here.", pictures=one) == first


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("One line", "One line", ""),
        ("One line\nand more", "One line", "and more"),
        ("word " * 40, ("word " * 24).strip() + "…", ("word " * 40).strip()),
    ],
)
def test_its_first_line_is_its_title_unless_that_is_too_long(cast, text, title, rest):
    item = make.feedback(cast.project, by=cast.vic, text=text)
    item = Feedback.get_by_id(item.id)

    assert (item.title, item.rest) == (title, rest)


# Over HTTP ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "status"), [("vic", 303), ("cleo", 303), ("sam", 403), ("dora", 403)]
)
def test_the_clients_people_file_and_the_studio_does_not(cast, as_, who, status):
    response = as_(getattr(cast, who)).post(URL, data=filled())

    assert response.status_code == status
    assert Feedback.select().count() == (status == 303)


def test_filing_leads_to_the_page_of_what_was_filed(cast, as_):
    browser = as_(cast.vic)
    data = filled(viewport="390 × 664", device="yes", page="/projects/harbour/scope")

    page = browser.get(browser.post(URL, data=data).location).text

    assert "It is filed as feedback 1" in page
    assert "390 × 664 pixels" in page
    assert '<a href="/projects/harbour/scope">Scope</a>' in page


def test_what_is_missing_is_said_beside_its_field_and_the_rest_is_kept(cast, as_):
    response = as_(cast.vic).post(URL, data={"text": "It flickers."})

    assert response.status_code == 422
    assert "Choose what it is." in response.text
    assert "It flickers.</textarea>" in response.text


def test_a_picture_is_kept_as_it_was_sent_with_a_light_copy(cast, as_, photo, upload):
    sent = photo(width=3000, height=2000)

    as_(cast.vic).post(URL, data=filled(pictures=[upload(sent, "IMG 1.png")]))

    picture = FeedbackPicture.get()
    assert picture.blob.path().read_bytes() == sent
    assert (picture.small.width, picture.small.media_type) == (pictures.SMALL_PX, "image/webp")
    assert picture.name == "IMG 1.png"


def test_pictures_are_shown_from_the_content_origin_only(cast, as_, photo, upload, settings):
    browser = as_(cast.vic)
    browser.post(URL, data=filled(pictures=[upload(photo(), "a.png")]))

    page = browser.get(f"{URL}/1").text

    addresses = re.findall(r'(?:src|href)="([^"]*a\.(?:png|webp))"', page)
    assert len(addresses) == 2
    assert all(address.startswith(settings.content_url) for address in addresses)


def test_a_picture_that_lies_about_its_type_is_refused_and_the_words_are_kept(cast, as_, upload):
    data = filled(pictures=[upload(b"<script>alert(1)</script>", "cat.png")])

    response = as_(cast.vic).post(URL, data=data)

    assert response.status_code == 415
    assert "cat.png: This file is not a PNG" in response.text
    assert "The ferry leaves twice." in response.text
    assert Feedback.select().count() == FeedbackPicture.select().count() == 0


def test_the_pictures_before_a_bad_one_need_not_be_chosen_again(cast, as_, photo, upload):
    browser = as_(cast.vic)
    files = [upload(photo(shade=10), "good.png"), upload(b"nothing", "bad.png")]
    page = browser.post(URL, data=filled(pictures=files)).text
    token = re.search(r'name="kept" value="([^"]+)"', page)[1]

    browser.post(URL, data=filled(kept=[token]))

    assert [picture.name for picture in Feedback.get().pictures] == ["good.png"]


def test_a_kept_picture_serves_nobody_else(cast, as_, app, photo):
    kept = pictures.keep([file(photo(), "mine.png")])
    token = kept[0].token(app.secret_key, cast.vic)

    as_(cast.cleo).post(URL, data=filled(kept=[token, "forged"]))

    assert Feedback.get().pictures.count() == 0


def test_more_pictures_than_five_are_refused_in_words(cast, as_, photo, upload):
    files = [upload(photo(shade=n), f"{n}.png") for n in range(6)]

    response = as_(cast.vic).post(URL, data=filled(pictures=files))

    assert response.status_code == 422
    assert "5 pictures are the most" in response.text
    assert response.text.count('name="kept"') == 5
    assert Feedback.select().count() == 0


def test_one_picture_that_is_too_large_is_refused_with_its_name(cast, as_, upload, monkeypatch):
    monkeypatch.setitem(pictures.LIMITS, "image", small_limit())

    response = as_(cast.vic).post(URL, data=filled(pictures=[upload(b"x" * 500, "wall.png")]))

    assert response.status_code == 413
    assert "wall.png: " in response.text
    assert "The ferry leaves twice." in response.text


@pytest.mark.csrf
def test_a_large_picture_is_no_reason_to_doubt_the_form(cast, as_, photo, upload):
    """The token is read from the same body: the larger limit is there before it is looked for."""
    browser = as_(cast.vic)
    page = browser.get(f"{URL}/new").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    noise = photo(width=20, height=20) + b"\0" * 400_000

    data = filled(csrf_token=token, pictures=[upload(noise, "a.png")])
    response = browser.post(URL, data=data)

    assert response.status_code == 303
    assert Feedback.get().pictures.count() == 1


def test_equal_pictures_are_kept_once(cast, photo):
    pictures.keep([file(photo(), "a.png"), file(photo(), "b.png")])

    assert Blob.select().count() == 2


def file(content, name):
    return SimpleNamespace(stream=io.BytesIO(content), filename=name)


def small_limit():
    from portal.storage.limits import LIMITS

    kind = type(LIMITS["image"])
    return kind(100, LIMITS["image"].accepted, "For this test.")


def test_several_are_left_one_after_the_other_and_the_place_goes_along(cast, as_):
    vic = as_(cast.vic)
    came_from = "/projects/harbour/scope"
    first = vic.post(URL, data=filled(page=came_from, another="yes"))

    assert first.location == f"{URL}/new?filed=1&page={came_from}"
    page = vic.get(first.location).text
    assert "It is filed as feedback 1; the studio has been told. What else?" in page
    assert f'name="page" value="{came_from}" checked' in page
    assert "data-stays" in page
    assert "data-stays" not in vic.get(f"{URL}/new").text


def test_a_session_that_ended_leads_back_to_the_form_after_the_sign_in(cast, as_):
    form = "http://localhost" + f"{URL}/new?page=/projects/harbour/scope"

    response = as_(None).post(URL, data=filled(), headers={"Referer": form})

    assert response.status_code == 303
    assert response.location.startswith(f"/sign-in?next={URL}/new?page")
