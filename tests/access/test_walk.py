"""Nobody has to remember to protect a route: these tests walk them all."""

import pytest

from portal.access.guard import OPEN_ENDPOINTS
from portal.access.permissions import ANYONE, SIGNED_IN, HouseRole, Permission, Role
from portal.core.web import ALLOWED, Room

#: Every address that needs no sign-in. A new one is a decision, and is written here.
OPEN = {
    "access.address_undo",
    "access.create_address_undo",
    "access.sign_in",
    "access.create_session",
    "access.code",
    "access.create_code_session",
    "access.create_code",
    "access.invitation",
    "access.create_invitation_code",
    "care.answer",
    "care.create_answer",
    "documents.certificates",
    "documents.create_check",
    "documents.verify",
    "home.healthz",
    "home.readyz",
    "mail.index",
    "mail.show",
    "mail.show_html",
    "notices.create_stop",
    "notices.stop",
}
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def allowed(app, rule):
    return app.extensions[ALLOWED].get(rule.endpoint)


def test_every_route_declares_who_may_use_it(app):
    declared = app.extensions[ALLOWED]
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - OPEN_ENDPOINTS
    assert endpoints == set(declared)
    assert all(one in (ANYONE, SIGNED_IN) or one in Permission for one in declared.values())


def test_what_is_open_to_anyone_is_a_list_that_somebody_decided(app):
    assert {name for name, who in app.extensions[ALLOWED].items() if who == ANYONE} == OPEN


def test_what_changes_things_needs_more_than_a_permission_to_read(app):
    """But for the notes that somebody has opened it, or read it, and those are theirs."""
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.methods - {"GET", "HEAD", "OPTIONS"} and str(allowed(app, rule)).endswith(":read")
    }
    assert found == {"signoff.create_opening", "threads.create_reading"}


def test_a_route_without_a_permission_cannot_be_written():
    room = Room("attic", __name__)
    with pytest.raises(TypeError, match="say who may use this route"):

        @room.get("/attic")
        def attic():
            return "everything"


@pytest.mark.own_portal
def test_a_route_that_slipped_past_its_room_is_closed_to_members_too(app, cast, as_):
    app.add_url_rule("/projects/<slug>/attic", "attic", lambda: "everything")

    assert as_(cast.sam).get("/projects/harbour/attic").status_code == 403
    assert as_(cast.otto).get("/projects/harbour/attic").status_code == 404


def test_nobody_gets_in_anywhere(app, addresses, ask):
    for rule, method, path in addresses():
        if allowed(app, rule) == ANYONE:
            continue
        answer = ask(None, method, path)
        assert answer.status_code == 303, f"{method} {path}"
        assert answer.location.startswith("/sign-in"), f"{method} {path}"


def test_htmx_is_told_to_take_the_whole_page_to_sign_in(app, addresses, ask):
    page = {"HX-Current-URL": "http://127.0.0.1:8000/projects/harbour?x=1"}
    for rule, method, path in addresses():
        if allowed(app, rule) == ANYONE:
            continue
        answer = ask(None, method, path, headers=HTMX | page)
        assert (answer.status_code, answer.data) == (401, b""), f"{method} {path}"
        assert answer.headers["HX-Redirect"] == "/sign-in?next=/projects/harbour?x%3D1"


@pytest.mark.parametrize("who", ["otto", "tess", "ada"])
def test_a_stranger_cannot_tell_a_project_from_none(addresses, ask, world, who):
    """A rival client, another producer of the studio, the admin: byte for byte, header for header."""
    stranger = getattr(world, who)
    for (rule, method, path), (_, _, nowhere) in zip(
        addresses(), addresses("nowhere"), strict=True
    ):
        if "slug" not in rule.arguments:
            continue
        answer, none = ask(stranger, method, path), ask(stranger, method, nowhere)
        assert answer.status_code == 404, f"{method} {path}"
        assert (answer.data, list(answer.headers)) == (none.data, list(none.headers)), path
        assert "Set-Cookie" not in answer.headers, f"{method} {path}"


def test_what_is_not_yours_looks_like_what_is_not_there_at_all(ask, world):
    mine, none = (ask(world.otto, "GET", path) for path in ("/projects/harbour", "/no/such/place"))
    assert (mine.status_code, mine.data) == (none.status_code, none.data)


@pytest.mark.parametrize("who", ["sam", "otto"])
def test_a_number_of_one_project_leads_nowhere_in_another(addresses, ask, world, who):
    """Both are on the project `otter`, in which there is nothing yet; Sam is on `harbour` too."""
    for rule, method, path in addresses("otter"):
        if "/conversation/" in path:
            continue  # Every project has one.
        if rule.arguments > {"slug"} and method != "OPTIONS":
            answer = ask(getattr(world, who), method, path)
            assert answer.status_code in (403, 404, 405), f"{method} {path} {answer.status_code}"


def test_a_receipt_of_another_client_is_not_there(ask, world):
    path = f"/receipts/{world.receipt.public_id}"
    for address in (path, f"{path}/record.json"):
        answer, none = ask(world.otto, "GET", address), ask(world.otto, "GET", "/receipts/none")
        assert (answer.status_code, answer.data) == (404, none.data)


@pytest.mark.parametrize("role", Role)
def test_a_member_may_do_what_the_policy_says_and_nothing_else(app, addresses, ask, role_of, role):
    for rule, method, path in addresses():
        permission = allowed(app, rule)
        if "slug" not in rule.arguments or method == "OPTIONS":
            continue
        may = permission == SIGNED_IN or role.may(permission)
        answer = ask(role_of[role], method, path)
        assert (answer.status_code != 403) == may, f"{role} {method} {path} {answer.status_code}"
        assert answer.status_code not in (303, 200) or may, f"{role} {method} {path}"


@pytest.mark.parametrize("who", ["sam", "dora", "ada", "cleo"])
def test_pages_of_no_project_ask_for_a_part_in_the_house(app, addresses, ask, world, who):
    user = getattr(world, who)
    for rule, method, path in addresses():
        permission = allowed(app, rule)
        if "slug" in rule.arguments or permission == ANYONE or method == "OPTIONS":
            continue
        may = permission == SIGNED_IN or user.may(permission)
        answer = ask(user, method, path)
        assert (answer.status_code != 403) == may, f"{who} {method} {path} {answer.status_code}"


def test_every_page_that_may_be_read_can_be_read(app, addresses, ask, role_of):
    """With something of every kind there, a GET that is allowed is a page, not an accident."""
    for rule, method, path in addresses():
        if method != "GET" or "slug" not in rule.arguments or allowed(app, rule) == ANYONE:
            continue
        readers = [who for role, who in role_of.items() if role.may(allowed(app, rule))]
        found = {ask(reader, method, path).status_code for reader in readers}
        assert found & {200, 303}, f"{path} {found}"


def test_only_the_admin_keeps_the_house_and_no_client_has_a_part_in_it():
    assert {role for role in HouseRole if role.may(Permission.STUDIO_WRITE)} == {HouseRole.ADMIN}
    assert not HouseRole.ADMIN.may(Permission.PROJECT_READ)


def test_only_a_client_decides():
    may = {role for role in Role if role.may(Permission.SIGN_OFF_DECIDE)}
    assert may == {Role.APPROVER, Role.SPONSOR}


@pytest.mark.parametrize("permission", [Permission.NOTE_READ, Permission.NOTE_WRITE])
def test_no_client_ever_touches_an_internal_note(permission):
    assert not [role for role in Role if role.may(permission) and not role.is_studio]
