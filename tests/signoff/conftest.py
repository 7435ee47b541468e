"""A sent estimate, and answers to it as a browser would give them."""

import dataclasses
import datetime as dt
import secrets

import pytest

from portal.access.permissions import Role
from portal.core import clock
from portal.signoff.deciding.decide import Form, decide
from portal.signoff.models import Answer, Evidence, SignOff, StandIn
from portal.signoff.models.stand_ins import studio_day
from tests import make
from tests.stories import told

LONG_FROM_NOW = dt.date(2099, 12, 31)


def send(cast):
    optional = {"is_optional": True}
    draft = make.estimate(
        cast.project,
        by=cast.sam,
        lines=[("Design", 120_00), ("Film", 80_00, optional)],
        valid_until_on=LONG_FROM_NOW,
    )
    return draft.send(by=cast.sam, deciders=[cast.cleo])


beginning = told("sent", send)


@pytest.fixture
def sent(cast):
    """Estimate 1, version 1: design for 120.00 and, if the client likes, a film for 80.00."""
    return SignOff.get_or_none() or send(cast)


@pytest.fixture
def form():
    """`form(sign_off)` is an approval of exactly what is sealed; keywords change a field."""
    return filled


def filled(sign_off, **changes):
    offer = sign_off.offer(changes.get("options"))
    form = Form(
        answer=Answer.APPROVE,
        version=sign_off.version,
        digest=sign_off.digest,
        baseline_number=sign_off.baseline_number,
        total_minor=offer.total_minor,
        options=offer.options,
        notes="",
        has_consented=True,
        key=secrets.token_hex(8),
    )
    return dataclasses.replace(form, **changes)


def evidence(name="Cleo Janssen"):
    return Evidence(name, "password", clock.now(), "192.0.2.44", "A phone")


@pytest.fixture
def answer(form):
    """`answer(sign_off, by=cleo)` approves it; keywords change what the form says."""

    def give(sign_off, *, by, typed_name=None, **changes):
        name = by.name if typed_name is None else typed_name
        return decide(sign_off, form(sign_off, **changes), evidence(name), by=by)

    return give


@pytest.fixture
def post():
    """`post(page, sign_off)` sends the form of the sign-off's page, as a browser would."""

    def send(browser, sign_off, **changes):
        offer = sign_off.offer(None)
        fields = {
            "answer": "approve",
            "version": sign_off.version,
            "digest": sign_off.digest,
            "baseline": sign_off.baseline_number,
            "total": offer.total_minor,
            "option": list(offer.options),
            "key": secrets.token_hex(8),
            "name": "Cleo Janssen",
            "consent": "y",
        }
        fields = {name: value for name, value in (fields | changes).items() if value is not None}
        return browser.post(f"{sign_off.path}/decisions", data=fields)

    return send


@pytest.fixture
def eva(cast):
    """A sponsor, who decides anything."""
    eva = make.user("Eva Lind", client=cast.client)
    make.member(eva, cast.project, Role.SPONSOR)
    return eva


@pytest.fixture
def joris(cast):
    """Another approver, without a limit until a test sets one."""
    joris = make.user("Joris Verhaegen", client=cast.client)
    make.member(joris, cast.project, Role.APPROVER)
    return joris


@pytest.fixture
def estimate(cast):
    """`estimate(2_000_00, [cast.cleo])` sends an estimate of 2,000.00 to these people."""

    def send(minor, deciders, **asked):
        draft = make.estimate(cast.project, by=cast.sam, lines=[("Design", minor)])
        return draft.send(by=cast.sam, deciders=deciders, **asked)

    return send


@pytest.fixture
def away(cast):
    """`away(cast.cleo, joris)` lets Joris answer for Cleo this week."""

    def name(absent, person, *, by=None, days=(0, 6)):
        first, last = (studio_day() + dt.timedelta(days=n) for n in days)
        pair = (make.member_of(one, cast.project) for one in (absent, person))
        return StandIn.name(*pair, from_on=first, until_on=last, by=by or cast.sam)

    return name
