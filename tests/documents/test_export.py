"""An export proves what was recorded, disputed and undone as it proves any answer: to both sides."""

import io

import pytest

from portal.access.permissions import Role
from portal.ledger import export, verify
from portal.ledger.export import Audience, Extent
from portal.ledger.models import Event, Identity
from portal.signoff.deciding.attached import Kept
from portal.signoff.models import How, Objection, Rule, SignOff, StandIn
from portal.signoff.models.stand_ins import studio_day
from portal.storage.models import Blob
from tests import make


@pytest.fixture
def undone(cast):
    """An estimate accepted by letter, disputed by Cleo, and cancelled with an order number."""
    asked = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    letter = Kept(Blob.keep(io.BytesIO(b"%PDF-1.4 the letter"), limit="answer"), "letter.pdf")
    more = {"how": How.LETTER, "files": (letter,)}
    made = make.recorded(asked, cast.cleo, by=cast.sam, **more)
    Objection.raise_against(made, by=cast.cleo, reason="Not so.")
    draft = make.cancellation(SignOff.get_by_id(asked.id), by=cast.sam)
    sent = draft.send(by=cast.sam, deciders=[cast.cleo])
    make.answer(sent, by=cast.cleo, purchase_order="PO 4711")
    return letter.blob.sha256


@pytest.mark.parametrize("audience", Audience)
def test_an_export_is_whole_and_holds_the_letter(undone, tmp_path, audience):
    path = tmp_path / "export.zip"
    assert not export.write(path, Extent("harbour", audience)).wrong
    members = verify.members_of(path)
    assert f"files/{undone}" in members
    assert {"receipts/harbour-1.json", "receipts/harbour-2.json"} <= members.keys()
    assert not verify.verify(members).wrong


def test_a_letter_that_is_gone_from_it_is_missed(undone, tmp_path):
    path = tmp_path / "export.zip"
    export.write(path, Extent("harbour"))
    members = verify.members_of(path)
    del members[f"files/{undone}"]
    assert any(undone in words for words in verify.verify(members).wrong)


@pytest.fixture
def seated(cast):
    """Answers of a stand-in, of two people together, and of a sponsor it was passed on to."""
    joris, eva = (make.user(name, client=cast.client) for name in ("Joris Smit", "Eva Prins"))
    absent = make.member_of(cast.cleo, cast.project)
    person = make.member(joris, cast.project, Role.APPROVER)
    make.member(eva, cast.project, Role.SPONSOR)
    days = {"from_on": studio_day(), "until_on": studio_day()}
    StandIn.name(absent, person, by=cast.cleo, **days)
    make.mandate(cast.cleo, cast.project, by=cast.sam, decision_limit_minor=100_00)
    lines = [("Design", 50_00), ("Film", 80_00, {"is_optional": True})]
    draft = make.estimate(cast.project, by=cast.sam, lines=lines)
    sent = draft.send(by=cast.sam, deciders=[cast.cleo], rule=Rule.ALL)
    sent.pass_on(by=joris, options=("2",))
    make.answer(SignOff.get_by_id(sent.id), by=joris, options=("2",))
    make.answer(SignOff.get_by_id(sent.id), by=eva, options=("2",))
    return SignOff.get_by_id(sent.id)


@pytest.mark.parametrize("audience", Audience)
def test_everybody_whom_an_entry_points_to_is_in_the_export(seated, tmp_path, audience):
    assert seated.status == "approved"
    path = tmp_path / "export.zip"
    book = export.write(path, Extent("harbour", audience))
    assert not book.wrong + verify.verify(verify.members_of(path)).wrong

    lines = "".join(event.line for event in Event.select().where(Event.chain << [*book.chains]))
    pointed = {one.commitment for one in Identity.select() if one.commitment in lines}
    assert pointed == book.named["identity"].keys()
