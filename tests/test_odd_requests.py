"""What no page of ours would send: answered in words, on both databases, and never with 500."""

import io
import re

import pytest
from peewee import InterfaceError, OperationalError

from portal.access.guard import FILE_FIELDS
from portal.access.views import entry
from portal.core import db
from portal.settings import ROOT
from portal.studio import models
from tests import make

HUGE = ("9" * 20, "9" * 5000)


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize("place", ["estimates", "changes", "sign-offs", "prototypes", "feedback"])
def test_a_huge_number_in_an_address_leads_nowhere(cast, as_, place, number):
    assert as_(cast.cleo).get(f"/projects/harbour/{place}/{number}").status_code == 404


@pytest.mark.parametrize("path", ["/projects/%00", "/receipts/a%00", "/projects/%00/estimates/1"])
def test_a_zero_byte_in_an_address_leads_nowhere(cast, as_, path):
    assert as_(cast.cleo).get(path).status_code == 404


@pytest.mark.parametrize("number", HUGE)
def test_a_huge_number_in_a_query_does_not_break_the_page(cast, as_, number):
    answer = as_(cast.cleo).get(f"/projects/harbour/changes?before={number}")

    assert answer.status_code in (200, 400)


@pytest.mark.parametrize("number", HUGE)
def test_a_huge_number_in_a_form_is_refused(cast, as_, number):
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    sam = as_(cast.sam)
    reminded = sam.post(f"{sent.path}/reminders", data={"addressee": number})
    make.estimate(cast.project, by=cast.sam)
    draft = "/projects/harbour/estimates/2/draft"
    saved = sam.post(draft, data={"edits": number, "title": "x"})
    assert {400, 404, 409} >= {reminded.status_code, saved.status_code}


@pytest.mark.parametrize(
    ("who", "path", "name"),
    [
        ("nobody", "/sign-in", "email"),
        ("cleo", "/account", "name"),
        ("cleo", "/projects/harbour/feedback", "text"),
        ("sam", "/projects/harbour/feedback/1/merge", "into"),
    ],
)
def test_a_file_in_the_place_of_a_text_is_refused(cast, as_, who, path, name):
    make.feedback(cast.project, by=cast.vic)
    data = {name: (io.BytesIO(b"a file"), "a.txt")}

    assert as_(getattr(cast, who, None)).post(path, data=data).status_code == 400


def test_every_field_that_takes_a_file_is_known_as_one():
    text = "".join(path.read_text() for path in (ROOT / "portal").rglob("*.py"))

    assert set(re.findall(r"(\w+) = (?:Multiple)?FileField\(", text)) == FILE_FIELDS


@pytest.mark.parametrize(
    "place", ["threads/conversation/1/notes", "prototypes/1/versions/1/sources"]
)
def test_a_text_in_the_place_of_a_file_is_none(cast, as_, place):
    make.prototype(cast.project, by=cast.sam)
    typed = {"note": "See.", "files": "no file"}

    assert as_(cast.sam).post(f"/projects/harbour/{place}", data=typed).status_code in (303, 422)


@pytest.mark.parametrize("number", HUGE)
def test_a_button_about_a_huge_number_does_nothing(cast, as_, number):
    make.estimate(cast.project, by=cast.sam)
    acted = {"overwrite": "1", "title": "x", "act": f"remove-line:{number}"}

    answer = as_(cast.sam).post("/projects/harbour/estimates/1/draft", data=acted)
    assert answer.status_code == 303


def test_a_name_that_grows_when_it_is_normalised_is_refused_or_kept(cast, as_):
    grows = "\U0001d160" * 120  # Three signs each in normal form.
    form = {"name": grows, "title": "", "phone": "", "zone": "UTC", "theme": "auto"}

    assert as_(cast.cleo).post("/account", data=form).status_code in (303, 400)


def test_a_zero_byte_in_an_answer_is_refused(cast, as_):
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    fields = {"answer": "decline", "notes": "No.", "version": 1, "digest": sent.digest}

    answer = as_(cast.cleo).post(
        f"{sent.path}/decisions", data={**fields, "baseline": 0, "key": "a\0b"}
    )

    assert answer.status_code in (303, 400)


@pytest.fixture
def gone(app, monkeypatch):
    """`gone(error)` takes the database away, as production would find it."""
    app.config.update(TESTING=False)

    def take_away(error):
        def refuse(*_, **__):
            raise error("it is away")

        monkeypatch.setattr(models, "_kept", models.NOTHING)
        monkeypatch.setattr(db.handle.obj, "execute_sql", refuse)

    return take_away


@pytest.mark.parametrize("fault", [(OperationalError, 503), (InterfaceError, 500)])
@pytest.mark.parametrize("path", ["/projects/harbour", "/sign-in", "/"])
def test_without_a_database_there_is_still_a_page(cast, as_, gone, path, fault):
    error, status = fault
    cleo = as_(cast.cleo)
    gone(error)

    answer = cleo.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (status, "no-store")
    assert '<p class="refusal"' in answer.text
    assert "Content-Security-Policy" in answer.headers


def test_without_a_database_a_part_of_a_page_says_so_too(cast, as_, gone):
    cleo = as_(cast.cleo)
    gone(OperationalError)

    answer = cleo.get("/projects/harbour", headers={"HX-Request-Type": "partial"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (503, "#notice")
    assert "<html" not in answer.text


def test_the_log_of_a_failure_does_not_hold_the_secret_of_a_link(app, as_, monkeypatch, caplog):
    app.config.update(TESTING=False)
    monkeypatch.setattr(entry.Invitation, "read", lambda *_: 1 // 0)

    assert as_(None).get("/invitations/a-secret-link").status_code == 500
    assert "GET /invitations/<token> failed" in caplog.messages
    assert "a-secret-link" not in caplog.text
