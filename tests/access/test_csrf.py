"""Whoever may do something does it only from a page of ours: every address that changes things."""

import pytest

from portal.access.permissions import ANYONE, SIGNED_IN
from portal.core.web import ALLOWED

UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
#: A mail program posts there, from no page: what it may do is in its signed address (RFC 8058).
SIGNED = {"notices.create_stop"}


@pytest.fixture
def changes(app, addresses, world, role_of):
    """Each address that changes something: (somebody who may, method, path)."""

    def who(rule):
        permission = app.extensions[ALLOWED][rule.endpoint]
        if permission == ANYONE:
            return None
        if permission == SIGNED_IN:
            return world.sam
        if "slug" in rule.arguments:
            return next(one for role, one in role_of.items() if role.may(permission))
        return next(one for one in (world.sam, world.ada) if one.may(permission))

    return [(who(rule), method, path) for rule, method, path in addresses() if method in UNSAFE]


@pytest.fixture
def stop_path(app, addresses):
    """The one address whose signature is its permission."""
    (path,) = {path for rule, _, path in addresses() if rule.endpoint in SIGNED}
    return path


@pytest.mark.csrf
def test_nothing_is_done_without_the_token_of_a_page(ask, changes, stop_path):
    answers = {
        f"{method} {path}": ask(who, method, path).status_code
        for who, method, path in changes
        if path != stop_path
    }
    assert len(answers) > 40
    assert set(answers.values()) == {400}, answers


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nothing_is_done_for_another_site(ask, changes, site):
    headers = {"Sec-Fetch-Site": site}
    answers = {
        f"{method} {path}": ask(who, method, path, headers=headers).status_code
        for who, method, path in changes
    }
    assert set(answers.values()) == {403}, answers
