"""Anyone can ask whether a file is ours, whole and current, and learns nothing else."""

import io
import zipfile

import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields

from portal import workshop
from portal.core import db
from portal.documents import checking, key, sent
from portal.documents.models import SealKey
from portal.ledger import export
from portal.signoff.models import Objection, Seal
from tests import make


@pytest.fixture
def pdf(seal):
    with seal.pdf.open() as file:
        return file.read()


@pytest.fixture
def found(app, tmp_path):
    """`found(content)` is what is said of a file with these bytes."""

    def check(content):
        path = tmp_path / "asked"
        path.write_bytes(content)
        return checking.check(path)

    return check


def test_what_we_made_is_genuine_and_current(found, pdf, receipt):
    finding = found(pdf)
    assert (finding.is_good, finding.heading) == (True, "Genuine, and current")
    assert ("Amount", "200.00\u00a0EUR, excluding tax") in finding.facts
    assert ("Receipt", "harbour/1") in finding.facts


def test_it_is_followed_once_a_later_version_was_sent(app, cast, own_key, found):
    first = make.estimate(cast.project, by=cast.sam)
    asked = first.send(by=cast.sam, deciders=[cast.cleo])
    given = make.answer(asked, by=cast.cleo, answer=checking_answer())
    pdf = sealed(given.receipts.get())
    assert found(pdf).heading == "Genuine, and current"
    first.estimate.revise(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    finding = found(pdf)
    assert finding.is_good
    assert finding.heading == "Genuine, and followed by a later version"
    assert "version 1. A later one" in finding.said[-1]


def test_an_objection_is_told_until_it_is_taken_back(app, cast, found, pdf, receipt):
    decision = receipt.decision
    objection = Objection.raise_against(decision, by=cast.cleo, reason="Not me.")
    finding = found(pdf)
    assert (finding.is_good, finding.heading) == (True, "Genuine, disputed")
    assert "Not me." not in " ".join(finding.said)
    objection.withdraw(by=cast.cleo)
    assert found(pdf).heading == "Genuine, and current"


def test_a_cancellation_is_told_before_anything_else(app, cast, found, pdf, receipt):
    Objection.raise_against(receipt.decision, by=cast.cleo, reason="Not me.")
    undone = make.cancellation(receipt.decision.sign_off, by=cast.sam)
    make.answer(undone.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)
    assert found(pdf).heading == "Genuine, cancelled by cancellation 1"


def test_an_answer_that_the_studio_recorded_is_called_so(app, cast, own_key, found):
    asked = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    given = make.recorded(asked, cast.cleo, by=cast.sam)
    finding = found(sealed(given.receipts.get()))
    assert finding.heading == "Genuine, and current"
    assert "recorded by the studio from a call on" in " ".join(finding.said)


@pytest.mark.parametrize("share", [0.01, 0.2, 0.5, 0.7])
def test_a_changed_byte_is_found(found, pdf, share):
    altered = bytearray(pdf)
    altered[int(len(pdf) * share)] ^= 1
    finding = found(bytes(altered))
    assert not finding.is_good
    assert finding.facts == ()


def test_a_byte_changed_in_the_attached_record_is_found_wherever_it_lies(found, pdf):
    """The record is packed, so most changed bytes in it leave nothing that can be unpacked."""
    start = pdf.index(b"stream", pdf.index(b"/EmbeddedFile"))
    for at in (start + 40, start + 200):
        altered = bytearray(pdf)
        altered[at] ^= 1
        assert found(bytes(altered)).heading == "This file was changed"


def test_a_byte_changed_in_the_padding_of_the_seal_is_found_too(found, pdf):
    """No seal covers its own digits, and behind the last of them stand noughts."""
    at = pdf.index(b"00" * 200)
    altered = pdf[:at] + b"1" + pdf[at + 1 :]
    assert found(altered).heading in ("This is not the file we made", "This file was changed")


def test_what_was_added_is_found(found, pdf):
    assert found(pdf + b"\n% more\n").heading == "Something was added"


def test_a_further_field_is_found(found, pdf):
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    fields.append_signature_field(writer, fields.SigFieldSpec("Other"))
    out = io.BytesIO()
    writer.write(out)
    assert not found(out.getvalue()).is_good


def test_the_seal_of_another_studio_is_not_ours(found, pdf):
    SealKey.update(fingerprint="f" * 64).execute()
    Seal.update(pdf=None).execute()
    assert found(pdf).heading == "This seal is not ours"


def test_a_pdf_without_a_seal_is_none_of_ours(found, cast, app):
    from portal.documents import printing

    draft = make.estimate(cast.project, by=cast.sam)
    plain = printing.print_(sent.paper_of(draft.send(by=cast.sam, deciders=[cast.cleo])))
    assert found(plain).heading == "This file has no seal"


def test_a_good_seal_without_an_entry_is_said_loudly(found, pdf):
    """As after a restore of an older backup: the key is ours, and the ledger knows nothing."""
    without_guard(
        "delete from seal", "delete from receipt", "delete from decision", "delete from event"
    )
    finding = found(pdf)
    assert (finding.is_good, finding.heading) == (False, "The record is missing")


def test_an_older_key_of_ours_is_still_ours(found, pdf, own_key):
    key.renew()
    Seal.update(pdf=None).execute()  # So that the seal itself has to be read.
    assert found(pdf).is_good


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 broken", b"%PDF-1.7 broken"]
)
def test_what_is_no_receipt_is_refused_in_words(found, content):
    with pytest.raises(workshop.Unusable.__mro__[1], match=r"(?i)neither|no export|not a pdf"):
        found(content)


# An export ---------------------------------------------------------------------------------------


@pytest.fixture
def exported(receipt, tmp_path):
    path = tmp_path / "export.zip"
    export.write(path, export.Extent("harbour", export.Audience.CLIENT))
    return path.read_bytes()


def test_an_export_of_ours_is_whole(found, exported):
    finding = found(exported)
    assert (finding.is_good, finding.heading) == (True, "Genuine, and ours")


def test_an_export_takes_the_sealed_receipts_along(seal, own_key, tmp_path, found):
    path = tmp_path / "whole.zip"
    book = export.write(path, export.Extent("harbour"))
    assert book.wrong == []
    with zipfile.ZipFile(path) as archive, seal.pdf.open() as file:
        assert archive.read("sealed/harbour-1.pdf") == file.read()
        assert archive.read("sealed/certificates.pem").decode() == own_key.bundle
    assert found(path.read_bytes()).is_good


def test_an_export_stays_ours_when_the_ledger_goes_on(found, exported, cast):
    make.feedback(cast.project, by=cast.vic)
    assert found(exported).is_good


def test_a_changed_line_of_an_export_is_found(found, exported):
    assert found(edited(exported, b'"kind":"estimate"', b'"kind":"estimata"')).heading == (
        "This export was changed"
    )


def test_an_export_of_another_ledger_is_not_ours(found, exported):
    without_guard(
        "delete from seal", "delete from receipt", "delete from decision", "delete from event"
    )
    assert found(exported).heading == "This is not our ledger"


def test_a_zip_that_would_fill_the_memory_is_refused(found):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(3):
            archive.writestr(f"ledger/{n}.jsonl", b"0" * 300_000_000)
    with pytest.raises(workshop.Unusable):
        found(out.getvalue())


def edited(archive, old, new):
    """Return the zip with `old` replaced in each file of its ledger."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(
                info, data.replace(old, new) if info.filename.startswith("ledger/") else data
            )
    return out.getvalue()


def sealed(receipt):
    from portal.documents import sealing

    sealing.seal(Seal.of(receipt))
    with Seal.of(receipt).pdf.open() as file:
        return file.read()


def checking_answer():
    from portal.signoff.models import Answer

    return Answer.REQUEST_CHANGES


def without_guard(*statements):
    """Do what nobody may, as somebody would who has the database in hand."""
    if db.is_sqlite():
        for name in ("event_no_delete", "event_no_update"):
            db.handle.execute_sql(f"drop trigger {name}")
        db.handle.execute_sql("pragma foreign_keys = 0")
    else:
        db.handle.execute_sql("alter table event disable trigger all")
        db.handle.execute_sql("set session_replication_role = replica")
    for statement in statements:
        db.handle.execute_sql(statement)
