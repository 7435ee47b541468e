"""What an admin finds on the first page: who never came, what is kept, when it was checked."""

import datetime as dt

from portal.access.models import Invitation, User
from portal.projects import people
from portal.projects.promises import Promise
from portal.storage.models import Blob
from portal.studio.upkeep import Deed, Upkeep
from tests import make


def test_who_was_invited_and_never_came_is_told_apart(as_, cast):
    Invitation.send(cast.vic, by=cast.sam, project=cast.project)
    User.update(disabled_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC)).where(
        User.id == cast.dora.id
    ).execute()

    page = as_(cast.ada).get("/").text
    assert "1 invited and not here yet" in page
    assert "1 disabled" in page
    assert "never came" in page


def test_what_was_never_done_says_how(as_, cast):
    page = as_(cast.ada).get("/").text

    assert "portal ledger verify" in page
    assert "portal backup" in page
    assert "None yet; the first receipt makes it" in page


def test_the_last_check_and_what_it_found(as_, cast, at):
    at("2026-03-12 10:45")
    Upkeep.note(Deed.VERIFY, is_well=False)
    assert "Not whole" in as_(cast.ada).get("/").text

    at("2026-03-13 10:45")
    Upkeep.note(Deed.VERIFY)
    page = as_(cast.ada).get("/").text
    assert "13 March 2026, 11:45" in page
    assert "Not whole" not in page


def test_files_are_counted(as_, cast):
    make.prototype(cast.project, by=cast.sam)
    count = Blob.select().count()

    assert f"{count} file" in as_(cast.ada).get("/").text


def test_only_an_admin_sees_it(as_, cast):
    for person in (cast.sam, cast.dora, cast.cleo):
        assert "Upkeep" not in as_(person).get("/").text


def test_a_client_whose_complaints_reach_nobody_is_named(as_, cast):
    Promise.name_for_complaints(cast.client, cast.dora, by=cast.ada)
    said = "the person who was named is no longer here"
    assert said not in as_(cast.ada).get("/").text

    people.disable(cast.dora, by=cast.ada)

    page = as_(cast.ada).get("/").text
    assert said in page
    assert f"/care/clients/{cast.client.id}" in page
