"""A post office of its own: three small templates, and mail servers with bad manners."""

import asyncio
import dataclasses
import socket
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from portal import storage
from portal.mail import message
from portal.mail.models import Letter

TEMPLATES = {
    "subject.txt": "Hello {{ to_name }}, from {{ place }}",
    "body.txt": "Dear {{ to_name }},\n{{ studio.name }} says: {{ place }}.\n{{ base_url }}/projects",
    "body.html": """<!doctype html><html><head><style>
        .go { color: #15553e; }
        @media (prefers-color-scheme: dark) { .go { color: #efebe1 !important; } }
        </style></head><body>{% if logo_cid %}<img src="cid:{{ logo_cid }}" alt="">{% endif %}
        <p class="go">{{ place }}</p></body></html>""",
}


@pytest.fixture
def post(settings, database, tmp_path):
    """Mail and files configured for this test, with the template `greeting`."""
    folder = tmp_path / "templates" / "mail" / "greeting"
    folder.mkdir(parents=True)
    for name, text in TEMPLATES.items():
        (folder / name).write_text(text)
    foot = folder.parent.parent / message.FOOT
    foot.parent.mkdir()
    foot.write_text("\n\nHow often: {{ base_url }}{{ ways_out.rhythm_path }}")
    storage.configure(settings)
    message.configure(settings, folder.parent.parent)
    yield SimpleNamespace(templates=folder.parent.parent, folder=settings.data / "mail")
    message.LATE.pop("greeting", None)
    message.configure(settings)


@pytest.fixture
def cleo():
    return SimpleNamespace(id=7, email="cleo@harbour.example", name="Cleo Janssen")


@pytest.fixture
def write(post, cleo):
    """`write(place="Oslo")` is a letter to Cleo that waits."""

    def letter(to=cleo, place="the harbour", **options):
        return Letter.write("greeting", to=to, context={"place": place}, **options)

    return letter


class Clerk:
    """Keeps what the mail server took; says `to_recipient`, and `to_message` after `seconds`."""

    def __init__(self):
        self.taken, self.to_recipient, self.to_message = [], "250 OK", "250 OK"
        self.seconds = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.to_message.startswith("250"):
            self.taken.append(envelope)
        await asyncio.sleep(self.seconds)
        return self.to_message


@pytest.fixture
def smtp(post, settings, mail_ports):
    """A real mail server on this machine; letters go to it."""
    clerk = Clerk()
    controller = Controller(clerk, hostname="127.0.0.1", port=free_port())
    controller.start()
    mail_ports.add(controller.port)
    use(settings, post, f"smtp://127.0.0.1:{controller.port}")
    yield clerk
    controller.stop()


@pytest.fixture
def no_smtp(post, settings, mail_ports):
    """The address of a mail server that is switched off; letters would go to it."""
    port = free_port()
    mail_ports.add(port)
    use(settings, post, f"smtp://127.0.0.1:{port}")


def use(settings, post, mail_url):
    message.configure(dataclasses.replace(settings, mail_url=mail_url), post.templates)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
