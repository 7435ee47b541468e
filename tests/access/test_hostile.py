"""What a stranger, a forged request or a name can not do to the ways in."""

import contextlib
import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.access.grants import may_read
from portal.access.models import Attempt, Session, User
from portal.core import clock, db
from portal.core.errors import DomainError, TooMany
from tests import make

LONG_EMAIL = f"{'a' * 60}@{'.'.join(['b' * 60] * 3)}.demo.test"


def held(app, browser):
    """What a browser's cookie says to whoever reads it: it is signed, not sealed."""
    cookie = browser.get_cookie("session", domain="127.0.0.1")
    return app.session_interface.get_signing_serializer(app).loads(cookie.value)


def test_the_cookie_of_a_known_address_is_that_of_an_unknown_one(app, as_, cast):
    cookies = []
    for email in (cast.cleo.email, "nobody@demo.test"):
        browser = as_(None)
        browser.post("/sign-in", data={"email": email, "password": ""})
        cookies.append(held(app, browser).keys())

    assert cookies[0] == cookies[1]


@pytest.mark.parametrize("password", ["", "three unrelated words"])
def test_the_longest_address_is_answered_like_any_other(as_, cast, password):
    answer = as_(None).post("/sign-in", data={"email": LONG_EMAIL, "password": password})

    assert answer.status_code == (422 if password else 303)


@pytest.mark.parametrize("name", ["\u202e", " \x01 ", "\u2066\u2069"])
def test_a_name_of_invisible_signs_is_no_name(as_, cast, name):
    with pytest.raises(DomainError):
        cast.cleo.describe(name=name)
    with pytest.raises(DomainError):
        make.user(name, client=cast.client, email="new@demo.test")

    assert User.get_by_id(cast.cleo.id).name == "Cleo Janssen"


def test_of_many_tries_at_once_only_the_allowed_ones_count(database):
    passed, together = [], threading.Barrier(8)

    def one(_):
        with db.handle.obj.connection_context():
            together.wait()
            with contextlib.suppress(TooMany):
                Attempt.count("password:cleo", 3, dt.timedelta(minutes=15))
                passed.append(1)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, range(8)))
    assert len(passed) == 3


def test_a_nonsense_page_address_of_htmx_still_leads_to_sign_in(as_, cast):
    headers = {"HX-Request-Type": "partial", "HX-Current-URL": "http://["}

    assert as_(None).get("/projects", headers=headers).status_code == 401


@pytest.mark.parametrize("column", ["last_used_at", "created_at"])
def test_a_link_to_a_file_ends_when_its_session_has_lasted_too_long(cast, column):
    session, _ = Session.start(cast.cleo, how="password")
    claims = {"s": session.id, "p": cast.project.id, "b": ""}
    assert may_read(claims)

    long_ago = clock.now() - dt.timedelta(days=8)
    Session.update(**{column: long_ago}).where(Session.id == session.id).execute()
    assert not may_read(claims)


def test_a_link_to_a_file_is_for_members_only(cast):
    session, _ = Session.start(cast.otto, how="password")

    assert may_read({"s": session.id, "p": None, "b": ""})
    assert not may_read({"s": session.id, "p": cast.project.id, "b": ""})
    session.end()
    assert not may_read({"s": session.id, "p": None, "b": ""})
