"""The studio's seal: shown, made anew, kept in a backup, and watched by the doctor."""

import pytest

from portal.documents.models import SealKey
from portal.storage import configure


@pytest.fixture
def key(environment, portal, settings):
    """An installation with a key; its file."""
    configure(settings)
    run = portal("seal", "renew")
    assert run.code == 0, run.err
    return settings.data / "seal.pem"


def doctor_says(portal):
    lines = portal("doctor").out.splitlines()
    return next(line for line in lines if line.split("\t")[1] == "seal")


def test_before_the_first_receipt_there_is_none_and_that_is_well(environment, portal, settings):
    configure(settings)
    assert portal("seal", "show").out == ""
    assert doctor_says(portal).startswith("ok\tseal\tno key yet")


def test_the_key_in_use_is_shown_first(key, portal):
    first = SealKey.current().fingerprint
    assert portal("seal", "show").out.startswith(f"{first}\tYour studio\t")
    assert portal("seal", "renew").code == 0
    lines = portal("seal", "show").out.splitlines()
    assert len(lines) == 2
    assert lines[1].startswith(first)
    assert (key.parent / f"seal-{first[:16]}.pem").exists()


def test_a_backup_and_a_restore_bring_the_key_along(key, portal, tmp_path):
    kept = key.read_bytes()
    assert portal("backup", tmp_path / "kept.zip").code == 0
    key.write_text("lost")
    key.chmod(0o644)
    assert portal("restore", "--force", tmp_path / "kept.zip").code == 0
    assert key.read_bytes() == kept
    assert key.stat().st_mode & 0o077 == 0
    assert doctor_says(portal) == f"ok\tseal\tkey {SealKey.current().fingerprint}"


def test_the_doctor_misses_a_lost_key(key, portal):
    key.unlink()
    assert "copy it from a backup" in doctor_says(portal)


def test_the_doctor_minds_a_key_that_others_can_read(key, portal):
    key.chmod(0o644)
    assert f"chmod 600 {key}" in doctor_says(portal)
