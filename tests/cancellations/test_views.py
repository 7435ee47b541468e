"""The small form that proposes it, the page that signs it, and what each side sees afterwards."""

import pytest

from portal.cancellations.models import Cancellation
from portal.signoff.models import Objection, SignOff
from tests import make


@pytest.fixture
def contract(cast):
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(sent, by=cast.cleo)
    return SignOff.get_by_id(sent.id)


@pytest.fixture
def propose(cast, contract, as_):
    """`propose(reason=…)` posts the form as Sam."""

    def post(**changes):
        fields = {"reason": "The museum stops.", "deciders": [cast.cleo.id]} | changes
        return as_(cast.sam).post(f"{contract.path}/cancellation", data=fields)

    return post


def test_an_approved_sign_off_leads_the_studio_to_the_form(cast, contract, as_):
    path = f"{contract.path}/cancellation"
    assert path in as_(cast.sam).get(contract.path).text
    assert path not in as_(cast.cleo).get(contract.path).text
    page = as_(cast.sam).get(path).text
    assert "checked" in page.split("Cleo Janssen")[0].rsplit("<label", 1)[1]


def test_sending_leads_to_its_sign_off_and_signing_cancels(cast, contract, propose, as_):
    answer = propose()
    sent = SignOff.get(kind="cancellation")
    assert (answer.status_code, answer.location) == (303, sent.path)
    page = as_(cast.cleo).get(sent.path).text
    assert "What goes back" in page
    assert "The museum stops." in page

    receipt = make.answer(sent, by=cast.cleo).receipts.get()
    assert "is cancelled" in as_(cast.cleo).get(receipt.path).text
    for who in (cast.sam, cast.cleo):
        assert "Cancelled by" in as_(who).get(contract.path).text
    original = contract.decisions.get().receipts.get()
    assert "Cancelled by" in as_(cast.cleo).get(original.path).text


def test_preview_shows_the_clients_page_and_leads_back(cast, propose, as_):
    answer = propose(act="preview")
    page = as_(cast.sam).get(answer.location).text
    assert "This is the page the client will get" in page
    back = as_(cast.sam).get("/projects/harbour/cancellations/1")
    assert back.location.endswith("/sign-offs/1/cancellation")
    assert "The museum stops." in as_(cast.sam).get(back.location).text


def test_a_draft_is_not_there_for_the_client(cast, propose, as_):
    propose(act="preview")
    assert as_(cast.cleo).get("/projects/harbour/cancellations/1").status_code == 404


@pytest.mark.parametrize(
    ("changes", "words"), [({"reason": " "}, "Say why"), ({"deciders": []}, "at least one person")]
)
def test_what_is_missing_is_said(propose, changes, words):
    answer = propose(**changes)
    assert answer.status_code == 422
    assert words in answer.text


def test_an_objection_is_the_first_wording_of_the_reason(cast, contract, as_):
    Objection.raise_against(contract.decisions.get(), by=cast.cleo, reason="Not me at all.")
    page = as_(cast.sam).get(f"{contract.path}/cancellation").text
    assert "You objected: Not me at all." in page


def test_what_waits_already_is_shown_instead_of_the_form(cast, contract, propose, as_):
    propose()
    answer = as_(cast.sam).get(f"{contract.path}/cancellation")
    assert answer.location == SignOff.get(kind="cancellation").path


def test_a_cancelled_one_says_so_instead_of_a_form(cast, contract, propose, as_):
    propose()
    make.answer(SignOff.get(kind="cancellation"), by=cast.cleo)
    answer = as_(cast.sam).get(f"{contract.path}/cancellation")
    assert answer.status_code == 409
    assert "is cancelled already" in answer.text


@pytest.mark.parametrize(("who", "status"), [("dora", 403), ("cleo", 403), ("otto", 404)])
def test_only_a_producer_proposes(cast, contract, as_, who, status):
    path = f"{contract.path}/cancellation"
    assert as_(getattr(cast, who)).post(path, data={"reason": "No."}).status_code == status
    assert not Cancellation.select().exists()


def test_a_draft_of_the_next_version_shows_a_client_nothing(cast, propose, as_):
    propose()
    sent, cleo = SignOff.get(kind="cancellation"), as_(cast.cleo)
    sent.withdraw(by=cast.sam, reason="Worded badly.")
    before = cleo.get("/projects/harbour/cancellations/1")

    propose(act="preview")

    after = cleo.get("/projects/harbour/cancellations/1")
    assert (after.status_code, after.location) == (before.status_code, before.location)
    assert after.location == sent.path
