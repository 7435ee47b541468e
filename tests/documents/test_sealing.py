"""A seal is made once, by whichever worker lives, and shows any byte that is changed."""

import datetime as dt
import io
import logging
import threading

import pytest
import time_machine
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from portal import workshop
from portal.core import clock, db, queue
from portal.documents import jobs, key, sealing
from portal.documents.models import SealKey
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.signoff.models import Receipt, Seal
from portal.signoff.models.seals import LEASE
from portal.storage.models import Blob


def bytes_of(seal):
    with seal.pdf.open() as file:
        return file.read()


def status_of(pdf, trusted=()):
    """Validate with pyHanko itself, out of our own hands."""
    (signature,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    context = ValidationContext(trust_roots=list(trusted), allow_fetching=False)
    return signature, validate_pdf_signature(signature, context)


def authority():
    from asn1crypto import pem, x509

    return x509.Certificate.load(pem.unarmor(SealKey.current().authority.encode())[2])


# The seal ----------------------------------------------------------------------------------------


def test_the_seal_is_whole_and_the_studio_s_own(seal):
    signature, status = status_of(bytes_of(seal), [authority()])
    assert status.bottom_line
    assert status.trusted
    assert status.docmdp_ok
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level == MDPPerm.NO_CHANGES
    assert signature.signer_cert.subject.native["organization_name"] == "Fathom & Field"


def test_it_says_sealed_and_never_signed_by_a_client(seal):
    signature, _ = status_of(bytes_of(seal))
    assert signature.sig_object["/Reason"].startswith("Sealed by Fathom & Field")
    assert "Cleo" not in str(signature.sig_object["/Name"])


def test_a_byte_changed_anywhere_breaks_it(seal, tmp_path):
    """Every hundredth byte, and each of the last two hundred; not in the seal's own digits."""
    pdf = bytes_of(seal)
    signature, _ = status_of(pdf)
    start, first, second, rest = (int(one) for one in signature.byte_range)
    covered = [*range(start, first), *range(second, second + rest)]
    for position in [*covered[7::397], *covered[-40:]]:
        altered = bytearray(pdf)
        altered[position] ^= 1
        assert not is_good(bytes(altered)), position


def is_good(pdf):
    try:
        _, status = status_of(pdf, [authority()])
    except Exception:  # noqa: BLE001 - any failure to read it is a no.
        return False
    return status.bottom_line


def test_what_is_added_at_the_end_is_noticed(seal):
    _, status = status_of(bytes_of(seal) + b"\n% more\n")
    assert status.coverage.name != "ENTIRE_FILE"


def test_it_stays_a_file_for_archives(seal):
    """What PDF/A-3b asks for and a seal could have undone; typst checks the rest as it writes."""
    reader = PdfFileReader(io.BytesIO(bytes_of(seal)))
    root = reader.root
    about = root["/Metadata"].data.decode()
    assert "<pdfaid:part>3</pdfaid:part>" in about
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in about
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert "/Encrypt" not in reader.trailer
    assert [str(root["/AF"][i]["/AFRelationship"]) for i in range(2)] == ["/Data", "/Data"]
    (widget,) = [field.get_object() for field in root["/AcroForm"]["/Fields"]]
    assert widget["/F"] & 4  # Printed, and never hidden.


# Once --------------------------------------------------------------------------------------------


def test_a_decision_counts_before_its_pdf(receipt):
    promise = Seal.of(receipt)
    assert not promise.is_made
    assert promise.pdf is None


def test_sealing_again_changes_nothing(seal, receipt):
    before = (seal.pdf_id, seal.sealed_at)
    sealing.seal(Seal.of(receipt))
    jobs.sweep()
    again = Seal.of(receipt)
    assert (again.pdf_id, again.sealed_at) == before
    assert Blob.select().count() == 1


def test_two_workers_seal_once(receipt, own_key, monkeypatch):
    """Both have read that it waits; one of them gets the lease."""
    made, real = [], sealing.sealed

    def counted(*arguments):
        made.append(1)
        return real(*arguments)

    monkeypatch.setattr(sealing, "sealed", counted)
    promises = [Seal.of(receipt) for _ in range(2)]
    start = threading.Barrier(2)

    def work(promise):
        with db.handle.obj.connection_context():
            start.wait()
            sealing.seal(promise)

    threads = [threading.Thread(target=work, args=(one,)) for one in promises]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 1
    assert Seal.of(receipt).is_made


def test_a_worker_that_was_killed_leaves_it_to_the_sweep(receipt, own_key):
    promise = Seal.of(receipt)
    assert promise.claim()  # … and that was its last word.
    jobs.sweep()
    assert not Seal.of(receipt).is_made
    with time_machine.travel(clock.now() + LEASE + dt.timedelta(seconds=1), tick=True):
        jobs.sweep()
    assert Seal.of(receipt).is_made


def test_whoever_comes_back_after_the_lease_does_not_replace_what_counts(seal, receipt):
    late = Seal.get_by_id(seal.id)
    other = Blob.create(sha256="0" * 64, size_bytes=1, media_type="", created_at=clock.now())
    assert not late.keep(other, "f" * 64)
    assert Seal.of(receipt).pdf_id == seal.pdf_id


def test_what_cannot_be_sealed_is_tried_again_for_ever(receipt, own_key, monkeypatch, caplog):
    def broken(*_arguments):
        raise workshop.Unusable("no")

    monkeypatch.setattr(sealing, "sealed", broken)
    now = clock.now()
    with caplog.at_level(logging.ERROR):
        for _ in range(12):
            with time_machine.travel(now, tick=False):
                jobs.sweep()
            now = Seal.of(receipt).next_try_at
    assert Seal.of(receipt).attempts == 12
    assert "receipt harbour/1 is not sealed: no" in caplog.text
    monkeypatch.undo()
    with time_machine.travel(now, tick=True):
        assert Seal.late() == 1
        jobs.sweep()
    assert Seal.of(receipt).is_made


def test_the_decision_wakes_the_worker(cast, sent, monkeypatch):
    from tests import make

    woken = []
    monkeypatch.setattr(jobs.seal, "task", lambda *ids: woken.append(ids))
    make.answer(sent, by=cast.cleo)
    assert woken == [()]


def test_one_worker_seals_one_receipt_at_a_time(receipt, own_key, monkeypatch):
    def while_another_is_sealed(promise):
        jobs.seal()  # What a second thread of the worker would do: it finds the first at work.
        made.append(promise.id)

    made = []
    monkeypatch.setattr(sealing, "seal", while_another_is_sealed)
    jobs.seal()
    assert made == [Seal.of(receipt).id]


def test_a_worker_that_is_told_to_end_seals_nothing_more(receipt, own_key, monkeypatch):
    ending = threading.Event()
    monkeypatch.setattr(queue, "_ending", ending)
    ending.set()
    jobs.seal()
    assert Seal.get().pdf is None

    ending.clear()
    jobs.seal()
    assert Seal.get().pdf is not None


# The key -----------------------------------------------------------------------------------------


def test_the_key_is_made_once_and_only_we_read_it(app, settings):
    made = key.take()
    path = settings.data / "seal.pem"
    assert path.stat().st_mode & 0o777 == 0o600
    assert key.take() == made
    assert key.fingerprint_of(path.read_text()) == made.fingerprint
    assert "PRIVATE" not in made.bundle


def test_the_instance_chain_says_when_a_key_was_made(own_key):
    event = Event.get(verb=Verb.SEAL_KEY_MADE)
    assert event.chain == "instance"
    assert event.body == {"fingerprint": own_key.fingerprint}


def test_a_file_that_a_crash_left_behind_is_taken(own_key, settings):
    SealKey.delete().execute()
    assert key.take().fingerprint == own_key.fingerprint


def test_a_lost_key_is_never_replaced_in_silence(receipt, own_key, settings, caplog):
    (settings.data / "seal.pem").unlink()
    with pytest.raises(key.NoKey, match="copy it from a backup"):
        key.take()
    sealing.seal(Seal.of(receipt))
    assert not Seal.of(receipt).is_made
    assert SealKey.select().count() == 1


def test_the_file_of_another_key_is_not_used(own_key, settings):
    path = settings.data / "seal.pem"
    path.write_text(path.read_text().replace("CERTIFICATE-----\nMII", "CERTIFICATE-----\nMIJ"))
    with pytest.raises(key.NoKey, match="not the key in use"):
        key.take()


def test_a_new_key_leaves_what_was_sealed_good(seal, receipt, own_key):
    made = key.renew()
    assert made.fingerprint != own_key.fingerprint
    assert key.take() == made
    event = Event.select().where(Event.verb == Verb.SEAL_KEY_MADE).order_by(Event.id.desc()).first()
    assert event.body["before"] == own_key.fingerprint
    assert Seal.of(receipt).fingerprint == own_key.fingerprint


def test_the_key_waits_for_the_studio_s_name(app, settings):
    jobs.sweep()
    assert not (settings.data / "seal.pem").exists()


def test_every_receipt_is_promised_a_seal(receipt):
    assert Receipt.select().count() == Seal.select().count() == 1
