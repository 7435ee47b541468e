"""A receipt's document says all of the record and of what was signed, and asks no live row."""

import io
import json

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from portal.access.models import User
from portal.core import canonical
from portal.core.release import RELEASE
from portal.documents import receipts, sealing
from portal.ledger.models import Identity
from portal.signoff.deciding.attached import Kept
from portal.signoff.models import Answer, Decision, SignOff
from portal.storage.models import Blob
from portal.studio.models import Studio
from tests import make
from tests.documents.conftest import text


def attached(pdf):
    """Return what a PDF carries: name -> bytes."""
    files = PdfFileReader(io.BytesIO(pdf)).root["/AF"]
    found = [files[i] for i in range(len(files))]
    return {str(one["/UF"]): one["/EF"]["/F"].data for one in found}


@pytest.fixture
def sealed(seal):
    with seal.pdf.open() as file:
        return file.read()


def test_it_says_who_what_when_and_how(seal, sealed, receipt):
    said, record = text(sealed), receipt.facts
    for words in (
        "Receipt harbour/1",
        "Approved with a note",
        "Cleo Janssen",
        "cleo.janssen@demo.test",
        "Password",
        "Only on dry days.",
        record["consent"]["text"],
        "200.00 EUR, excluding tax",
        "In the record: 2",
        "Electronic signature with evidence",
    ):
        assert words in said


@pytest.mark.parametrize("field", ["digest", "signer", "device", "notes_sha256"])
def test_every_hash_of_the_record_is_printed(seal, sealed, receipt, field):
    assert receipt.facts[field] in text(sealed).replace(" ", "")


def test_the_chain_and_the_key_are_printed(seal, sealed, receipt, own_key):
    said, event = text(sealed).replace(" ", ""), receipt.facts["event"]
    assert event["hash"] in said
    assert event["prev"] in said
    assert own_key.fingerprint in said
    assert f"{event['seq']}ofthechain{event['chain']}" in said


def test_the_whole_sheet_that_was_signed_is_in_it(seal, sealed):
    said = text(sealed)
    for words in (
        "Design",
        "120.00",
        "Film",
        "80.00",
        "Chosen",
        "200.00",
        "242.00",
        "Paid in 30 days.",
    ):
        assert words in said


def test_record_and_snapshot_are_attached_byte_for_byte(seal, sealed, receipt, sent):
    files = attached(sealed)
    assert files == {
        "record.json": receipt.record.encode(),
        "snapshot.json": sent.snapshot.encode(),
    }
    assert canonical.sha256(files["snapshot.json"].decode()) == receipt.facts["digest"]


def test_times_are_in_utc_and_where_the_signer_is(at, app, cast, own_key):
    User.update(zone="Asia/Tokyo").where(User.id == cast.cleo.id).execute()
    at("2027-03-12 22:30")
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    receipt = make.answer(sign_off, by=User.get_by_id(cast.cleo.id)).receipts.get()
    facts = {fact.name: fact for fact in who(receipt, own_key)}
    assert facts["Answered at"].value == "12 March 2027, 22:30:00 UTC"
    assert facts["Answered at"].more == ("13 March 2027, 07:30:00 Tokyo time",)


def test_what_is_not_there_is_said(app, cast, sent, own_key):
    receipt = make.answer(sent, by=cast.cleo, answer=Answer.DECLINE, notes="No.").receipts.get()
    parts = {part.name: part for part in receipts.paper_of(receipt, own_key).parts}
    quiet = {
        fact.name: fact.value
        for name in ("Answer", "What")
        for fact in parts[name].blocks[0].facts
        if fact.look == "quiet"
    }
    assert quiet["Agreed to"] == "Nothing: this is no approval"
    assert quiet["Files"] == "None belong to it"
    assert "Answered" in parts
    assert "Signed" not in parts


def test_it_asks_no_live_row(receipt, own_key, cast):
    before = receipts.paper_of(receipt, own_key)
    Studio.establish(name="Another name", address="Elsewhere")
    cast.client.describe(name="Renamed Museum")
    cast.project.describe(by=cast.sam, name="Renamed")
    User.update(name="Somebody Else", title="Else", zone="Asia/Tokyo").execute()
    fresh = type(receipt).get_by_id(receipt.id)
    assert receipts.paper_of(fresh, own_key).data() == before.data()


def test_an_altered_snapshot_is_never_printed(receipt, own_key, sent):
    altered = sent.snapshot.replace("Design", "Desing")
    SignOff.update(snapshot=altered).where(SignOff.id == sent.id).execute()
    with pytest.raises(receipts.Altered):
        receipts.paper_of(type(receipt).get_by_id(receipt.id), own_key)


def test_an_altered_note_is_never_printed(receipt, own_key):
    Decision.update(notes="On any day.").execute()
    with pytest.raises(receipts.Altered):
        receipts.paper_of(type(receipt).get_by_id(receipt.id), own_key)


def test_who_was_erased_is_not_named_again(receipt, own_key):
    Identity.delete().where(Identity.commitment == receipt.facts["signer"]).execute()
    said = json.dumps(receipts.paper_of(receipt, own_key).data())
    assert "Cleo" not in said
    assert "Erased on request" in said


def test_a_field_that_nobody_thought_of_is_printed_all_the_same(receipt, own_key):
    record = receipt.facts | {"weather": {"degrees": 5}}
    receipt.record = canonical.dump(record)
    facts = {one.name: one.value for one in entry(receipt, own_key)}
    assert facts["Weather"] == '{"degrees":5}'


def test_how_it_came_is_told_row_by_row(receipt, own_key):
    facts = {one.name: one.value for one in part(receipt, own_key, "How it came")}
    assert facts["First opened"] == "Not noted"
    assert facts["Letters to them"] == "1 written, 0 sent, 0 failed"
    assert facts["Told besides"] == "2 people"
    assert facts["Replaces"] == "No version before it"
    assert facts["Release"] == RELEASE


def test_an_order_and_files_are_printed_with_their_hashes(app, cast, sent, own_key):
    blob = Blob.keep(io.BytesIO(b"%PDF-1.4 order"), limit="answer")
    more = {"purchase_order": "PO 4711", "files": (Kept(blob, "order.pdf"),)}
    given = make.answer(sent, by=cast.cleo, **more).receipts.get()
    said = text(sealing.sealed(given, own_key))
    assert "PO 4711" in said
    for sha256 in (given.facts["purchase_order_sha256"], blob.sha256):
        assert sha256 in said.replace(" ", "")


def test_an_altered_order_number_is_never_printed(app, cast, sent, own_key):
    given = make.answer(sent, by=cast.cleo, purchase_order="PO 4711").receipts.get()
    Decision.update(purchase_order="PO 4712").execute()
    with pytest.raises(receipts.Altered):
        receipts.paper_of(type(given).get_by_id(given.id), own_key)


def test_what_the_studio_recorded_is_never_called_signed(app, cast, sent, own_key):
    given = make.recorded(sent, cast.cleo, by=cast.sam).receipts.get()
    paper = receipts.paper_of(given, own_key)
    assert paper.parts[0].name == "Recorded"
    assert "recorded by the studio from a call on" in paper.parts[0].note.lower()
    facts = {one.name: one.value for one in who(given, own_key)}
    assert facts["Recorded by"] == "Sam Moreau"
    answer = {one.name: one.value for one in part(given, own_key, "Answer")}
    assert answer["Agreed to"] == "Nothing was ticked here, so nothing is claimed"


def test_the_words_promise_no_more_than_there_is(seal, sealed):
    said = text(sealed).lower()
    assert "sealed by fathom & field" in said
    assert "signed by fathom" not in said
    for word in ("advanced", "qualified", "legally binding"):
        assert word not in said


def test_an_address_and_a_device_stay_with_the_studio(seal, sealed):
    said = text(sealed)
    assert "192.0.2.7" not in said
    assert "a browser" not in said


def who(receipt, key):
    return part(receipt, key, "Who")


def entry(receipt, key):
    return part(receipt, key, "Record")


def part(receipt, key, name):
    (found,) = [one for one in receipts.paper_of(receipt, key).parts if one.name == name]
    return found.blocks[0].facts


def test_a_zone_that_this_machine_does_not_know_is_printed_as_utc():
    signer = {"zone": "Europe/Atlantis"}

    assert receipts._moment("2026-03-10T09:00:00.000Z", signer).endswith("09:00:00 UTC time")
