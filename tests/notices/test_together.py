"""What is resolved in one go is one mail, and loses none of its questions."""

import pytest

from portal.core import clock
from portal.feedback.words import Kind
from portal.mail.bounces import Bounce
from portal.mail.models import Letter, LetterStatus
from portal.notices import jobs
from portal.notices.models import Rhythm
from portal.notices.pacing import Pace
from tests import make

NIGHT = "2026-03-12 23:30"


@pytest.fixture
def resolve(cast, at):
    """`resolve(n)` lets Vic ask n questions, and Sam resolve them in one go."""

    def in_one_go(count):
        at(NIGHT)
        texts = [f"Who reads page {number}?" for number in range(1, count + 1)]
        items = [
            make.feedback(cast.project, by=cast.vic, kind=Kind.QUESTION, text=t) for t in texts
        ]
        Letter.update(status=LetterStatus.SENT).execute()
        for item in items:
            item.resolve(by=cast.sam, words="You do.")
        return items

    return in_one_go


def to_vic(cast, letters):
    return [one for one in letters() if one["To"].addresses[0].addr_spec == cast.vic.email]


def wants_nothing(person):
    quiet = {"quiet": (20, 7), "hour": 8, "weekday": 0, "projects": {}}
    Rhythm.choose(person, pace=Pace.NEVER, **quiet)


def test_what_is_resolved_in_one_go_is_one_mail_with_a_question_for_each(cast, resolve, letters):
    resolve(3)

    [mail] = to_vic(cast, letters)

    assert mail["Subject"] == "Please look again: 3 things on Harbour"
    assert mail["List-Unsubscribe"] is None
    for kind in ("plain", "html"):
        text = mail.get_body((kind,)).get_content()
        assert text.count("/care/answers/") == 3
        assert text.count("You do.") == 3
        assert "Who reads page 2?" in text


def test_several_at_an_address_that_bounced_are_held_as_one_alone_would_be(cast, resolve, letters):
    Bounce.create(address=cast.vic.email, said="550 no such person")
    resolve(2)

    assert to_vic(cast, letters) == []
    assert Letter.get(Letter.template == "digest").status == LetterStatus.HELD


def test_one_alone_is_its_own_letter(cast, resolve, letters):
    resolve(1)

    [mail] = to_vic(cast, letters)
    assert mail["Subject"] == "Please look again: Who reads page 1?"


def test_it_comes_in_the_night_and_to_whom_wants_nothing(cast, resolve, letters):
    wants_nothing(cast.vic)
    resolve(2)
    wants_nothing(cast.vic)  # Choosing again moves nothing that awaits an answer.

    assert len(to_vic(cast, letters)) == 1


def test_it_does_not_use_up_the_one_mail_of_the_day(cast, resolve, at):
    resolve(2)
    with clock.at(clock.now()):
        jobs.gather()

    assert Rhythm.get(user=cast.vic).last_batch_at is None


def test_what_is_open_again_when_it_leaves_asks_nothing(cast, resolve, letters):
    first, _ = resolve(2)
    first.reopen(by=cast.cleo, reason="Nobody does.")

    [mail] = [one for one in to_vic(cast, letters) if "look again" in one["Subject"]]
    assert mail.get_body(("plain",)).get_content().count("/care/answers/") == 1
