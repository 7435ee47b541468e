"""Posting a form twice makes one thing."""

import datetime as dt
import io
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import time_machine
from flask import g

from portal.access import jobs, once
from portal.access.models import Posting, Session
from portal.changes.models import ChangeRequest
from portal.core import clock, db
from portal.estimates.models import Estimate
from portal.feedback.models import Feedback
from portal.projects.models import Client, Project
from portal.prototypes.models import Prototype
from portal.studio.rates import Rate
from portal.threads.models import Message
from tests.storage.conftest import picture

RATE = {"role": "Design", "currency": "EUR", "price": "95", "from_on": "2099-01-01"}

#: Who posts what where, and what is counted.
FORMS = {
    "prototype": ("sam", "/projects/harbour/prototypes", {"title": "Look", "note": ""}, Prototype),
    "estimate": ("sam", "/projects/harbour/estimates", {}, Estimate),
    "change": ("sam", "/projects/harbour/changes", {}, ChangeRequest),
    "funding": ("sam", "/projects/harbour/changes/funding", {}, ChangeRequest),
    "wish": (
        "cleo", "/projects/harbour/changes/new", {"title": "School", "why": "For them."},
        ChangeRequest,
    ),
    "project": (
        "sam", "/projects", {"name": "New", "client": "1", "currency": "EUR"}, Project,
    ),
    "client": ("sam", "/clients", {"name": "Quay", "kind": "external"}, Client),
    "rate": ("sam", "/studio/rates", RATE, Rate),
}  # fmt: skip


def later(**span):
    return time_machine.travel(clock.now() + dt.timedelta(**span), tick=False)


@pytest.mark.parametrize("form", FORMS)
def test_the_second_of_two_equal_posts_is_sent_to_what_the_first_made(as_, cast, form):
    who, path, data, model = FORMS[form]
    browser, before = as_(getattr(cast, who)), model.select().count()

    answers = [browser.post(path, data=data) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {303}, answers[0].text
    assert len({answer.location for answer in answers}) == 1
    assert model.select().count() == before + 1


def test_of_two_at_once_one_makes_it_and_both_are_sent_there(as_, cast):
    who, path, data, model = FORMS["prototype"]
    first = as_(getattr(cast, who))
    together = Barrier(4)

    def press(_):
        browser = as_(None)
        browser._cookies.update(first._cookies)
        together.wait()
        try:
            return browser.post(path, data=data).location
        finally:
            db.handle.obj.close()

    with ThreadPoolExecutor(4) as pool:
        places = set(pool.map(press, range(4)))
    assert len(places) == 1
    assert model.select().count() == 1


@pytest.mark.parametrize("form", ["feedback", "message"])
def test_what_brings_pictures_is_taken_in_once_too(as_, cast, form):
    path, data, model = {
        "feedback": (
            "/projects/harbour/feedback", {"kind": "defect", "text": "Broken."}, Feedback,
        ),
        "message": (
            "/projects/harbour/threads/conversation/1/messages", {"message": "Hello."}, Message,
        ),
    }[form]  # fmt: skip
    browser = as_(cast.cleo)

    answers = [
        browser.post(path, data=data | {"pictures": (io.BytesIO(picture()), "a.png")})
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [303, 303], answers[0].text
    assert model.select().count() == 1


def test_while_the_first_is_on_its_way_the_second_is_told(as_, cast, monkeypatch):
    monkeypatch.setattr(once, "WAITS", 1)
    monkeypatch.setattr(once, "digest_of_request", lambda: "same")
    Posting.claim("same", dt.timedelta(minutes=1))
    path, data = "/projects/harbour/feedback", {"kind": "defect", "text": "Broken."}

    answer = as_(cast.cleo).post(path, data=data)
    assert (answer.status_code, once.ON_ITS_WAY in answer.text) == (409, True)
    with later(minutes=2):
        assert as_(cast.cleo).post(path, data=data).status_code == 303


def test_other_words_or_another_person_make_another(as_, cast):
    _, path, data, model = FORMS["prototype"]
    sam, dora = as_(cast.sam), as_(cast.dora)

    for browser, title in ((sam, "Look"), (sam, "Feel"), (dora, "Look")):
        browser.post(path, data=data | {"title": title})

    assert model.select().count() == 3


def test_another_picture_of_the_same_name_makes_another(as_, cast):
    path, data = "/projects/harbour/feedback", {"kind": "defect", "text": "See the picture."}
    browser = as_(cast.cleo)

    for width in (60, 61):
        shot = (io.BytesIO(picture(width=width)), "image.png")
        assert browser.post(path, data=data | {"pictures": shot}).status_code == 303

    assert Feedback.select().count() == 2


def test_no_value_reads_like_two_fields(app):
    with app.test_request_context("/", method="POST", data={"a": "1\nb=2"}):
        g.session = Session(id=1)
        one = once.digest_of_request()
    with app.test_request_context("/", method="POST", data={"a": "1", "b": "2"}):
        g.session = Session(id=1)
        assert once.digest_of_request() != one


def test_after_a_minute_it_is_meant(as_, cast):
    browser = as_(cast.sam)
    browser.post("/projects/harbour/estimates")
    with later(seconds=61):
        browser.post("/projects/harbour/estimates")

    assert Estimate.select().count() == 2


def test_what_was_refused_may_be_posted_again(as_, cast):
    browser = as_(cast.sam)
    bad = {"title": "", "note": ""}
    assert [browser.post(FORMS["prototype"][1], data=bad).status_code for _ in "12"] == [422, 422]
    assert not Posting.select().exists()


def test_what_was_typed_is_not_kept_and_the_rest_goes_after_a_day(as_, cast):
    as_(cast.sam).post("/projects/harbour/prototypes", data={"title": "Canary", "note": ""})
    assert "Canary" not in str(Posting.select().dicts().get())

    with later(days=1, minutes=1):
        jobs.sweep()
    assert not Posting.select().exists()
