"""The page a client answers on, over HTTP."""

import datetime as dt
import re

import pytest

from portal.access.models import Session
from portal.core import clock
from portal.ledger.models import Event
from portal.signoff.models import Answer, Decision, Opinion, Receipt, SignOff
from tests import make


def stale(user):
    long_ago = clock.now() - dt.timedelta(minutes=16)
    Session.update(authenticated_at=long_ago).where(Session.user == user).execute()


def test_the_approver_reads_chooses_and_approves(cast, sent, as_, post):
    cleo = as_(cast.cleo)
    page = cleo.get(sent.path)
    assert page.status_code == 200
    assert all(text in page.text for text in ("Design", "120.00", "Waiting for you", "Approve"))

    answered = post(cleo, sent)

    assert answered.status_code == 303
    receipt = cleo.get(answered.location)
    assert "You approved" in receipt.text
    assert sent.digest in receipt.text


def test_choosing_an_option_redraws_the_total_everywhere(cast, sent, as_):
    chosen = as_(cast.cleo).get(f"{sent.path}?choose=1&option=2")

    assert "200.00 EUR excluding tax" in chosen.text
    assert '<input type="hidden" name="total" value="20000">' in chosen.text


def test_htmx_gets_only_the_parts_that_a_choice_changes(cast, sent, as_):
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    parts = as_(cast.cleo).get(f"{sent.path}?choose=1&option=2", headers=headers)

    assert "<html" not in parts.text
    assert re.findall(r'hx-target="#(\w+)"', parts.text)[-3:] == ["strip", "answer", "approve"]


@pytest.mark.parametrize("answer", [Answer.REQUEST_CHANGES, Answer.DECLINE])
def test_an_answered_page_that_was_replaced_says_who_answered_and_what_is_newer(
    cast, sent, as_, answer
):
    make.answer(sent, by=cast.cleo, answer=answer)
    newer = sent.subject.estimate.revise(by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    for reader in (cast.cleo, cast.vic, cast.sam):
        page = as_(reader).get(sent.path)
        assert page.status_code == 200
        assert "Cleo Janssen" in page.text
        assert f'href="{newer.path}"' in page.text


def test_an_approved_page_shows_who_signed_and_asks_nothing(cast, sent, as_, post):
    cleo = as_(cast.cleo)
    post(cleo, sent)

    page = cleo.get(sent.path).text
    assert ">Approve</button>" not in page
    assert "Your receipt" in page


def test_the_reviewer_has_no_approve_button_and_is_refused(cast, sent, as_, post):
    vic = as_(cast.vic)
    assert ">Approve<" not in vic.get(sent.path).text

    assert post(vic, sent).status_code == 403
    assert not Decision.select().exists()


def test_the_reviewer_gives_an_opinion(cast, sent, as_):
    vic = as_(cast.vic)
    told = vic.post(f"{sent.path}/opinions", data={"view": "looks_good", "note": "Fine"})

    assert told.status_code == 303
    assert Opinion.get().note == "Fine"
    assert "Looks good" in as_(cast.sam).get(sent.path).text


@pytest.mark.parametrize(
    "wrong",
    [
        ({"name": ""}, "Type your name"),
        ({"consent": None}, "Tick the box"),
        ({"answer": "decline"}, "Say why"),
        ({"answer": "request_changes"}, "Say what should change"),
    ],
)
def test_what_is_missing_stands_beside_its_field_and_nothing_is_lost(cast, sent, as_, post, wrong):
    changes, sentence = wrong
    if "answer" not in changes:
        changes["notes"] = "Mind the tide"
    again = post(as_(cast.cleo), sent, **changes)

    assert again.status_code == 422
    assert sentence in again.text
    assert changes.get("notes", "") in again.text


def test_a_stale_page_says_what_changed_and_keeps_the_note(cast, sent, as_, post):
    draft = sent.subject.estimate.revise(by=cast.sam)
    draft.save_draft(by=cast.sam, edits=draft.edits, values={"lines": {1: {"fixed_minor": 90_00}}})
    draft.send(by=cast.sam, deciders=[cast.cleo])

    refused = post(as_(cast.cleo), sent, notes="Morning tide, please")

    assert refused.status_code == 409
    for text in ("A newer version replaced", "120", "90", "Morning tide, please", "Read version 2"):
        assert text in refused.text


def test_a_moved_baseline_shows_the_new_sum_and_can_be_answered(cast, sent, as_, post):
    make.amendment(cast.project, make.added("More", 50_00), by=cast.cleo)
    cleo = as_(cast.cleo)

    refused = post(cleo, sent)
    assert refused.status_code == 409
    assert "170" in refused.text
    assert 'name="baseline" value="1"' in refused.text

    assert post(cleo, sent, baseline=1).status_code == 303


def test_the_loser_is_told_who_was_first(cast, sent, as_, post, answer):
    answer(sent, by=cast.cleo)

    refused = post(as_(cast.cleo), sent)

    assert refused.status_code == 409
    assert "Cleo Janssen approved it already" in refused.text


def test_an_old_sign_in_is_asked_for_proof_and_keeps_the_answer(cast, sent, as_, post):
    cast.cleo.set_password("seven brave herons")
    cleo = as_(cast.cleo)
    stale(cast.cleo)

    asked = post(cleo, sent, notes="Mind the tide")
    assert asked.status_code == 422
    assert "Is it you?" in asked.text
    assert "Mind the tide" in asked.text
    assert post(cleo, sent, proof="wrong words here").status_code == 422

    assert post(cleo, sent, proof="seven brave herons").status_code == 303


def test_a_mailed_code_is_proof_in_the_browser_that_asked(cast, sent, as_, post, letters):
    cleo = as_(cast.cleo)
    stale(cast.cleo)
    fields = {"answer": "approve", "version": 1, "digest": sent.digest, "baseline": 0, "key": "k"}
    assert cleo.post(f"{sent.path}/proofs", data=fields).status_code == 200
    code = re.search(r"\b(\d{3}) ?(\d{3})\b", letters()[-1].get_body(("plain",)).get_content())

    assert post(cleo, sent, proof="".join(code.groups())).status_code == 303
    assert Receipt.get().facts["identified_by"] == "email code"


def test_asking_twice_for_a_code_loses_nothing_that_was_typed(cast, sent, as_):
    cleo = as_(cast.cleo)
    stale(cast.cleo)
    fields = {"answer": "approve", "version": 1, "digest": sent.digest, "baseline": 0, "key": "k"}
    cleo.post(f"{sent.path}/proofs", data=fields)

    again = cleo.post(f"{sent.path}/proofs", data=fields | {"notes": "Mind the tide"})

    assert again.status_code == 429
    assert "Mind the tide" in again.text
    assert "asked for a moment ago" in again.text


def test_opening_is_told_by_a_post_and_a_get_opens_nothing(cast, sent, as_):
    cleo = as_(cast.cleo)
    cleo.get(sent.path)
    assert not Event.select().where(Event.verb == "sign_off.opened").exists()

    assert cleo.post(f"{sent.path}/openings").status_code == 204
    assert "Opened" in as_(cast.sam).get(sent.path).text


def test_the_producer_reminds_and_takes_back(cast, sent, as_):
    sam = as_(cast.sam)
    asked = sent.addressees.get()
    assert "Remind now" in sam.get(sent.path).text
    assert sam.post(f"{sent.path}/reminders", data={"addressee": asked.id}).status_code == 303

    assert sam.post(f"{sent.path}/withdrawal", data={"reason": ""}).status_code == 422
    assert sam.post(f"{sent.path}/withdrawal", data={"reason": "Wrong rate"}).status_code == 303
    assert not SignOff.get_by_id(sent.id).is_open


def test_the_preview_is_the_clients_page_and_sends_nothing(cast, as_):
    make.estimate(cast.project, by=cast.sam, title="The soundwalk")
    page = as_(cast.sam).get("/projects/harbour/previews/estimate/1")

    assert page.status_code == 200
    assert all(text in page.text for text in ("Preview", "The soundwalk", "120.00"))
    assert not SignOff.select().exists()


def test_a_receipt_is_there_for_members_and_for_nobody_else(cast, sent, as_, answer):
    receipt = answer(sent, by=cast.cleo).receipts.get()

    assert "192.0.2.44" in as_(cast.cleo).get(receipt.path).text
    assert "192.0.2.44" not in as_(cast.vic).get(receipt.path).text
    assert as_(cast.otto).get(receipt.path).status_code == 404
    record = as_(cast.cleo).get(f"{receipt.path}/record.json")
    assert record.get_data(as_text=True) == receipt.record
    assert record.headers["Cache-Control"] == "no-store"


def test_once_its_last_day_has_passed_the_page_offers_a_new_version_instead(cast, as_, at):
    at("2026-03-10 09:00")
    draft = make.estimate(cast.project, by=cast.sam, valid_until_on=dt.date(2026, 3, 31))
    path = draft.send(by=cast.sam, deciders=[cast.cleo]).path
    assert 'href="#approve"' in as_(cast.cleo).get(path).text

    at("2026-04-01 00:30")
    page = as_(cast.cleo).get(path).text

    assert "It was valid until 31 March, and that day has passed." in page
    assert 'href="#approve"' not in page
    assert 'name="consent"' not in page
    assert 'name="words"' in page
