"""Erasing a person: nothing of them is left but evidence in its time, and the chains verify."""

import datetime as dt
import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import time_machine
from click.testing import CliRunner

from portal import rooms
from portal.access.models import AddressChange, Membership, Session, User
from portal.access.permissions import Role
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.ledger import export
from portal.ledger.export import Extent
from portal.ledger.models import Event, Identity
from portal.ledger.verbs import Verb
from portal.mail.bounces import Bounce
from portal.mail.models import Letter, LetterStatus
from portal.notices import feed
from portal.projects import erasure, erasures
from portal.projects.cli import person as command
from portal.search.models import SavedSearch
from portal.signoff import retention
from portal.signoff.models import Decision, Seal, SignOff
from portal.threads.conversation import Conversation
from portal.threads.models import reply
from tests import make

NAME, EMAIL, PHONE, TITLE = "Zelda Quist", "zelda.quist@demo.test", "010 555 7777", "dragon keeper"
ADDRESS = "198.51.100.77"
CANARIES = ("Zelda", "Quist", "zelda", "quist", PHONE, TITLE, ADDRESS)


@pytest.fixture
def zelda(cast):
    """Somebody of the client who did all that leaves a trace."""
    zelda = make.user(NAME, client=cast.client, phone=PHONE, title=TITLE)
    make.member(zelda, cast.project, Role.APPROVER)
    Session.start(zelda, how="password", address=ADDRESS, agent="Zelda’s phone")
    AddressChange.ask(zelda, "zelda@quist.test")
    Bounce.create(address=zelda.email, said="550 no such zelda")
    SavedSearch.create(user=zelda, number=1, name="of Zelda", text="zelda")
    reply(Conversation(cast.project), by=zelda, text="The tide is in.")
    zelda.set_password("three unrelated words")
    return zelda


@pytest.fixture
def signed(cast, zelda):
    """What she signed, from her address."""
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[zelda])
    return make.answer(sent, by=zelda)


def found_in(words):
    """Return where in the database one of these words stands: table and column."""
    places = set()
    for model in rooms.ALL_MODELS:
        for row in model.select().dicts():
            for column, value in row.items():
                if any(word in str(value) for word in words):
                    places.add((model._meta.table_name, column))
    return places


def later(**span):
    return time_machine.travel(clock.now() + dt.timedelta(**span), tick=False)


def test_the_canaries_are_there_before(zelda):
    assert {("user", "name"), ("session", "address"), ("letter", "address")} <= found_in(CANARIES)


def test_nothing_is_left_of_somebody_who_signed_nothing(cast, zelda):
    make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[zelda])

    erasure.erase(zelda, by=cast.ada)

    assert found_in(CANARIES) == set()
    assert Identity.select().where(Identity.user_id == zelda.id).count() == 0


def test_of_somebody_who_signed_only_the_evidence_is_left(cast, zelda, signed):
    erasure.erase(zelda, by=cast.ada)

    made = Decision.get()
    assert found_in(CANARIES) == {("identity", "json")}
    left = Identity.select().where(Identity.user_id == zelda.id)
    assert {row.commitment for row in left} == {made.signer, made.device}
    assert signed.receipts.get().signer["name"] == NAME


def test_the_letters_to_others_say_somebody_instead(cast, zelda, signed):
    told = Letter.select().where(Letter.user_id == cast.sam.id, Letter.template == "decision").get()
    assert NAME in str(told.context)

    erasure.erase(zelda, by=cast.ada)

    assert erasure.NAME in str(Letter.get_by_id(told.id).context)
    assert not Letter.select().where(Letter.user_id == zelda.id).exists()


@pytest.mark.parametrize("name", ["Ann", 'Ann "Per%" O_Neil'])
def test_a_name_goes_as_a_whole_word_whatever_it_is_made_of(cast, name):
    ann = make.user(name, client=cast.client, email="ann@demo.test")
    said = {"by": name, "text": f"{name}: Annual report, by {name}’s desk", "of": ["Ann", 3]}
    sent = {"status": LetterStatus.SENT, "wait": dt.timedelta(days=1)}
    told = Letter.write("message-posted", to=cast.sam, context=said, **sent)

    erasure.erase(ann, by=cast.ada)

    gone = f"{erasure.NAME}: Annual report, by {erasure.NAME}’s desk"
    kept = {"by": erasure.NAME, "text": gone, "of": [erasure.NAME, 3]}
    assert Letter.get_by_id(told.id).context == kept


def test_every_chain_verifies_and_says_what_is_gone(cast, zelda, signed, tmp_path):
    erasure.erase(zelda, by=cast.ada)

    book = export.write(tmp_path / "all.zip", Extent())
    assert book.wrong == []
    gone = Event.select().where(Event.verb == Verb.IDENTITY_ERASED)
    assert {event.body["commitment"] for event in gone} == {zelda.identity}
    assert {event.body["basis"] for event in gone} == {"request"}
    assert not [word for event in gone for word in CANARIES if word in event.line]


@pytest.mark.sqlite  # PostgreSQL's autovacuum does this in its own time.
def test_no_file_of_the_database_holds_the_name(settings, cast, zelda):
    erasure.erase(zelda, by=cast.ada)

    path = Path(urlsplit(settings.database_url).path)
    bytes_ = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    for word in (NAME, EMAIL, PHONE, TITLE, "zelda"):
        assert word.encode() not in bytes_, word


def test_they_are_out_for_good_and_on_no_project(as_, cast, zelda):
    browser = as_(zelda)

    erasure.erase(zelda, by=cast.ada)

    assert browser.get("/").status_code == 303
    assert not Membership.select().where(Membership.user == zelda).exists()
    with pytest.raises(DomainError, match="was erased"):
        erasure.people.enable(User.get_by_id(zelda.id), by=cast.ada)


def test_their_address_can_be_somebodys_again(cast, zelda):
    erasure.erase(zelda, by=cast.ada)

    assert make.user(NAME, client=cast.client, email=EMAIL).identity != zelda.identity


def test_open_seats_go_to_who_else_may(cast, zelda):
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[zelda])

    erasure.erase(zelda, by=cast.ada)

    assert SignOff.get_by_id(sent.id).seats[0].user == cast.cleo


def test_what_they_wrote_stays_as_by_somebody(as_, cast, zelda):
    erasure.erase(zelda, by=cast.ada)

    page = as_(cast.sam).get("/projects/harbour/conversation").text
    assert "The tide is in." in page
    assert "Zelda" not in page
    names = {entry.who for entry in feed.latest(cast.project, cast.sam, 20)}
    assert feed.ERASED in names


def test_looking_lists_what_goes_and_stays_and_changes_nothing(cast, zelda, signed):
    before = found_in(CANARIES)

    plan = {one.what: one for one in erasure.plan(zelda)}

    assert plan["Places on projects"].count == 1
    assert plan["Searches they saved"].why == ""
    assert "Evidence of what they signed" in plan["Records of who signed, and from where"].why
    assert found_in(CANARIES) == before


def test_every_table_that_goes_with_a_person_is_named():
    """One that is born with `on_delete="CASCADE"` belongs in the list, or is told why not."""
    theirs = {
        field.model._meta.table_name
        for field in User._meta.backrefs
        if field.on_delete == "CASCADE" and field.name == "user"
    }
    stays = {"care_answer", "membership"}  # A figure of care; each place is left on record.
    assert theirs == set(erasure.OWN) | stays


def test_nobody_erases_themself_or_twice(cast, zelda):
    with pytest.raises(DomainError, match="Somebody else"):
        erasure.erase(cast.ada, by=cast.ada)
    erasure.erase(zelda, by=cast.ada)
    with pytest.raises(Conflict):
        erasure.erase(User.get_by_id(zelda.id), by=cast.ada)


def test_nothing_is_kept_again_by_a_form_that_was_on_its_way(app, cast, zelda):
    stale, asked = User.get_by_id(zelda.id), AddressChange.ask(zelda, "zelda@new.test")
    code, key = asked.digits(app.secret_key), app.secret_key
    erasure.erase(zelda, by=cast.ada)

    with pytest.raises(Conflict, match="was erased"):
        stale.describe(name="Zelda the Second", phone=PHONE)
    with pytest.raises(Conflict, match="was erased"):
        AddressChange.confirm(stale, code, key=key, kept=None)

    assert found_in(CANARIES) == set()


def test_after_a_year_the_device_goes_and_after_ten_who_it_was(cast, zelda, signed, tmp_path):
    made = Decision.get()
    Seal.update(sealed_at=clock.now()).execute()
    with later(days=retention.DEVICE_DAYS - 1):
        retention.expire()
    assert Identity.get_or_none(commitment=made.device)

    with later(days=retention.DEVICE_DAYS + 1):
        retention.expire()
        assert Identity.get_or_none(commitment=made.device) is None
        assert Identity.get_or_none(commitment=made.signer)
    with later(days=retention.SIGNER_DAYS + 1):
        retention.expire()
        assert Identity.get_or_none(commitment=made.signer) is None
        assert Seal.get().sealed_at is None, "the receipt is sealed again, without the name"
        assert export.write(tmp_path / "all.zip", Extent()).wrong == []


def test_what_is_past_its_time_goes_with_the_person(cast, zelda, signed):
    with later(days=retention.DEVICE_DAYS + 1):
        erasure.erase(zelda, by=cast.ada)

    assert Identity.get_or_none(commitment=Decision.get().device) is None


def test_an_admin_erases_by_typing_the_address(as_, cast, zelda):
    browser, path = as_(cast.ada), f"/people/{zelda.id}"
    assert "Letters to them" in browser.get(f"{path}/erasure").text

    assert browser.post(f"{path}/erasure", data={"email": "x@demo.test"}).status_code == 422
    assert User.get_by_id(zelda.id).erased_at is None
    assert browser.post(f"{path}/erasure", data={"email": EMAIL.upper()}).location == path

    assert erasure.NAME in browser.get(path).text
    assert browser.get(f"{path}/erasure").status_code == 200
    assert as_(cast.sam).get(f"{path}/erasure").status_code == 403


def test_the_command_tells_first_and_erases_when_it_is_meant(cast, zelda):
    told = CliRunner().invoke(command, ["erase", EMAIL, "--dry-run"])
    assert "goes\t1\tPlaces on projects" in told.output
    assert User.get_by_id(zelda.id).erased_at is None

    CliRunner().invoke(command, ["erase", EMAIL, "--yes"], catch_exceptions=False)

    assert User.get_by_id(zelda.id).erased_at
    assert Event.get(Event.verb == Verb.IDENTITY_ERASED).actor == "system"


# The list beside the data -----------------------------------------------------------------------


def forget_the_erasure(zelda, kept):
    """Put back what an older backup holds: her row and the records of who she was."""
    with db.change():
        User.update(**kept["user"]).where(User.id == zelda.id).execute()
        Identity.insert_many(kept["identities"]).on_conflict_ignore().execute()


def kept_of(zelda):
    columns = (User.name, User.email, User.erased_at, User.disabled_at)
    mine = Identity.select(Identity.commitment, Identity.salt, Identity.json, Identity.user_id)
    return {
        "user": User.select(*columns).where(User.id == zelda.id).dicts().get(),
        "identities": list(mine.where(Identity.user_id == zelda.id).dicts()),
    }


def test_the_list_of_erasures_holds_commitments_and_nothing_else(cast, zelda, signed):
    theirs = {one["commitment"] for one in kept_of(zelda)["identities"]}
    erasure.erase(zelda, by=cast.ada)

    lines = erasures.path().read_text().splitlines()
    assert {json.loads(line)["commitment"] for line in lines} == theirs == erasures.listed()
    assert all(json.loads(line).keys() == {"commitment"} for line in lines)
    assert erasures.path().stat().st_mode & 0o077 == 0
    assert not erasures.missing()


def test_whoever_an_older_backup_brings_back_is_erased_again(cast, zelda, signed):
    kept = kept_of(zelda)
    erasure.erase(zelda, by=cast.ada)
    forget_the_erasure(zelda, kept)
    assert erasures.returned() == [zelda]
    with pytest.raises(DomainError, match="Run `portal migrate`"):
        erasure.check_start()

    assert erasure.replay() == 1

    erasure.check_start()
    assert found_in(CANARIES) == {("identity", "json")}
    assert Event.select().order_by(Event.id.desc()).get().actor == "system"
    assert erasure.replay() == 0


def test_the_list_is_made_again_from_the_ledger_even_after_a_crash(cast, zelda, signed):
    erasure.erase(zelda, by=cast.ada)
    whole = erasures.path().read_bytes()
    erasures.path().write_bytes(whole[:-30])
    assert len(erasures.missing()) == 1

    erasures.keep()
    assert not erasures.missing()
    erasures.path().unlink()
    erasures.keep()
    assert erasures.path().read_bytes() == whole


def test_what_time_let_go_of_erases_nobody(cast, zelda, signed):
    with later(days=retention.DEVICE_DAYS + 1):
        retention.expire()
    assert not erasures.path().exists()
    assert erasure.replay() == 0
