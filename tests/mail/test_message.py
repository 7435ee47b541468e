"""What a letter looks like on the wire."""

import email
import io
from email import policy
from types import SimpleNamespace

import pytest
import pyvips

from portal.mail import message
from portal.mail.models import LetterStatus
from portal.storage.models import Blob
from portal.studio.models import Studio


@pytest.fixture
def wire(write):
    """`wire(place=…)` is a letter after it was written to bytes and read again."""

    def read(**options):
        content = message.render(write(**options)).as_bytes()
        return email.message_from_bytes(content, policy=policy.default)

    return read


def test_text_comes_first_then_html(wire):
    mail = wire(place="Ålesund")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "Ålesund" in mail.get_body(("plain",)).get_content()


def test_the_headers_say_who_and_that_a_machine_wrote(wire):
    Studio.establish(name="Fathom & Field", email="hello@fathom.example")
    mail = wire()
    assert mail["From"] == "Fathom & Field <hello@fathom.example>"
    assert mail["To"] == "Cleo Janssen <cleo@harbour.example>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_every_try_has_the_same_message_id(write):
    letter = write()
    ids = {str(message.render(letter)["Message-ID"]) for _ in range(2)}
    assert ids == {letter.message_id}


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\x07"])
def test_no_text_can_add_a_header(wire, sign):
    person = SimpleNamespace(id=1, email="cleo@harbour.example", name=f"Cleo{sign}Bcc: x@y.example")
    mail = wire(to=person, place=f"Oslo{sign}Bcc: all@example.com")
    assert mail["Bcc"] is None
    assert mail["Subject"].startswith("Hello Cleo Bcc: x@y.example, from Oslo Bcc:")


def test_a_long_subject_is_cut(wire):
    assert len(wire(place="x" * 5000)["Subject"]) == 200


def test_what_people_type_is_no_markup(wire):
    html = wire(place="<script>alert(1)</script>").get_body(("html",)).get_content()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_styles_are_inlined_and_the_dark_ones_kept(wire):
    html = wire().get_body(("html",)).get_content()
    assert 'style="color: #15553e;"' in html
    assert "@media (prefers-color-scheme: dark)" in html


def test_the_logo_travels_inside(wire):
    logo = pyvips.Image.black(900, 300, bands=3).write_to_buffer(".png")
    Studio.establish(logo=Blob.keep(io.BytesIO(logo), limit="logo"))
    mail = wire()
    (picture,) = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == f"<{message.LOGO_CID}>"
    assert f'src="cid:{message.LOGO_CID}"' in mail.get_body(("html",)).get_content()
    assert pyvips.Image.new_from_buffer(picture.get_content(), "").width == message.LOGO_PX


def test_what_is_added_late_is_not_in_the_database(post, write):
    message.late("greeting")(lambda context: {"place": f"code for {context['to_name']}"})
    letter = write(place="")
    assert "code for Cleo" in message.render(letter)["Subject"]
    assert letter.context == {"place": ""}


def test_a_letter_out_of_date_is_skipped(post, write):
    message.late("greeting")(lambda context: None)
    letter = write()
    letter.deliver()
    assert letter.status == LetterStatus.SKIPPED
    assert not post.folder.exists()
