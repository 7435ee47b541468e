"""An address that nobody has: letters to it are held, the producers are told once."""

import pytest

from portal.mail import jobs, message
from portal.mail.bounces import Bounce
from portal.mail.models import Letter, LetterStatus
from portal.settings import ROOT
from tests import make

GONE = "550 5.1.1 No such person"


@pytest.fixture
def real(smtp):
    """The mail server of the test, and the letters of the portal itself."""
    message.configure(message.settings(), ROOT / "templates")
    return smtp


@pytest.fixture
def sent(cast, real):
    """An estimate that Cleo is asked to decide; her mailbox is gone."""
    real.to_recipient = GONE
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    jobs.sweep()
    real.to_recipient = "250 OK"
    return sent


def to(person):
    found = Letter.select().where(Letter.user_id == person.id).order_by(Letter.id)
    return [(one.template, str(one.status)) for one in found]


def test_what_follows_is_held_and_says_why(cast, sent):
    sent.withdraw(by=cast.sam, reason="It was the wrong one.")
    jobs.sweep()

    assert to(cast.cleo) == [("sign-off-request", "failed"), ("sign-off-ended", "held")]
    held = Letter.get(Letter.status == LetterStatus.HELD)
    assert held.error == f"An earlier letter bounced. The mail server said: {GONE}"


def test_the_producer_is_told_once(cast, sent, real):
    real.to_recipient = GONE
    for _ in range(2):
        make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
        jobs.sweep()

    assert [name for name, _ in to(cast.sam)] == ["address-bounced"]
    assert Letter.get(Letter.template == "address-bounced").context["person"] == "Cleo Janssen"


def test_whoever_bounces_is_not_told_of_it_themselves(cast, real):
    real.to_recipient = GONE
    make.feedback(cast.project, by=cast.vic)
    jobs.sweep()

    assert to(cast.sam) == [("feedback-filed", "failed")]


def test_trying_again_lets_go_what_was_held(cast, sent, real):
    sent.withdraw(by=cast.sam, reason="It was the wrong one.")
    jobs.sweep()
    Letter.try_again(cast.cleo.email)
    jobs.sweep()

    assert to(cast.cleo)[1] == ("sign-off-ended", "sent")
    assert not Bounce.select().exists()


def test_what_could_wait_is_gathered_when_it_is_let_go(cast, sent):
    Letter.write("message-posted", to=cast.cleo, context={}, is_urgent=False, project_id=1)
    Letter.update(status=LetterStatus.HELD).where(Letter.template == "message-posted").execute()
    Letter.try_again(cast.cleo.email)

    assert to(cast.cleo)[-1] == ("message-posted", "gathering")


def test_a_letter_one_asked_for_is_tried_and_finds_out_that_the_mailbox_is_back(cast, sent):
    sent.withdraw(by=cast.sam, reason="It was the wrong one.")
    jobs.sweep()
    Letter.write("password-changed", to=cast.cleo, context={})
    jobs.sweep()
    jobs.sweep()

    assert [status for _, status in to(cast.cleo)] == ["failed", "sent", "sent"]


@pytest.mark.parametrize(
    "answer", ["550 5.7.1 Relaying denied", "554 Policy", "552 5.2.2 Mailbox full", "451 Later"]
)
def test_a_server_that_refuses_us_says_nothing_of_the_address(cast, real, answer):
    real.to_recipient = answer
    make.feedback(cast.project, by=cast.vic)
    jobs.sweep()

    assert not Bounce.select().exists()


@pytest.mark.parametrize(
    ("answer", "is_dead"),
    [("550 5.1.1 Unknown", True), ("550 5.2.1 Closed", True), ("550 Looks like spam", False)],
)
def test_a_server_may_say_it_only_after_the_letter(cast, real, answer, is_dead):
    real.to_message = answer
    make.feedback(cast.project, by=cast.vic)
    jobs.sweep()

    assert Bounce.select().exists() == is_dead
    assert to(cast.sam)[0][1] == "failed"


def test_the_producer_sees_it_beside_the_person_and_the_client_does_not(cast, sent, as_):
    said = "Letters to Cleo do not arrive and are held"
    assert said in as_(cast.sam).get("/projects/harbour/people").text
    assert said not in as_(cast.vic).get("/projects/harbour/people").text


def test_the_list_of_who_was_asked_shows_it(cast, sent, as_):
    assert f"Mail bounced: The mail server said: {GONE}" in as_(cast.sam).get(sent.path).text


def test_a_press_tries_again(cast, sent, as_):
    path = f"/projects/harbour/people/{make.member_of(cast.cleo, cast.project).id}/address"
    assert GONE in as_(cast.sam).get(path).text
    assert as_(cast.sam).post(path).status_code == 303

    assert "They arrive" in as_(cast.sam).get(path).text
    assert as_(cast.cleo).get(path).status_code == 403


def test_the_admin_sees_how_the_mail_does(cast, sent, as_):
    sent.withdraw(by=cast.sam, reason="It was the wrong one.")
    jobs.sweep()
    page = " ".join(as_(cast.ada).get("/").text.split())

    assert '<dd>1 because <a href="/people?state=bounced">the address bounced</a></dd>' in page
    assert "<dt>Failed</dt><dd>1</dd>" in page
    assert "The last left" in page
