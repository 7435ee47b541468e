"""One person, one form, one answer: refused in words, and by the database itself."""

import peewee
import pytest

from portal.access.permissions import Role
from portal.core import db
from portal.scope.models import Amendment
from portal.signoff.models import Decision, Receipt, Rule, SignOff
from portal.signoff.refusals import Closed
from tests import make


def test_whoever_answered_does_not_answer_again_while_others_are_awaited(cast, answer):
    joris = make.user("Joris Verhaegen", client=cast.client)
    make.member(joris, cast.project, Role.SPONSOR)
    people = {"deciders": [cast.cleo, joris], "rule": Rule.ALL}
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, **people)
    answer(sign_off, by=cast.cleo)

    with pytest.raises(Closed, match="You have answered already"):
        answer(sign_off, by=cast.cleo)

    assert Decision.select().count() == 1
    assert SignOff.get_by_id(sign_off.id).is_open


def test_a_page_that_was_read_before_the_answer_gives_no_second_one(cast, sent, answer):
    read_before = SignOff.get_by_id(sent.id)
    answer(sent, by=cast.cleo)

    with pytest.raises(Closed, match="Cleo Janssen approved it already"):
        answer(read_before, by=cast.cleo)


#: A row that only what it is called after keeps out: what else could collide is another.
TWINS = {
    "answer of one person": lambda cast: (Decision, {"key": "another"}),
    "answer by one form": lambda cast: (Decision, {"user": cast.vic.id}),
    "effect of one decision": lambda cast: (Amendment, {"number": 2}),
    "receipt of one decision": lambda cast: (Receipt, {"number": 2, "public_id": "another"}),
}


@pytest.mark.parametrize("what", TWINS)
def test_the_database_itself_refuses_a_second(cast, sent, answer, what):
    model, unlike = TWINS[what](cast)
    answer(sent, by=cast.cleo)
    twin = model.select().dicts().get() | unlike
    del twin["id"]

    with pytest.raises(peewee.IntegrityError), db.change():
        model.insert(**twin).execute()
