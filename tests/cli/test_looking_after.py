"""Setting up, the first person, backup and restore, the doctor."""

import io
import json
import zipfile

import pytest

from portal.access.models import User
from portal.access.permissions import HouseRole
from portal.cli.installation import RUNNING, running
from portal.core import clock, db, migrations
from portal.ledger.models import SYSTEM, Event, Identity
from portal.mail import message
from portal.mail.models import Letter, LetterStatus
from portal.projects import erasure, erasures
from portal.projects.models import Client
from portal.prototypes.models import Source
from portal.storage import configure, store
from portal.storage.models import Blob
from tests import make

PDF = b"%PDF-1.7 plans %%EOF"


def test_migrating_twice_does_it_once(environment, portal):
    migrations.down(migrations.applied()[0])
    assert portal("migrate").out == "applied\t0001_initial\n"
    again = portal("migrate")
    assert (again.code, again.out) == (0, "")
    assert "Nothing to do" in again.err


def test_the_first_admin_gets_in_by_a_code(environment, portal, settings):
    run = portal("user", "add", "Ada@Studio.example", "Ada Brandt", "--role", "admin")
    assert (run.code, run.out) == (0, "ada@studio.example\tadmin\n")
    assert f"{settings.base_url}/sign-in" in run.err
    assert User.by_email("ada@studio.example").house_role == HouseRole.ADMIN
    assert portal("ledger", "verify").out == "instance\t1 entry\twhole\n"


def test_a_person_is_added_once(environment, portal):
    arguments = ("user", "add", "ada@studio.example", "Ada Brandt", "--role", "admin")
    portal(*arguments)
    assert portal(*arguments).err == "portal: ada@studio.example is already known here.\n"


# Backup and restore ------------------------------------------------------------------------------


@pytest.fixture
def kept(environment, portal, settings, tmp_path):
    """A backup of a studio with a project, a signature and a file."""
    configure(settings)
    sam = make.producer()
    client = make.client()
    make.project(by=sam, client=client)
    Blob.keep(io.BytesIO(PDF), limit="document")
    (settings.data / "secret.key").write_text("the key of old")
    assert portal("backup", tmp_path / "kept.zip").code == 0
    return tmp_path / "kept.zip"


def test_a_backup_holds_the_database_the_files_and_the_key(kept):
    assert kept.stat().st_mode & 0o077 == 0
    names = zipfile.ZipFile(kept).namelist()
    database = "portal.db" if db.is_sqlite() else "portal.pgdump"
    assert {database, "secret.key", "backup.json"} < set(names)
    assert any(name.startswith("files/") for name in names)


def test_a_restore_brings_back_what_was_lost(kept, portal, settings):
    before = list(Event.select().order_by(Event.id).tuples())
    blob = Blob.get()
    store().delete(blob.sha256)
    (settings.data / "secret.key").write_text("another")
    make.client("Somebody later")

    run = portal("restore", "--force", kept)

    assert run.code == 0, run.err
    assert list(Event.select().order_by(Event.id).tuples()) == before
    with blob.open() as file:
        assert file.read() == PDF
    assert (settings.data / "secret.key").read_text() == "the key of old"
    assert (settings.data / "secret.key").stat().st_mode & 0o077 == 0
    assert portal("ledger", "verify").code == 0


def test_a_restore_on_a_new_machine_needs_no_force(kept, portal, environment, tmp_path):
    if not db.is_sqlite():
        return  # A new database server is the same as an emptied one: the test above.
    environment.setenv("PORTAL_DATA", str(tmp_path / "new"))
    environment.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/new/portal.db")
    environment.setenv("STORAGE_URL", f"file://{tmp_path}/new/files")
    assert portal("restore", kept).code == 0
    assert portal("ledger", "verify").code == 0
    assert (tmp_path / "new" / "portal.db").stat().st_mode & 0o077 == 0


def test_a_restore_never_replaces_an_installation_unasked(kept, portal):
    run = portal("restore", kept)
    assert run.code == 1
    assert "--force" in run.err


def test_a_restore_waits_for_the_portal_to_stop(kept, portal, settings):
    with running(settings):
        run = portal("restore", "--force", kept)
    assert run.err == "portal: The portal is running here: stop it first.\n"
    assert (settings.data / RUNNING).exists()


def test_who_was_erased_after_a_backup_is_erased_again_when_it_is_restored(kept, portal):
    zelda = make.user("Zelda Quist", client=Client.get())
    assert portal("backup", kept.with_name("with.zip")).code == 0
    erasure.erase(User.get_by_id(zelda.id), by=SYSTEM)

    run = portal("restore", "--force", kept.with_name("with.zip"))

    assert (run.code, "erased again\t1" in run.out) == (0, True), run.err
    assert User.get_by_id(zelda.id).name == erasure.NAME
    assert not Identity.select().where(Identity.json.contains("Quist")).exists()
    assert "erasures.jsonl" not in zipfile.ZipFile(kept.with_name("with.zip")).namelist()
    assert "ok\terasures\t1 listed" in portal("doctor").out


def test_an_altered_backup_is_refused_and_nothing_is_touched(kept, portal, tmp_path):
    before = list(Event.select().order_by(Event.id).tuples())
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(tmp_path / "new.zip", "w") as new:
        for name in old.namelist():
            is_file = name.startswith("files/")
            new.writestr(name, b"%PDF-1.7 other" if is_file else old.read(name))
    run = portal("restore", "--force", tmp_path / "new.zip")
    assert "was altered or is damaged" in run.err
    assert list(Event.select().order_by(Event.id).tuples()) == before


def test_a_backup_of_the_other_kind_of_database_is_refused(kept, portal, tmp_path):
    other = "portal.pgdump" if db.is_sqlite() else "portal.db"
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(tmp_path / "new.zip", "w") as new:
        about = json.loads(old.read("backup.json"))
        this = next(name for name in about["sums"] if name.startswith("portal."))
        about["sums"][other] = about["sums"].pop(this)
        new.writestr(other, old.read(this))
        new.writestr("backup.json", json.dumps(about))
        for name in set(about["sums"]) - {other}:
            new.writestr(name, old.read(name))
    run = portal("restore", "--force", tmp_path / "new.zip")
    assert "of the other kind of database" in run.err


def test_a_backup_is_not_written_over_another(kept, portal):
    assert "is there already" in portal("backup", kept).err


def test_a_backup_with_a_file_missing_is_not_made(environment, portal, settings, tmp_path):
    configure(settings)
    store().delete(Blob.keep(io.BytesIO(PDF), limit="document").sha256)
    run = portal("backup", tmp_path / "kept.zip")
    assert "is missing or altered in the store" in run.err
    assert not list(tmp_path.glob("*.zip"))


# The doctor --------------------------------------------------------------------------------------


def test_a_well_installation_is_said_to_be(environment, portal):
    """The tests' PostgreSQL is fast, not durable, and the doctor says so."""
    run = portal("doctor")
    ill = [line.split("\t")[1] for line in run.out.splitlines() if not line.startswith("ok")]
    assert ill == ([] if db.is_sqlite() else ["database"])
    assert run.code == len(ill)


def open_key(settings):
    key = settings.data / "secret.key"
    key.write_text("a key")
    key.chmod(0o644)


def lose_a_file(settings):
    configure(settings)
    store().delete(Blob.keep(io.BytesIO(PDF), limit="document").sha256)


def drop_a_trigger(settings):
    db.handle.execute_sql(f"drop trigger event_no_update{'' if db.is_sqlite() else ' on event'}")


def leave_a_letter(settings):
    long_ago = clock.now().replace(year=2020)
    Letter.create(
        address="a@b.example",
        name="A",
        template="code",
        context={},
        status=LetterStatus.WAITING,
        next_try_at=long_ago,
        created_at=long_ago,
        message_id="<1@b.example>",
    )


def leave_an_upload(settings):
    configure(settings)
    sam = make.user("Sam", house_role=HouseRole.PRODUCER)
    draft = make.prototype(make.project("harbour", by=sam, client=make.client("M")), by=sam)
    draft.add_sources([("a.pdf", Blob.keep(io.BytesIO(PDF), limit="document"))], by=sam)
    Source.update(created_at=clock.now().replace(year=2020)).execute()


def lose_the_erasures(settings):
    message.configure(settings)
    erasure.erase(make.user("Zelda Quist", client=make.client("M")), by=SYSTEM)
    erasures.path().unlink()


def step_back(settings):
    migrations.down(migrations.applied()[0])


@pytest.mark.parametrize(
    ("make_ill", "words"),
    [
        (open_key, "BAD\tfolder\tOthers can read"),
        (lose_a_file, "BAD\tfiles\t1 files are missing"),
        (drop_a_trigger, "BAD\tledger\tevent_no_update missing"),
        (lose_the_erasures, "BAD\terasures\t"),
        (leave_an_upload, "BAD\tuploads\t1 uploads wait to be prepared."),
        (leave_a_letter, "BAD\tletters\t1 letters are overdue. Is `portal worker` running?"),
        (step_back, "BAD\tschema\t1 migrations wait. Run `portal migrate`."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_not_well_is_said_with_what_to_do(environment, portal, settings, make_ill, words):
    make_ill(settings)
    run = portal("doctor")
    assert run.code == 1
    assert words in run.out


def test_a_mail_server_that_is_away_is_said_to_be(environment, portal, mail_ports):
    mail_ports.add(1)  # Nothing listens there.
    environment.setenv("MAIL_URL", "smtp://127.0.0.1:1")
    assert "Check MAIL_URL" in portal("doctor").out


def test_an_address_without_encryption_is_not_well(environment, portal):
    environment.setenv("PORTAL_BASE_URL", "http://portal.example")
    assert "BAD\taddress\thttp://portal.example is not encrypted" in portal("doctor").out
