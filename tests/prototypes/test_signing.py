"""A version is sealed with every file by its hash, and answered through the one engine."""

import datetime as dt

import pytest

from portal.core.errors import DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.prototypes.models import PrototypeVersion, Screen
from portal.scope.models import Amendment
from portal.signoff.models import Answer, SignOff, SignOffStatus
from portal.signoff.refusals import Closed
from portal.signoff.subject import DiffFact, SubjectStatus
from tests import make


def status_of(version):
    return PrototypeVersion.get_by_id(version.id).status


def test_the_seal_names_every_file_by_its_hash_and_nobody_by_name(cast):
    draft = make.prototype(cast.project, by=cast.sam, note="The first look.")
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo], silence="We go on with it.")

    sealed = sign_off.shown
    originals = [screen.original for screen in Screen.of(draft)]
    assert [one["sha256"] for one in sealed["screens"]] == [blob.sha256 for blob in originals]
    assert sealed["screens"][0] == {
        "kind": "image",
        "name": "Screen 1",
        "width": 60,
        "height": 40,
        "media_type": "image/png",
        "size_bytes": originals[0].size_bytes,
        "sha256": originals[0].sha256,
    }
    assert (sealed["title"], sealed["summary"]) == ("Plan your visit", "The first look.")
    assert "Sam" not in sign_off.snapshot
    assert sign_off.silence == sealed["silence"] == "We go on with it."


def test_nothing_to_look_at_cannot_be_sent(cast):
    draft = make.prototype(cast.project, by=cast.sam, pictures=0)

    with pytest.raises(DomainError, match="something to look at"):
        draft.send(by=cast.sam, deciders=[cast.cleo])
    with pytest.raises(DomainError, match="at least one person"):
        make.prototype(cast.project, by=cast.sam).send(by=cast.sam, deciders=[])

    assert not SignOff.select().exists()


def test_nobody_is_asked_to_answer_by_yesterday(cast, at):
    at("2026-03-12 10:45")
    draft = make.prototype(cast.project, by=cast.sam)

    with pytest.raises(DomainError, match="a day that has passed"):
        draft.send(by=cast.sam, deciders=[cast.cleo], due_on=dt.date(2026, 3, 11))

    assert status_of(draft) == SubjectStatus.DRAFT


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (Answer.APPROVE, SubjectStatus.APPROVED),
        (Answer.APPROVE_WITH_NOTES, SubjectStatus.APPROVED),
        (Answer.REQUEST_CHANGES, SubjectStatus.CHANGES_REQUESTED),
        (Answer.DECLINE, SubjectStatus.DECLINED),
    ],
)
def test_each_answer_ends_it_and_none_touches_the_contract(cast, sent, answer, status):
    decision = make.answer(SignOff.of(sent), by=cast.cleo, answer=answer)

    assert status_of(sent) == status
    assert decision.amount_minor is None
    assert decision.receipts.get().facts["amount"] is None
    assert not Amendment.select().exists()


def test_a_new_version_replaces_the_question_about_the_old_one(cast, sent):
    old = SignOff.of(sent)
    second = sent.prototype.add_version(by=cast.sam)
    second.add_screens([make.picture("Screen 2", seed=9)])
    second.send(by=cast.sam, deciders=[cast.cleo])

    assert SignOff.get_by_id(old.id).status == SignOffStatus.SUPERSEDED
    assert status_of(sent) == SubjectStatus.SUPERSEDED
    with pytest.raises(Closed, match="newer version"):
        make.answer(old, by=cast.cleo)
    assert Verb.SIGN_OFF_SUPERSEDED in [event.verb for event in Event.select()]


def test_the_difference_says_which_screens_are_new_other_or_gone(cast, sent):
    second = sent.prototype.add_version(by=cast.sam)
    second.add_screens([make.picture("screen 2", seed=9), make.picture("About")])
    second.drop_screens([Screen.of(second)[0].id])
    second.describe(title="Plan a visit", note="")
    sealed = second.send(by=cast.sam, deciders=[cast.cleo]).shown

    found = PrototypeVersion.difference(SignOff.of(sent).shown, sealed)

    assert set(found.facts) == {
        DiffFact("Screen 1", "shown", "removed"),
        DiffFact("Screen 2", "", "new picture"),
        DiffFact("About", "", "added"),
        DiffFact("Name", "", "worded anew"),
    }


def test_the_difference_says_when_only_the_order_is_another(cast, sent):
    second = sent.prototype.add_version(by=cast.sam)
    second.shift_screen(Screen.of(second)[0].id, 1)
    sealed = second.send(by=cast.sam, deciders=[cast.cleo]).shown

    found = PrototypeVersion.difference(SignOff.of(sent).shown, sealed)

    assert found.facts == (DiffFact("Order of the screens", "", "changed"),)


def test_two_equal_versions_differ_in_nothing(cast, sent):
    sealed = sent.prototype.add_version(by=cast.sam).snapshot()

    assert not PrototypeVersion.difference(SignOff.of(sent).shown, sealed)


def test_what_is_typed_is_sealed_as_it_is_kept(cast):
    draft = make.prototype(cast.project, by=cast.sam)

    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo], silence="The cafe\u0301  stays. ")

    assert sign_off.shown["silence"] == "The café stays."
    assert SignOff.get_by_id(sign_off.id).silence == "The café stays."
