"""What was asked and answered before a signature is part of its record, word by word."""

import pytest

from portal.core import canonical
from portal.documents import receipts
from portal.documents.receipts import Altered
from portal.signoff.models import LineQuestion
from portal.signoff.questions import at_signing
from portal.threads.models import Message, reply

ASKED, SAID = "Does this include the tower?", "It does, and the stairs."


class Key:
    """The words of a key, which are all that a paper prints of it."""

    name, fingerprint = "Fathom & Field", "ab" * 32


@pytest.fixture
def asked(cast, sent):
    question = LineQuestion.ask(sent, by=cast.vic, place="line-1", text=ASKED)
    reply(question, by=cast.sam, text=SAID)
    return question


def words(decision):
    return [text for one in at_signing(decision) for _, text, _ in one.words]


def test_a_record_holds_the_hash_of_each_question_and_answer(cast, sent, asked, answer):
    decision = answer(sent, by=cast.cleo)

    record = decision.receipts.get().facts
    assert record["questions"] == [canonical.sha256(text) for text in (ASKED, SAID)]
    assert record["questions"] == decision.event.body["questions"]
    assert words(decision) == [ASKED, SAID]


def test_what_is_said_later_is_not_in_it(cast, sent, asked, answer):
    decision = answer(sent, by=cast.cleo)
    reply(asked, by=cast.vic, text="Thank you.")

    assert words(decision) == [ASKED, SAID]


def test_the_same_words_said_again_later_are_not_in_it(cast, sent, asked, answer, at):
    decision = answer(sent, by=cast.cleo)
    reply(asked, by=cast.dora, text=SAID)

    assert words(decision) == [ASKED, SAID]


def test_without_a_question_the_record_says_none(cast, sent, answer):
    decision = answer(sent, by=cast.cleo)

    assert decision.receipts.get().facts["questions"] == []
    assert at_signing(decision) == []


def test_an_earlier_version_s_questions_are_in_the_record_of_the_next(cast, sent, asked, answer):
    draft = sent.subject.estimate.revise(by=cast.sam)
    decision = answer(draft.send(by=cast.sam, deciders=[cast.cleo]), by=cast.cleo)

    assert words(decision) == [ASKED, SAID]


def test_the_receipt_lists_them_on_its_page_and_on_paper(cast, sent, asked, answer, as_):
    receipt = answer(sent, by=cast.cleo).receipts.get()

    page = as_(cast.cleo).get(receipt.path).text
    assert ASKED in page
    assert SAID in page
    paper = receipts.paper_of(receipt, Key)
    part = next(one for one in paper.parts if one.name == "Questions and answers")
    assert [fact.value for fact in part.blocks[0].facts][::2] == [ASKED, SAID]


def test_nothing_is_printed_from_words_that_were_changed(cast, sent, asked, answer):
    receipt = answer(sent, by=cast.cleo).receipts.get()
    Message.update(text="It does not.").execute()

    assert words(receipt.decision) == [ASKED]
    with pytest.raises(Altered, match="questions"):
        receipts.paper_of(receipt, Key)
