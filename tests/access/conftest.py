"""A project in which something of every kind is there, and a walk over every address."""

import contextlib
import datetime as dt
from types import SimpleNamespace

import pytest

from portal.access.models import Invitation
from portal.access.permissions import HouseRole, Role
from portal.core import db
from portal.notices import ways_out
from portal.signoff.models import Receipt, SignOff
from portal.threads.conversation import Conversation
from portal.threads.models import note, reply
from tests import make
from tests.conftest import send_what_waits
from tests.stories import told


class TakenBack(Exception):
    """What was done is undone, and what it would have said is not said."""


METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


def tell(cast):
    make.member(cast.ada, cast.elsewhere, Role.TEAM)
    make.user("Tess Rowan", house_role=HouseRole.PRODUCER)
    gus = make.user("Gus Okafor", client=cast.client)
    make.member(gus, cast.project, Role.SPONSOR)
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(sent, by=cast.cleo)
    make.cancellation(sent, by=cast.sam)
    change = make.change(cast.project, by=cast.sam, title="School groups")
    due_on = dt.date(2030, 1, 1)
    asked = change.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic], due_on=due_on)
    make.question(asked, by=cast.cleo)
    make.estimate(cast.project, by=cast.sam, title="A draft")
    shown = make.prototype(cast.project, by=cast.sam)
    shown.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.pins(shown, by=cast.cleo)
    make.prototype(cast.project, by=cast.sam, title="Another draft")
    make.feedback(cast.project, by=cast.vic)
    reply(Conversation(cast.project), by=cast.sam, text="Welcome.")
    note(Conversation(cast.project), by=cast.sam, text="They are new.")
    Invitation.send(cast.vic, by=cast.sam, project=cast.project)
    make.house(cast.project, by=cast.sam)
    send_what_waits()


beginning = told("world", tell, at=None)


@pytest.fixture
def world(app, cast):
    """The cast with a signed estimate, an open change, a draft, an invitation and letters."""
    cast.receipt = Receipt.get()
    cast.open = SignOff.get(kind="change")
    cast.invitation = Invitation.get()
    cast.arguments = {
        "slug": "harbour",
        "token": cast.invitation.token(app.secret_key),
        "public_id": cast.receipt.public_id,
        "kind": "estimate",
        "key": "1",
    }
    drafted = {"number": 2}  # The first is sent: no preview.
    cast.arguments_of = {"signoff.show_preview": drafted, "documents.preview_pdf": drafted}
    for view in ("message", "note", "reading"):
        for name in (f"create_{view}", f"create_{view}_edit", f"show_{view}"):
            cast.arguments_of[f"threads.{name}"] = {"kind": "conversation"}
    decides = {"number": make.member_of(cast.cleo, cast.project).id}
    letter = SimpleNamespace(user_id=cast.cleo.id, project_id=cast.project.id)
    for view in ("stop", "create_stop"):
        cast.arguments_of[f"notices.{view}"] = {"token": ways_out.token(letter)}
    for view in ("show", "create", "create_stand_in"):
        cast.arguments_of[f"mandates.{view}"] = decides
    return cast


@pytest.fixture
def addresses(app, world):
    """`addresses()` yields (rule, method, path) for all that can be asked of the portal."""

    def walk(slug="harbour"):
        adapter = app.url_map.bind("127.0.0.1:8000")
        for rule in app.url_map.iter_rules():
            known = world.arguments | world.arguments_of.get(rule.endpoint, {}) | {"slug": slug}
            values = {name: known.get(name, 1) for name in rule.arguments}
            path = adapter.build(rule.endpoint, values, method=min(rule.methods))
            for method in METHODS:
                if method in rule.methods:
                    yield rule, method, path

    return walk


@pytest.fixture
def ask(as_, world):
    """`ask(cookie_owner, method, path)` answers, and leaves the database as it was."""
    cookies = {}

    def asked(user, method, path, **options):
        if user not in cookies:
            cookies[user] = as_(user)
        jar = dict(cookies[user]._cookies)
        with contextlib.suppress(TakenBack), db.change():
            answer = cookies[user].open(path, method=method, **options)
            raise TakenBack
        cookies[user]._cookies.clear()
        cookies[user]._cookies.update(jar)
        return answer

    return asked


@pytest.fixture
def role_of(world):
    """Each role with a person who has it on the project `harbour`."""
    return {
        Role.PRODUCER: world.sam,
        Role.TEAM: world.dora,
        Role.APPROVER: world.cleo,
        Role.REVIEWER: world.vic,
        Role.SPONSOR: world.gus,
    }
