"""The demo's mailbox shows every letter, and exists only on this machine."""

import dataclasses
import io

import jinja2
import pytest
import pyvips
from flask import Flask

from portal.core.filters import FILTERS
from portal.mail import message, views
from portal.mail.mailbox import PAGE_ROWS
from portal.settings import ROOT
from portal.storage.models import Blob
from portal.studio.models import Studio

BARE = """<title>{% block title %}{% endblock %}</title>
{% block crumbs %}{% endblock %}{% block main %}{% endblock %}"""


@pytest.fixture
def client(post):
    """A browser at a portal that has only this room, in a plain layout."""
    app = Flask("mailbox")
    layouts = jinja2.DictLoader({"layout/bare.html": BARE})
    app.jinja_loader = jinja2.ChoiceLoader([layouts, jinja2.FileSystemLoader(ROOT / "templates")])
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.filters.update(FILTERS)
    app.register_blueprint(views.mailbox("anyone"))
    return app.test_client()


@pytest.fixture
def sent(post, write):
    """`sent(place=…)` is the key of a letter that lies in the folder."""

    def send(**options):
        letter = write(**options)
        letter.deliver()
        (path,) = post.folder.glob(f"*-{letter.id:08d}.eml")
        return path.stem

    return send


def test_an_empty_mailbox_says_so(client):
    assert "No letters yet" in client.get("/demo/mail").text


def test_the_newest_letter_comes_first(client, sent):
    sent(place="the first")
    sent(place="the second")
    page = client.get("/demo/mail").text
    assert page.index("from the second") < page.index("from the first")


def test_many_letters_come_in_pages(client, sent):
    first = sent(place="the oldest")
    for _ in range(PAGE_ROWS):
        last = sent()
    page = client.get("/demo/mail").text
    assert first not in page
    assert last in page
    second = page.split("before=")[1].split('"')[0]
    assert "the oldest" in client.get(f"/demo/mail?before={second}").text


def test_a_letter_shows_its_headers_its_text_and_a_frame(client, sent):
    key = sent(place="<b>the pier</b>")
    page = client.get(f"/demo/mail/{key}").text
    assert "cleo@harbour.example" in page
    assert "&lt;b&gt;the pier&lt;/b&gt;." in page
    assert '<a href="http://127.0.0.1:8000/projects"' in page
    assert f'src="/demo/mail/{key}/html"' in page
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page


def test_the_html_part_can_run_and_load_nothing(client, sent):
    logo = pyvips.Image.black(30, 30, bands=3).write_to_buffer(".png")
    Studio.establish(logo=Blob.keep(io.BytesIO(logo), limit="logo"))
    answer = client.get(f"/demo/mail/{sent()}/html")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert 'src="data:image/png;base64,' in answer.text
    assert "cid:" not in answer.text
    assert '<head><base target="_top">' in answer.text


@pytest.mark.parametrize("key", ["20260312T104500000000-00000001", "..%2fsecret", ".env", "x"])
def test_a_letter_that_is_not_there_is_not_found(client, settings, key):
    (settings.data / "secret.eml").write_text("Subject: secret\n\n")
    assert client.get(f"/demo/mail/{key}").status_code == 404
    assert client.get(f"/demo/mail/{key}/html").status_code == 404


@pytest.mark.parametrize(
    "elsewhere",
    [{"base_url": "https://portal.example"}, {"mail_url": "smtp://127.0.0.1:25"}],
    ids=["public address", "real mail"],
)
def test_there_is_no_mailbox_anywhere_else(client, sent, settings, elsewhere):
    key = sent()
    message.configure(dataclasses.replace(settings, **elsewhere))
    for url in ("/demo/mail", f"/demo/mail/{key}", f"/demo/mail/{key}/html"):
        assert client.get(url).status_code == 404
