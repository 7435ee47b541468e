"""The purchase order and the files of an answer: optional, kept on every detour, in the record."""

import datetime as dt
import io

import pytest

from portal.access.models import Session
from portal.core import canonical, clock
from portal.signoff.deciding import attached
from portal.signoff.models import Decision
from portal.storage.limits import LIMITS
from tests.make_files import image

PDF = b"%PDF-1.4 order 4711"


def file(content=PDF, name="order.pdf"):
    return (io.BytesIO(content), name)


def kept_in(answer):
    return answer.text.split('name="kept" value="')[1].split('"')[0]


def test_they_are_kept_with_the_decision_and_their_hashes_in_the_record(cast, sent, as_, post):
    answer = post(as_(cast.cleo), sent, purchase_order=" PO  4711 ", files=[file()])

    made = Decision.get()
    facts = made.receipts.get().facts
    assert (answer.status_code, made.purchase_order) == (303, "PO 4711")
    assert facts["purchase_order_sha256"] == canonical.sha256("PO 4711")
    assert facts["files"] == [made.files.get().blob.sha256]
    assert "4711" not in made.event.line


def test_both_are_optional(cast, sent, as_, post):
    assert post(as_(cast.cleo), sent).status_code == 303
    facts = Decision.get().receipts.get().facts
    assert (facts["files"], facts["purchase_order_sha256"]) == ([], None)


def test_a_photo_from_a_phone_comes_along_with_a_no(cast, sent, as_, post):
    photo = file(image(8, 8), "IMG 01.png")
    post(as_(cast.cleo), sent, answer="decline", notes="See the photo.", files=[photo])
    assert [one.name for one in Decision.get().files] == ["IMG 01.png"]


def test_the_page_and_the_receipt_show_them_from_the_content_origin(cast, sent, as_, post):
    post(as_(cast.cleo), sent, purchase_order="PO 4711", files=[file()])
    for path in (sent.path, Decision.get().receipts.get().path):
        page = as_(cast.sam).get(path).text
        assert "PO 4711" in page
        assert "order.pdf" in page
        assert "http://localhost:8000/" in page


def test_a_form_that_comes_back_has_lost_nothing(cast, sent, as_, post):
    browser = as_(cast.cleo)
    answer = post(browser, sent, name="", purchase_order="PO 4711", files=[file()])
    assert answer.status_code == 422
    assert 'value="PO 4711"' in answer.text

    post(browser, sent, purchase_order="PO 4711", kept=kept_in(answer))
    assert Decision.get().files.count() == 1


def test_they_survive_the_question_who_one_is(cast, sent, as_, post):
    browser = as_(cast.cleo)
    Session.update(authenticated_at=clock.now() - dt.timedelta(hours=5)).execute()
    answer = post(browser, sent, purchase_order="PO 4711", files=[file()])
    assert "Is it you?" in answer.text
    assert 'name="purchase_order" value="PO 4711"' in answer.text
    token = kept_in(answer)

    coded = browser.post(f"{sent.path}/proofs", data={"answer": "approve", "kept": token})
    assert kept_in(coded) != ""


def test_a_file_of_another_kind_is_refused_in_words_and_the_rest_is_kept(cast, sent, as_, post):
    files = [file(), file(b"MZ a program", "order.exe")]
    answer = post(as_(cast.cleo), sent, files=files)
    assert answer.status_code == 415
    assert "order.exe: This file is not a" in answer.text
    assert "order.pdf" in answer.text
    assert not Decision.select().exists()


def test_a_file_that_is_too_large_is_refused_in_words(cast, sent, as_, post, monkeypatch):
    kind = type(LIMITS["answer"])
    small = kind(100, LIMITS["answer"].accepted, "For this test.")
    monkeypatch.setitem(LIMITS, "answer", small)
    answer = post(as_(cast.cleo), sent, files=[file(PDF + b" " * 200)])
    assert answer.status_code == 413
    assert "order.pdf:" in answer.text


def test_a_request_of_any_size_is_refused_in_words(cast, sent, as_, post, monkeypatch):
    monkeypatch.setattr(attached, "REQUEST_BYTES", 1000)
    answer = post(as_(cast.cleo), sent, files=[file(PDF * 100)])
    assert answer.status_code == 413
    assert "larger than we take" in answer.text
    assert not Decision.select().exists()


def test_more_files_than_the_most_are_refused_and_the_first_are_kept(cast, sent, as_, post):
    many = [file(PDF + bytes([65 + n]), f"{n}.pdf") for n in range(attached.MOST + 1)]
    answer = post(as_(cast.cleo), sent, files=many)
    assert answer.status_code == 422
    assert "5 files are the most" in answer.text
    assert "4.pdf" in answer.text


def test_an_order_number_of_more_than_60_characters_is_refused(cast, sent, as_, post):
    answer = post(as_(cast.cleo), sent, purchase_order="9" * 61)
    assert answer.status_code == 422
    assert not Decision.select().exists()


@pytest.mark.parametrize("forged", ["nonsense", "eyJiIjoxfQ.a.b"])
def test_a_forged_token_brings_nothing(cast, sent, as_, post, forged):
    assert post(as_(cast.cleo), sent, kept=forged).status_code == 303
    assert Decision.get().files.count() == 0


def test_somebody_elses_file_is_not_brought_back(app, cast, sent, as_, post):
    kept = attached.keep([Upload(PDF)])[0]
    post(as_(cast.cleo), sent, kept=kept.token(app.secret_key, cast.vic))
    assert Decision.get().files.count() == 0


class Upload:
    """A file as the web hands it in."""

    def __init__(self, content, filename="order.pdf"):
        self.stream, self.filename = io.BytesIO(content), filename
