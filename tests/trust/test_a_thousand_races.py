"""Eight people answer one question at the same moment, a thousand times."""

from functools import partial

import pytest

from portal.core.errors import Conflict
from portal.ledger.audit import audit
from portal.ledger.export import Extent
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.scope import baseline
from portal.scope.models import Amendment
from portal.signoff.models import Answer, Decision, Receipt, SignOff, SignOffStatus
from tests import make

pytestmark = pytest.mark.trust
ROUNDS = 50  # In each project: twenty projects make a thousand.
ANSWERS = [Answer.APPROVE] * 5 + [Answer.DECLINE, Answer.REQUEST_CHANGES, Answer.APPROVE]


@pytest.mark.timeout(600)
@pytest.mark.parametrize("project", range(20))
def test_of_eight_answers_at_once_one_counts(cast, crowd, at_once, project):
    for _ in range(ROUNDS):
        sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=crowd)
        results = at_once(
            *(
                partial(make.answer, sent, by=person, answer=said)
                for person, said in zip(crowd, ANSWERS, strict=True)
            )
        )
        assert sum(isinstance(one, Decision) for one in results) == 1
        assert sum(isinstance(one, Conflict) for one in results) == len(crowd) - 1

    decided = Event.select().where(Event.verb == Verb.DECISION_MADE).count()
    assert Decision.select().count() == Receipt.select().count() == decided == ROUNDS
    check_what_they_left(cast.project)


def check_what_they_left(project):
    approved = SignOff.select().where(SignOff.status == SignOffStatus.APPROVED).count()
    assert Amendment.select().count() == approved == baseline.of(project).number
    assert baseline.of(project).total_minor == approved * 120_00
    assert not audit(Extent()).wrong
