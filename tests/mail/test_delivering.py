"""Every letter arrives once, whatever the mail server does."""

import datetime as dt
import socket
import threading
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from portal.core import clock, db, queue
from portal.mail import jobs, message, transports
from portal.mail.models import PATIENCE, Letter, LetterAttempt, LetterStatus


def again(letter):
    return Letter.get_by_id(letter.id)


def test_a_letter_is_sent_and_says_so(smtp, write):
    letter = write()
    jobs.deliver(letter.id)
    assert smtp.taken[0].rcpt_tos == ["cleo@harbour.example"]
    assert again(letter).status == LetterStatus.SENT
    assert again(letter).sent_at is not None
    assert [attempt.outcome for attempt in letter.tries] == ["sent"]


def test_a_sent_letter_is_not_sent_again(smtp, write, at):
    at("2026-03-12 10:45")
    letter = write()
    letter.deliver()
    for moment in ("2026-03-12 10:45", "2026-03-12 11:45"):  # Within its lease, and long after.
        at(moment)
        jobs.deliver(letter.id)
        jobs.sweep()
    assert len(smtp.taken) == 1


def test_two_workers_send_one_letter_once(smtp, write):
    letter = write()
    ready = threading.Barrier(4)

    def work():
        with db.handle.obj.connection_context():
            mine = again(letter)
            ready.wait()
            mine.deliver()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(smtp.taken) == 1
    assert again(letter).attempts == 1


def test_a_letter_whose_worker_died_is_sent_by_the_sweep(smtp, write, at):
    at("2026-03-12 10:45")
    letter, deaths = write(), iter([SystemExit])

    @message.late("greeting")
    def die_once(context):
        for death in deaths:
            raise death
        return {}

    with pytest.raises(SystemExit):
        letter.deliver()
    jobs.sweep()
    assert smtp.taken == []
    at("2026-03-12 10:50")
    jobs.sweep()
    assert len(smtp.taken) == 1


def test_a_worker_that_is_told_to_end_sends_nothing_more(smtp, write, monkeypatch):
    write()
    ending = threading.Event()
    monkeypatch.setattr(queue, "_ending", ending)
    ending.set()
    jobs.sweep()
    assert smtp.taken == []
    ending.clear()
    jobs.sweep()
    assert len(smtp.taken) == 1


def test_whoever_comes_back_after_its_lease_does_not_take_back_that_it_was_sent(smtp, write, at):
    at("2026-03-12 10:45")
    letter, pauses = write(), iter(["2026-03-12 10:51"])

    @message.late("greeting")
    def fall_asleep_once(context):
        for moment in pauses:
            at(moment)
            jobs.sweep()  # Of another worker, which sends it.
            raise transports.Refused("550 No such person")
        return {}

    letter.deliver()
    assert again(letter).status == LetterStatus.SENT
    assert [attempt.outcome for attempt in letter.tries] == ["sent", "failed: 550 No such person"]


def test_a_server_that_is_away_gets_another_chance_a_minute_later(no_smtp, write, at):
    at("2026-03-12 10:45")
    letter = write()
    assert letter.deliver() is False
    assert letter.status == LetterStatus.WAITING
    assert letter.next_try_at == clock.now() + dt.timedelta(minutes=1)
    assert "cannot be reached" in letter.error
    assert letter.tries[0].outcome.startswith("waiting: ")


def test_the_waits_double_and_end_after_three_days(no_smtp, write, at):
    start = at("2026-03-12 10:45")
    letter = write()
    waits = []
    while letter.status == LetterStatus.WAITING:
        letter.deliver()
        waits.append((letter.next_try_at - clock.now()) // dt.timedelta(minutes=1))
        at(letter.next_try_at.isoformat())
    assert waits[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert letter.status == LetterStatus.FAILED
    assert dt.timedelta(hours=70) < letter.tries[-1].at - start <= PATIENCE


def test_after_a_day_without_a_server_all_leave_within_the_hour(no_smtp, write, at, settings, post):
    start = at("2026-03-12 10:45")
    letters = [write() for _ in range(3)]
    for half_hour in range(48):
        at((start + half_hour * dt.timedelta(minutes=30)).isoformat())
        jobs.sweep()
    assert {Letter.get_by_id(one.id).status for one in letters} == {LetterStatus.WAITING}

    message.configure(settings, post.templates)  # A server that answers: the folder.
    at((start + dt.timedelta(hours=25)).isoformat())
    jobs.sweep()

    assert {Letter.get_by_id(one.id).status for one in letters} == {LetterStatus.SENT}


def test_a_round_stops_while_the_server_is_away(no_smtp, write):
    for _ in range(3):
        write()
    jobs.sweep()
    assert LetterAttempt.select().count() == 1


def test_what_became_due_at_once_leaves_in_the_order_it_was_written(write):
    """On PostgreSQL a row that was touched lies behind those that were not."""
    first, second, third = (write(place=place) for place in ("Oslo", "Bergen", "Molde"))
    Letter.update(next_try_at=clock.now()).execute()
    for letter in (second, first):
        Letter.update(error="").where(Letter.id == letter.id).execute()

    assert [one.id for one in Letter.due()] == [first.id, second.id, third.id]


def test_a_refused_recipient_is_recorded_and_not_tried_again(smtp, write):
    smtp.to_recipient = "550 No such person"
    letter = write()
    assert letter.deliver() is True
    assert letter.status == LetterStatus.FAILED
    assert letter.error == "The mail server said: 550 No such person"


def test_a_greylisted_letter_waits_and_the_next_one_goes(smtp, write):
    smtp.to_recipient = "451 Try again"
    first = write()
    jobs.sweep()
    smtp.to_recipient = "250 OK"
    write()
    jobs.sweep()
    assert again(first).status == LetterStatus.WAITING
    assert len(smtp.taken) == 1


def test_a_refused_message_fails(smtp, write):
    smtp.to_message = "554 This looks like spam"
    letter = write()
    letter.deliver()
    assert letter.status == LetterStatus.FAILED


def test_a_server_that_never_answers_is_left(write, mail_ports):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        mail_ports.add(port)
        slow = transports.Smtp(urlsplit(f"smtp://127.0.0.1:{port}"), timeout_seconds=0.2)
        with pytest.raises(transports.Unreachable, match="timed out"):
            slow.send(message.render(write()), "cleo@harbour.example", 1)


def test_a_password_is_not_sent_in_the_clear():
    class Server:
        def ehlo(self):
            pass

        def has_extn(self, name):
            return False

    smtp = transports.open_transport("smtp://portal:secret@mail.example:587")
    with pytest.raises(transports.smtplib.SMTPException, match="no encryption"):
        smtp._introduce(Server())


def test_no_address_at_all_is_a_refusal(smtp, write):
    letter = write(to=SimpleNamespace(id=1, email="cleo@x.example\r\nRCPT TO:<a@b>", name="Cleo"))
    letter.deliver()
    assert letter.status == LetterStatus.FAILED
    assert "is not an address" in letter.error
    assert smtp.taken == []


def test_a_letter_that_cannot_be_made_waits_and_does_not_stop_the_round(smtp, write, caplog):
    broken = write()
    Letter.update(context={}).where(Letter.id == broken.id).execute()
    fine = write()
    jobs.sweep()
    assert again(broken).error == "The letter could not be made: UndefinedError."
    assert again(broken).status == LetterStatus.WAITING
    assert again(fine).status == LetterStatus.SENT
    assert "could not be made" in caplog.text


def test_a_letter_that_is_gone_is_no_error(post):
    jobs.deliver(12345)


def test_the_folder_holds_whole_letters_only(post, write):
    letter = write()
    letter.deliver()
    (path,) = post.folder.iterdir()
    assert path.name.endswith(f"-{letter.id:08d}.eml")
    assert path.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_written_is_tried_again(post, write):
    post.folder.write_text("a file where the folder should be")
    letter = write()
    assert letter.deliver() is False
    assert "cannot be written" in letter.error
