"""A contract of 20,000 EUR, on a day that stands still."""

import datetime as dt

import pytest

from portal.budget.models import Statement
from tests import make

TODAY = dt.date(2026, 3, 12)


@pytest.fixture(autouse=True)
def today(at):
    return at("2026-03-12 10:45")


@pytest.fixture
def signed(cast):
    make.amendment(cast.project, make.added("Site", 20_000_00), by=cast.cleo)
    return cast


@pytest.fixture
def state(signed):
    """`state(5_000_00)` states what is used today, as Sam; amounts in minor units."""

    def make_statement(used_minor, **said):
        said = {"as_of_on": TODAY} | said
        return Statement.make(signed.project, by=signed.sam, used_minor=used_minor, **said)

    return make_statement
