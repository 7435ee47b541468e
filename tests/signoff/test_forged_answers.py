"""An answer that no page of ours would post: refused, or kept exactly as its receipt says."""

import pytest

from portal.access.permissions import Role
from portal.core import canonical
from portal.scope import baseline
from portal.signoff.models import Answer, Decision, Receipt, Rule
from portal.signoff.refusals import Incomplete, Moved, Stale
from tests import make


@pytest.mark.parametrize("number", [-1, 7, 2**31, 10**20])
@pytest.mark.parametrize("said", list(Answer))
def test_no_answer_is_recorded_for_a_baseline_that_never_was(sent, cast, answer, said, number):
    with pytest.raises(Stale):
        answer(sent, by=cast.cleo, answer=said, notes="Because.", baseline_number=number)

    assert Decision.select().count() == 0


@pytest.mark.parametrize("typed", ["one\r\ntwo", "Cafe\u0301 ", "a\u202eb", "nul\0"])
def test_the_hash_on_a_receipt_is_that_of_the_note_that_is_kept(sent, cast, answer, typed):
    decision = answer(sent, by=cast.cleo, answer=Answer.DECLINE, notes=typed)

    kept = Decision.get_by_id(decision.id).notes
    assert Receipt.get(decision=decision).facts["notes_sha256"] == canonical.sha256(kept)


@pytest.mark.parametrize("said", [one for one in Answer if one != Answer.APPROVE])
def test_a_note_of_invisible_signs_is_no_note(sent, cast, answer, said):
    with pytest.raises(Incomplete):
        answer(sent, by=cast.cleo, answer=said, notes="\u202e \x01")


def test_a_name_of_invisible_signs_is_no_signature(sent, cast, answer):
    with pytest.raises(Incomplete):
        answer(sent, by=cast.cleo, typed_name="\u202e \x01")


@pytest.mark.parametrize("name", ["answer", "version", "digest", "total", "consent", "name"])
def test_a_form_that_says_one_thing_twice_is_refused(sent, cast, as_, post, name):
    answered = post(as_(cast.cleo), sent, **{name: ["decline", "approve"]})

    assert answered.status_code == 400
    assert Decision.select().count() == 0


def test_where_everyone_signs_they_sign_the_same_choices(cast, answer):
    gus = make.user("Gus Okafor", client=cast.client)
    make.member(gus, cast.project, Role.SPONSOR)
    lines = [("Design", 120_00), ("Film", 80_00, {"is_optional": True})]
    draft = make.estimate(cast.project, by=cast.sam, lines=lines)
    sent = draft.send(by=cast.sam, deciders=[cast.cleo, gus], rule=Rule.ALL)
    answer(sent, by=cast.cleo, options=("2",))

    with pytest.raises(Moved, match="Cleo Janssen signed other choices"):
        answer(sent, by=gus, options=())

    answer(sent, by=gus, options=("2",))
    assert baseline.of(cast.project).total_minor == 200_00


def test_nobody_signs_a_text_that_was_altered_after_it_was_sealed(sent, cast, answer):
    forged = sent.snapshot.replace("12000", "99000") + " "
    type(sent).update(snapshot=forged).where(type(sent).id == sent.id).execute()

    with pytest.raises(Stale, match="altered"):
        answer(sent, by=cast.cleo)

    assert Decision.select().count() == 0
