"""Who may download what, what a letter carries, and the page for anyone."""

import io
import json

import pytest

from portal.core import clock
from portal.documents import checking, sealing
from portal.mail.models import Letter
from portal.signoff.models import Seal
from tests import make
from tests.documents.conftest import text

CHECK = "/verify"


def posted(browser, content, name="receipt.pdf"):
    return browser.post(CHECK, data={"file": (io.BytesIO(content), name)})


# Downloads ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["sam", "dora", "cleo", "vic"])
def test_both_sides_download_the_sealed_receipt(as_, cast, seal, receipt, who):
    answer = as_(getattr(cast, who)).get(f"{receipt.path}/pdf")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"] == "attachment; filename=receipt-harbour-1.pdf"
    with seal.pdf.open() as file:
        assert answer.data == file.read()


@pytest.mark.parametrize("who", ["otto", "ada"])
def test_a_stranger_finds_no_pdf(as_, cast, seal, receipt, who):
    assert as_(getattr(cast, who)).get(f"{receipt.path}/pdf").status_code == 404


def test_until_it_is_sealed_the_page_says_so(as_, cast, receipt):
    page = as_(cast.cleo).get(receipt.path).text
    assert "The PDF is being sealed. The answer counts already." in page
    assert "Download PDF" not in page
    answer = as_(cast.cleo).get(f"{receipt.path}/pdf")
    assert answer.status_code == 503
    assert "being sealed" in answer.text


def test_once_it_is_sealed_the_page_shows_the_key(as_, cast, seal, receipt, own_key):
    page = as_(cast.cleo).get(receipt.path).text
    assert own_key.fingerprint in page
    assert f'href="{receipt.path}/pdf"' in page
    assert "being sealed" not in page


def test_htmx_gets_the_seal_alone(as_, cast, seal, receipt):
    part = as_(cast.cleo).get(receipt.path, headers={"HX-Request-Type": "partial"}).text
    assert part.strip().startswith('<div id="seal"')
    assert "<html" not in part


def test_the_document_as_sent_is_for_both_sides(as_, cast, sent):
    for who in (cast.sam, cast.cleo):
        answer = as_(who).get(f"{sent.path}/pdf")
        assert answer.status_code == 200
        assert (
            answer.headers["Content-Disposition"] == "attachment; filename=estimate-1-version-1.pdf"
        )
    said = text(answer.data)
    assert "Design" in said
    assert f"http://127.0.0.1:8000{sent.path}" in said
    assert f'href="{sent.path}/pdf"' in as_(cast.cleo).get(sent.path).text


def test_a_draft_is_for_whoever_sends_it(as_, cast):
    draft = make.estimate(cast.project, by=cast.sam)
    path = f"/projects/harbour/previews/estimate/{draft.number}/pdf"
    answer = as_(cast.sam).get(path)
    assert "Draft, not sent" in text(answer.data)
    assert as_(cast.cleo).get(path).status_code == 403
    assert as_(cast.otto).get(path).status_code == 404


def test_a_draft_that_is_not_complete_says_what_is_missing(as_, cast):
    draft = make.estimate(cast.project, by=cast.sam, lines=())
    assert (
        as_(cast.sam).get(f"/projects/harbour/previews/estimate/{draft.number}/pdf").status_code
        == 422
    )


# Letters -----------------------------------------------------------------------------------------


def carried(letter):
    return {part.get_filename(): part for part in letter.iter_attachments()}


def test_a_letter_does_not_wait_for_the_seal(receipt, letters):
    (letter,) = [one for one in letters() if one["Subject"].startswith("Receipt")]
    (record,) = carried(letter).values()
    assert json.loads(record.get_content()) == receipt.facts
    assert record.get_filename() == "receipt-harbour-1.json"
    assert "The sealed PDF is on the receipt's page." in letter.get_body(("plain",)).get_content()


def test_a_letter_takes_the_pdf_along_once_it_is_there(seal, receipt, own_key, letters):
    told = [one for one in letters() if "harbour-1" in str(list(carried(one)))]
    assert len(told) == 3  # Cleo's own receipt; the news to Vic and to Sam.
    for letter in told:
        with seal.pdf.open() as file:
            assert carried(letter)["receipt-harbour-1.pdf"].get_content() == file.read()
        said = letter.get_body(("plain",)).get_content().replace("=\n", "")
        assert own_key.fingerprint in said
        assert letter.get_body(("html",)) is not None


def test_a_letter_whose_receipt_is_gone_still_leaves(cast, letters, app):
    context = dict.fromkeys(("answer", "title", "label", "project", "by", "receipt"), "x")
    context |= dict.fromkeys(("event", "hash", "digest", "from_name", "from_phone"), "x")
    context |= {
        "receipt_path": "/receipts/gone",
        "notes": "",
        "source": "",
        "is_yes": False,
        "is_final": True,
    }
    Letter.write("decision", to=cast.sam, context=context)
    assert carried(letters()[-1]) == {}


# The page for anyone -----------------------------------------------------------------------------


def test_anyone_checks_a_receipt_without_a_script_and_without_signing_in(as_, seal, own_key):
    with seal.pdf.open() as file:
        answer = posted(as_(None), file.read())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Genuine, and current" in answer.text
    assert own_key.fingerprint in answer.text


def test_a_file_that_is_not_ours_teaches_nothing(as_, seal, receipt, cast):
    with seal.pdf.open() as file:
        altered = bytearray(file.read())
    altered[4000] ^= 1
    said = posted(as_(None), bytes(altered)).text
    for secret in ("Cleo", "200.00", "harbour/1", receipt.facts["digest"], cast.project.name):
        assert secret not in said


def test_nothing_is_kept_of_what_was_checked(as_, app, settings, seal):
    before = sorted(str(path) for path in settings.data.rglob("*"))
    posted(as_(None), b"%PDF-1.7 something else entirely")
    assert sorted(str(path) for path in settings.data.rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "neither a receipt"),
        (b"plain text", "neither a receipt"),
        (b"%PDF-1.4 x", "not a PDF"),
    ],
)
def test_another_file_gets_a_sentence_beside_the_field(as_, app, content, words):
    answer = posted(as_(None), content)
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_no_file_at_all_gets_one_too(as_, app):
    answer = as_(None).post(CHECK, data={})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.text


def test_a_file_that_is_too_large_is_not_taken(as_, app, monkeypatch):
    monkeypatch.setattr(checking, "MAX_BYTES", 1000)
    assert posted(as_(None), b"%PDF-" + b"0" * 80_000).status_code == 413


def test_whoever_asks_too_often_waits(as_, app):
    browser = as_(None)
    answers = [posted(browser, b"text").status_code for _ in range(31)]
    assert answers[:30] == [422] * 30
    assert answers[30] == 429


def test_the_many_addresses_of_one_line_are_one(as_, app):
    codes = []
    for n in range(31):
        browser = as_(None)
        browser.environ_base["REMOTE_ADDR"] = f"2001:db8::{n:x}"
        codes.append(posted(browser, b"text").status_code)
    assert codes[30] == 429


def test_certificates_are_public_and_keys_are_not(as_, own_key):
    answer = as_(None).get("/verify/seal.pem")
    assert answer.text.count("BEGIN CERTIFICATE") == 2
    assert "PRIVATE" not in answer.text


def test_many_at_once_are_told_to_wait(as_, app, cast, sent, monkeypatch):
    from portal.documents import places

    monkeypatch.setattr(places, "PATIENCE_SECONDS", 0.01)
    with places.place(), places.place():
        answer = as_(cast.cleo).get(f"{sent.path}/pdf")
    assert answer.status_code == 503
    assert clock.now()


def test_a_sealed_receipt_is_small(seal):
    assert Seal.get_by_id(seal.id).pdf.size_bytes < 150_000
    assert sealing.MAX_BYTES > 1_000_000
