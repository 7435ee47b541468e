"""The cookie of a session: no script reads it, and no other site's request brings it along."""

import dataclasses

import pytest

from portal import create_app
from tests.conftest import let_go_of_the_queue


@pytest.fixture
def flags(settings, database):
    """`flags(base_url)` are the words of the cookie that asking for a code sets there."""

    def asked(base_url):
        there = {"base_url": base_url, "content_url": "https://files.example"}
        app = create_app(dataclasses.replace(settings, **there))
        let_go_of_the_queue()
        app.config["WTF_CSRF_ENABLED"] = False
        answer = app.test_client().post(
            "/sign-in", data={"email": "nobody@demo.test"}, base_url=base_url
        )
        return answer.headers["Set-Cookie"].split("; ")

    return asked


def test_over_https_it_is_bound_to_this_host_and_never_sent_in_the_clear(flags):
    value, *words = flags("https://portal.example")

    assert value.startswith("__Host-session=")
    assert set(words) == {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_on_this_machine_it_goes_without_encryption_only(flags):
    value, *words = flags("http://127.0.0.1:8000")

    assert value.startswith("session=")
    assert set(words) == {"HttpOnly", "Path=/", "SameSite=Lax"}
