"""`portal ledger verify` finds in the database what the triggers could not prevent."""

import pytest
from click.testing import CliRunner

from portal.core import db
from portal.core.errors import DomainError
from portal.ledger.audit import audit
from portal.ledger.cli import ledger
from portal.ledger.export import Extent
from portal.ledger.models import Event, Head, Identity
from portal.signoff.models import Receipt, SignOff
from portal.storage import store

#: What somebody with the database in hand could do, and a word of what is said about it.
TAMPERS = {
    "update event set line = replace(line, '\"v\":1', '\"v\":2') where seq = 5": "harbour/6: prev is",
    "update event set verb = 'note.written' where seq = 5": "harbour/5: column verb is note",
    "update event set verb = 'no.verb' where seq = 5": "harbour/5: column verb is no.verb",
    "update event set actor = 'system' where seq = 1": "column actor is system",
    "update event set project_id = 2 where chain = 'harbour'": "column project_id is 2, of anothe",
    "update event set project_id = null where seq = 5": "column project_id is None",
    "update event set is_internal = not is_internal where seq = 5": "column is_internal is",
    "update event set subject_number = 7 where seq = 5": "column subject_number is 7",
    "update event set subject_kind = 'thing' where seq = 5": "column subject_kind is thing",
    "update event set hash = 'f' where chain = 'harbour' and seq = 5": "column hash is f",
    """update event set "at" = '2020-01-01 00:00:00.000+00:00' where seq = 5""": "column at is 2020",
    "delete from event where chain = 'harbour' and seq = 55": "harbour/55: seq is 56, not 55",
    "delete from event where chain = 'harbour' and seq = 60": "harbour: ends with entry 59",
    "delete from event where chain = 'otter'": "otter: ends with entry 0",
    "update head set seq = 61 where chain = 'harbour'": "its head says with 61",
    "update head set hash = 'f' where chain = 'harbour'": "its head says with 60 f",
    "delete from head where chain = 'harbour'": "its head says with 0",
    "update identity set json = '{}'": "was changed",
    "delete from identity": "is missing, and ",
    "update sign_off set snapshot = '{}'": "snapshot ",
    "update receipt set record = replace(record, 'approve', 'decline')": "receipts/harbour-2.json: ",
    "delete from receipt": "receipt harbour/",
}


@pytest.fixture
def verified(story, app):
    """`verified()` runs the command, on the story."""
    return lambda *arguments: CliRunner().invoke(ledger, ["verify", *arguments])


def unguarded(sql):
    """Do what the triggers would refuse: whoever owns the file or the database can."""
    for name in ("update", "delete"):
        table = "" if db.is_sqlite() else " on event"
        db.handle.execute_sql(f"drop trigger event_no_{name}{table}")
    db.handle.execute_sql(sql)


def test_a_whole_ledger_is_said_to_be(verified):
    run = verified()
    assert run.exit_code == 0
    lines = dict(line.split("\t", 1) for line in run.stdout.splitlines())
    assert lines["harbour"] == "60 entries\twhole"
    assert set(lines) == {"harbour", "harbour/internal", "instance", "otter"}


@pytest.mark.parametrize("sql", TAMPERS)
def test_a_tamper_is_found(verified, sql):
    unguarded(sql)
    run = verified()
    assert run.exit_code == 1
    assert TAMPERS[sql] in run.stdout
    assert "things are wrong" in run.stderr


def test_the_broken_chain_is_named_and_the_others_are_whole(verified):
    unguarded("update event set line = '{}' where chain = 'harbour/internal' and seq = 5")
    lines = verified().stdout.splitlines()
    broken = [line.split("\t")[0] for line in lines if line.endswith("BROKEN")]
    assert broken == ["harbour/internal"]
    assert "harbour\t60 entries\twhole" in lines


def test_a_file_that_rots_is_found(story):
    sha256 = next(iter(audit(Extent()).named["file"]))
    store().path(sha256).write_bytes(b"something else")
    assert f"file {sha256}: was changed" in audit(Extent()).wrong


def test_one_project_can_be_verified_alone(verified):
    unguarded("update event set actor = 'nobody' where chain = 'otter'")
    assert verified("--project", "harbour").stdout.count("BROKEN") == 0
    assert verified("--project", "otter").exit_code == 1


def test_a_project_that_is_not_there_is_said_so(verified):
    refusal = verified("--project", "nowhere").exception
    assert isinstance(refusal, DomainError)
    assert "no project nowhere" in refusal.message


def test_export_writes_the_file_and_says_what_is_in_it(story, tmp_path):
    arguments = ["export", "--project", "harbour", "-o", str(tmp_path / "out.zip")]
    run = CliRunner().invoke(ledger, arguments)
    assert run.exit_code == 0
    assert (tmp_path / "out.zip").stat().st_mode & 0o077 == 0
    assert run.stdout.startswith(f"{tmp_path / 'out.zip'}\t")


def test_export_of_a_broken_ledger_writes_it_and_says_what_is_broken(story, tmp_path):
    unguarded("update event set line = '{}' where seq = 5")
    run = CliRunner().invoke(ledger, ["export", "-o", str(tmp_path / "out.zip")])
    assert run.exit_code == 1
    assert (tmp_path / "out.zip").exists()
    assert "wrong\tharbour/6: prev is" in run.stdout


def test_verifying_changes_nothing(verified):
    before = [list(model.select().tuples()) for model in (Event, Head, Identity, SignOff, Receipt)]
    verified()
    after = [list(model.select().tuples()) for model in (Event, Head, Identity, SignOff, Receipt)]
    assert before == after
