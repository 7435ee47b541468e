"""An export can be checked without us, and a client's holds nothing that is not theirs."""

import json
import subprocess
import sys
import zipfile

import pytest

from portal.core import db
from portal.core.errors import DomainError
from portal.ledger import export
from portal.ledger.export import Audience, Extent
from portal.ledger.models import SYSTEM, Event, Identity, record
from portal.ledger.verbs import Verb
from portal.storage import store
from tests.ledger.conftest import exported

STUDIO = Extent("harbour")
CLIENT = Extent("harbour", Audience.CLIENT)


@pytest.fixture
def unpacked(story, tmp_path):
    """The folder that the studio's whole export unpacks to."""
    export.write(tmp_path / "whole.zip", Extent())
    zipfile.ZipFile(tmp_path / "whole.zip").extractall(tmp_path / "whole")
    return tmp_path / "whole"


def script(*arguments):
    """Run the verifier that is in an export, with nothing but the standard library around it."""
    command = [sys.executable, "-I", "-S", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, text=True)


# Without us --------------------------------------------------------------------------------------


def test_the_script_in_the_export_accepts_the_zip_and_the_folder(unpacked):
    for export_ in (unpacked, unpacked.with_suffix(".zip")):
        run = script(unpacked / "verify.py", export_)
        assert (run.returncode, run.stderr) == (0, "")
        assert "read harbour: 60 entries" in run.stdout
        assert run.stdout.endswith("whole\n")


def test_the_script_refuses_it_after_one_byte_and_says_where(unpacked):
    path = unpacked / "ledger" / "harbour.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"seq":7,', b'"seq":8,', 1))

    run = script(unpacked / "verify.py", unpacked)

    assert run.returncode == 1
    assert "WRONG harbour/7: seq is 8, not 7" in run.stdout


def test_the_script_compares_what_somebody_has_kept(unpacked):
    receipt = json.loads((unpacked / "receipts" / "harbour-1.json").read_bytes())["event"]
    kept = f"{receipt['chain']}/{receipt['seq']}:{receipt['hash']}"

    assert script(unpacked / "verify.py", unpacked, kept).returncode == 0
    assert script(unpacked / "verify.py", unpacked, kept[:-1] + "x").returncode == 1
    assert script(unpacked / "verify.py", unpacked, f"harbour/999:{receipt['hash']}").returncode


@pytest.mark.parametrize("broken", [b"", b"no zip at all", b"PK\x05\x06" + bytes(18)])
def test_the_script_says_in_one_line_what_it_cannot_read(unpacked, tmp_path, broken):
    (tmp_path / "broken.zip").write_bytes(broken)
    run = script(unpacked / "verify.py", tmp_path / "broken.zip")
    assert (run.returncode, len(run.stderr.splitlines())) == (1, 1)


def test_one_entry_can_be_checked_by_hand_as_the_readme_says(unpacked):
    """For every entry: the readme's line gives the hash that the ledger has."""
    readme = (unpacked / "README.txt").read_text()
    line = "(printf 'ledger/v1\\0'; sed -n 12p ledger/tidelines.jsonl | tr -d '\\n') | sha256sum"
    assert line in readme
    for event in Event.select().where(Event.chain == "harbour").order_by(Event.seq).limit(12):
        command = line.replace("12p", f"{event.seq}p").replace("tidelines", "harbour")
        found = subprocess.check_output(["sh", "-c", command], cwd=unpacked, text=True)
        assert found.split()[0] == event.hash


def test_the_same_ledger_gives_the_same_bytes(story, tmp_path):
    export.write(tmp_path / "one.zip", Extent())
    export.write(tmp_path / "two.zip", Extent())
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_file_that_is_gone_is_said_to_be_missing(story, tmp_path):
    (sha256,) = json.loads(_line_with('"files":["'))["body"]["files"]
    store().delete(sha256)
    book = export.write(tmp_path / "one.zip", STUDIO)
    assert [words for words in book.wrong if words.startswith(f"file {sha256}: is missing")]


def _line_with(words):
    return Event.select().where(Event.line.contains(words)).get().line


# The client's view -------------------------------------------------------------------------------


def test_an_internal_fact_changes_no_byte_of_the_clients_export(story, tmp_path):
    export.write(tmp_path / "before.zip", CLIENT)
    with story.project.change():
        record(Verb.ESTIMATE_DRAFTED, story.project, by=story.dora)
        record(Verb.CLIENT_CREATED, story.rival, by=story.sam)
    with story.elsewhere.change():
        record(Verb.PROJECT_CREATED, story.elsewhere, by=story.otto)
    export.write(tmp_path / "after.zip", CLIENT)
    assert (tmp_path / "before.zip").read_bytes() == (tmp_path / "after.zip").read_bytes()


def test_the_clients_export_is_whole_and_holds_their_chain_alone(story, tmp_path):
    members = exported(tmp_path / "client.zip", CLIENT)
    assert [name for name in members if name.startswith("ledger/")] == ["ledger/harbour.jsonl"]
    (tmp_path / "verify.py").write_bytes(members["verify.py"])
    run = script(tmp_path / "verify.py", tmp_path / "client.zip")
    assert run.returncode == 0, run.stdout


def test_the_clients_export_names_nobody_the_client_has_not_met(story, tmp_path):
    members = exported(tmp_path / "client.zip", CLIENT)
    text = b"".join(members.values()).decode()
    assert story.cleo.email in text
    assert story.otto.email not in text  # Of another client.
    assert story.ada.email not in text  # Never on this project.
    assert "192.0.2." not in text  # The address somebody signed from stays with the studio.


def test_what_is_withheld_is_said_to_be(story, tmp_path):
    book = export.write(tmp_path / "client.zip", CLIENT)
    assert len([words for words in book.unchecked if "kept by the studio" in words]) == 2


def test_the_studios_export_of_one_project_has_both_its_chains_and_no_other(story, tmp_path):
    members = exported(tmp_path / "studio.zip", STUDIO)
    chains = [name for name in members if name.startswith("ledger/")]
    assert chains == ["ledger/harbour.jsonl", "ledger/harbour__internal.jsonl"]
    assert story.otto.email not in members["identities.jsonl"].decode()


@pytest.mark.parametrize(
    "extent",
    [Extent("nowhere"), Extent("instance"), Extent("harbour/internal", Audience.CLIENT)],
    ids=lambda extent: extent.project,
)
def test_what_is_no_project_cannot_be_exported(story, tmp_path, extent):
    with pytest.raises(DomainError, match="no project"):
        export.write(tmp_path / "none.zip", extent)
    assert not list(tmp_path.glob("*.zip"))


def test_a_clients_view_is_of_one_project(story, tmp_path):
    with pytest.raises(DomainError, match="one project"):
        export.write(tmp_path / "all.zip", Extent(audience=Audience.CLIENT))


# Erasure -----------------------------------------------------------------------------------------


def erase(user, *, by=SYSTEM):
    row = Identity.get(commitment=user.identity)
    with db.change():
        record(Verb.IDENTITY_ERASED, row, by=by, commitment=row.commitment, basis="request")
        row.delete_instance()


@pytest.mark.parametrize("extent", [Extent(), STUDIO, CLIENT], ids=["all", "project", "client"])
def test_after_a_lawful_erasure_the_ledger_is_whole(story, tmp_path, extent):
    erase(story.cleo)
    book = export.write(tmp_path / "one.zip", extent)
    assert book.wrong == []


def test_an_erasure_that_nobody_recorded_is_found(story, tmp_path):
    Identity.get(commitment=story.cleo.identity).delete_instance()
    book = export.write(tmp_path / "one.zip", CLIENT)
    assert [words for words in book.wrong if f"identity {story.cleo.identity}: is miss" in words]


def test_an_identity_that_came_back_after_its_erasure_is_found(story, tmp_path):
    row = Identity.get(commitment=story.cleo.identity)
    erase(story.cleo)
    Identity.create(commitment=row.commitment, salt=row.salt, json=row.json)
    book = export.write(tmp_path / "one.zip", Extent())
    assert f"identity {row.commitment}: was erased, yet it is here" in book.wrong
