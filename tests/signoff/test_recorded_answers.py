"""An answer that came outside the portal: recorded by the studio, in effect, and marked as such."""

import datetime as dt
import io

import pytest

from portal.access.models import Membership
from portal.access.permissions import Role
from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.estimates.models import LineKind
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.scope import baseline
from portal.signoff.deciding import by_staff
from portal.signoff.deciding.attached import Kept
from portal.signoff.models import Decision, How, Mandate, Objection, Rule, SignOff
from portal.storage.models import Blob
from tests import make

PDF = b"%PDF-1.4 the letter"


@pytest.fixture
def record(cast):
    """`record(sign_off, person)` writes down an approval by call; keywords change what was heard."""

    def given(sign_off, person, **heard):
        return make.recorded(sign_off, person, by=cast.sam, **heard)

    return given


def letter(name="letter.pdf"):
    return Kept(Blob.keep(io.BytesIO(PDF), limit="answer"), name)


def test_it_takes_effect_as_if_it_had_been_given_here(cast, sent, record):
    made = record(sent, cast.cleo)

    assert (made.user, made.recorded_by, made.actor) == (cast.cleo, cast.sam, cast.sam)
    assert SignOff.get_by_id(sent.id).status == "approved"
    assert baseline.of(cast.project).total_minor == made.amount_minor


def test_it_is_its_own_kind_in_the_ledger_done_by_the_studio(cast, sent, record):
    made = record(sent, cast.cleo, how=How.MEETING)

    assert made.event.verb == Verb.DECISION_RECORDED
    assert made.event.actor_id == cast.sam.id
    assert made.event.body["recorded"] == {
        "by": cast.sam.identity,
        "how": "meeting",
        "on": clock.now().date().isoformat(),
    }
    assert "Yes, go" not in made.event.line
    amended = Event.get(Event.verb == Verb.AMENDMENT_MADE)
    assert amended.actor_id == cast.sam.id


def test_no_consent_and_no_name_typed_is_claimed(cast, sent, record):
    receipt = record(sent, cast.cleo).receipts.get()

    assert receipt.facts["consent"] is None
    assert receipt.facts["identified_by"] == "recorded by the studio"
    assert receipt.signer["typed_name"] == ""
    assert receipt.facts["notes_sha256"]


def test_a_letter_keeps_its_file_with_the_hash_in_the_record(cast, sent, record):
    kept = letter()
    made = record(sent, cast.cleo, how=How.LETTER, files=(kept,))

    assert made.receipts.get().facts["files"] == [kept.blob.sha256]
    assert [file.name for file in made.files] == ["letter.pdf"]


@pytest.mark.parametrize("how", [How.LETTER, How.MAIL])
def test_a_letter_or_a_mail_needs_its_file(cast, sent, record, how):
    with pytest.raises(by_staff.Unfit, match=f"Add the {how} itself"):
        record(sent, cast.cleo, how=how)


@pytest.mark.parametrize("how", How)
def test_it_always_needs_what_was_said(cast, sent, record, how):
    with pytest.raises(by_staff.Unfit, match="what exactly was said"):
        record(sent, cast.cleo, how=how, said=" \n", files=(letter(),))
    assert not Decision.select().exists()


def test_it_cannot_have_come_tomorrow_or_before_it_was_sent(cast, estimate, record):
    sent = estimate(200_00, [cast.cleo])
    for days, words in ((2, "not come yet"), (-2, "only sent on")):
        with pytest.raises(by_staff.Unfit, match=words):
            record(sent, cast.cleo, on=clock.now().date() + dt.timedelta(days=days))


@pytest.mark.parametrize("who", ["vic", "otto", "sam"])
def test_nothing_is_recorded_for_somebody_who_was_not_asked(cast, sent, record, who):
    with pytest.raises(Conflict, match="was not asked to decide"):
        record(sent, getattr(cast, who))


def test_nothing_is_recorded_for_somebody_who_has_answered(cast, record, answer):
    gus = make.user("Gus Okafor", client=cast.client)
    make.member(gus, cast.project, Role.SPONSOR)
    draft = make.estimate(cast.project, by=cast.sam)
    both = draft.send(by=cast.sam, deciders=[cast.cleo, gus], rule=Rule.ALL)
    answer(both, by=cast.cleo)

    with pytest.raises(Conflict, match="Cleo Janssen has answered already"):
        record(both, cast.cleo)
    record(both, gus)
    assert SignOff.get_by_id(both.id).status == "approved"


def test_nothing_is_recorded_where_there_is_an_outcome(cast, sent, record, answer):
    answer(sent, by=cast.cleo)
    with pytest.raises(Conflict, match="approved it already"):
        record(sent, cast.cleo)


def test_nothing_is_recorded_for_what_was_taken_back(cast, sent, record):
    sent.withdraw(by=cast.sam, reason="A mistake.")
    with pytest.raises(Conflict, match="took it back: A mistake"):
        record(sent, cast.cleo)


def test_a_yes_over_the_mandate_is_not_recorded(cast, sent, record):
    member = Membership.of(cast.cleo, "harbour")
    Mandate.set(member, by=cast.sam, decision_limit_minor=100)
    with pytest.raises(DomainError, match="may not decide so much"):
        record(sent, cast.cleo)


def test_the_same_form_again_gives_the_same_decision(cast, sent, record):
    first = record(sent, cast.cleo, key="one form")
    assert record(sent, cast.cleo, key="one form") == first


def test_they_are_told_at_once_and_how_to_object(cast, sent, record, letters):
    letters()
    made = record(sent, cast.cleo, how=How.CALL)

    mail = next(one for one in letters() if one["subject"].startswith("Recorded for you"))
    said = mail.get_body(("plain",)).get_content()
    assert "Cleo Janssen" in mail["to"]
    assert made.source in said
    assert f"{made.receipts.get().path}#objection" in said
    assert "Yes, go ahead." in said


def test_the_person_it_was_recorded_for_can_object(cast, sent, record):
    made = record(sent, cast.cleo)
    assert Objection.raise_against(made, by=cast.cleo, reason="I said no.").stands


def test_it_is_marked_wherever_the_answer_is_seen(cast, sent, record, as_):
    made = record(sent, cast.cleo)
    assert made.source.startswith("recorded by the studio from a call on")
    for page in (made.receipts.get().path, sent.path):
        assert made.source_sentence in as_(cast.cleo).get(page).text
    assert (
        "recorded that the client approved" in as_(cast.vic).get("/projects/harbour/activity").text
    )
    assert baseline.of(cast.project).amendments[0].source == made.source


# Over HTTP ---------------------------------------------------------------------------------------


def heard_form(cast, **changes):
    fields = {
        "person": cast.cleo.id,
        "answer": "approve",
        "how": "letter",
        "on": clock.now().date().isoformat(),
        "said": "We accept.",
        "key": "a form",
        "files": (io.BytesIO(PDF), "letter.pdf"),
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


def test_the_form_records_and_leads_to_the_receipt(cast, sent, as_):
    browser, path = as_(cast.sam), f"{sent.path}/recorded-answers"
    assert "Cleo Janssen" in browser.get(path).text
    answer = browser.post(path, data=heard_form(cast))

    made = Decision.get()
    assert (answer.status_code, answer.location) == (303, made.receipts.get().path)
    page = browser.get(answer.location).text
    assert "letter.pdf" in page
    assert "localhost:8000" in page  # The file is served from the content origin.


def test_a_form_that_comes_back_keeps_its_file(cast, sent, as_):
    browser, path = as_(cast.sam), f"{sent.path}/recorded-answers"
    answer = browser.post(path, data=heard_form(cast, said=None))
    assert answer.status_code == 422
    assert "letter.pdf" in answer.text

    token = answer.text.split('name="kept" value="')[1].split('"')[0]
    answer = browser.post(path, data=heard_form(cast, files=None, kept=token))
    assert answer.status_code == 303
    assert Decision.get().files.count() == 1


def test_what_is_chosen_on_the_form_is_what_it_records(cast, sent, as_):
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    path = f"{sent.path}/recorded-answers?choose=1&option=2"
    parts = as_(cast.sam).get(path, headers=headers).text

    assert 'hx-target="#chosen"' in parts
    assert '<input type="hidden" name="option" value="2">' in parts


def test_the_key_of_another_answer_records_nothing(cast, sent, estimate, record):
    made, other = record(sent, cast.cleo, key="a form"), estimate(50_00, [cast.cleo])

    assert record(sent, cast.cleo, key="a form") == made
    with pytest.raises(Conflict, match="used already"):
        record(other, cast.cleo, key="a form")


def test_the_day_it_was_sent_is_that_of_the_studio(cast, estimate, record, at):
    at("2026-03-09 23:30")  # In UTC: in the studio, the 10th has begun.
    sign_off = estimate(50_00, [cast.cleo])

    with pytest.raises(DomainError, match="only sent on 10 March"):
        record(sign_off, cast.cleo, on=dt.date(2026, 3, 9))
    assert record(sign_off, cast.cleo, on=dt.date(2026, 3, 10)).is_yes


def test_from_where_it_was_recorded_stays_with_the_studio(cast, sent, record, as_):
    made = record(sent, cast.cleo, address="192.0.2.44")
    path = made.receipts.get().path

    assert "192.0.2.44" in as_(cast.sam).get(path).text
    assert "192.0.2.44" not in as_(cast.cleo).get(path).text


def test_only_a_producer_records(cast, sent, as_):
    for who, status in ((cast.dora, 403), (cast.cleo, 403), (cast.otto, 404)):
        answer = as_(who).post(f"{sent.path}/recorded-answers", data=heard_form(cast))
        assert answer.status_code == status
    assert not Decision.select().exists()


def test_where_nobody_is_awaited_the_page_says_so(cast, sent, as_, answer):
    answer(sent, by=cast.cleo)
    assert "Nobody is awaited" in as_(cast.sam).get(f"{sent.path}/recorded-answers").text


# The page ----------------------------------------------------------------------------------------


def test_the_studio_chooses_a_quantity_for_them_and_is_told_what_cannot_be(cast, as_):
    signs = {
        "kind": LineKind.QUANTITY,
        "quantity_thousandths": 8_000,
        "rate_minor": 120_00,
        "least_thousandths": 4_000,
        "most_thousandths": 14_000,
    }
    draft = make.estimate(cast.project, by=cast.sam, lines=[("Signs", 0, signs)])
    path = f"{draft.send(by=cast.sam, deciders=[cast.cleo]).path}/recorded-answers"
    sam = as_(cast.sam)

    assert "960" in sam.get(path).text
    assert 'value="1=10000"' in sam.get(f"{path}?choose=1&quantity-1=10").text
    refused = sam.get(f"{path}?choose=1&quantity-1=many")
    assert refused.status_code == 422
    assert 'id="quantity-1-error"' in refused.text


def test_whatever_can_be_signed_can_be_recorded(cast, as_):
    contract = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(contract, by=cast.cleo)
    drafts = [
        make.prototype(cast.project, by=cast.sam),
        make.change(cast.project, by=cast.sam),
        make.cancellation(contract, by=cast.sam),
    ]
    for draft in drafts:
        asked = draft.send(by=cast.sam, deciders=[cast.cleo])
        page = as_(cast.sam).get(f"{asked.path}/recorded-answers")
        assert (page.status_code, "What they answered" in page.text) == (200, True)
