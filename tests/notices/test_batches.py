"""What waited for its hour arrives as one mail, once, and only to whom it may still reach."""

import threading

import pytest

from portal.access.models import Membership
from portal.core import db
from portal.mail import jobs as mail_jobs
from portal.mail.models import Letter, LetterStatus
from portal.notices import batches, jobs, ways_out
from portal.notices.models import ProjectPace, Rhythm, habits_of
from portal.notices.pacing import Pace
from portal.threads.models import reply
from tests import make

MORNING = "2026-03-12 08:00"


@pytest.fixture
def item(cast, at):
    at(MORNING)
    return make.feedback(cast.project, by=cast.vic, text="The tide table is cut off.")


def wants(person, pace, *, projects=None, quiet=None, hour=8):
    kept = {"hour": hour, "weekday": 0, "quiet": quiet, "projects": projects or {}}
    Rhythm.choose(person, pace=pace, **kept)


def say(item, *texts, by, **asked):
    for text in texts:
        reply(item, by=by, text=text, **asked)


def sent_to(person, letters):
    return [one for one in letters() if one["To"].addresses[0].addr_spec == person.email]


def status_of(person):
    found = Letter.select().where(Letter.user_id == person.id, Letter.template == "message-posted")
    return [one.status for one in found.order_by(Letter.id)]


def test_what_waits_comes_as_one_mail_with_a_sentence_and_a_link_for_each(cast, item, letters, at):
    wants(cast.sam, Pace.DAILY)
    say(item, "I saw it too.", "On the boat.", by=cast.cleo)
    assert sent_to(cast.sam, letters)[1:] == []

    at("2026-03-13 07:00")  # Eight in Amsterdam.
    mail = sent_to(cast.sam, letters)[-1]

    assert mail["Subject"] == "2 things happened on Harbour"
    text = mail.get_body(("plain",)).get_content()
    assert text.count("- Cleo Janssen replied on feedback 1") == 2
    assert '"On the boat."' in text
    assert text.count(f"http://127.0.0.1:8000{item.studio_path}") == 2
    assert status_of(cast.sam) == [LetterStatus.GATHERED] * 2


def test_one_letter_leaves_as_it_is(cast, item, letters, at):
    wants(cast.sam, Pace.DAILY)
    say(item, "I saw it too.", by=cast.cleo)
    at("2026-03-13 07:00")

    assert sent_to(cast.sam, letters)[-1]["Subject"].startswith("Cleo Janssen wrote on feedback 1")


def test_every_mail_is_sent_once_however_often_the_sweep_runs(cast, item, letters, at):
    wants(cast.sam, Pace.HOURLY)
    say(item, "One", "Two", by=cast.cleo)
    at("2026-03-12 09:00")
    jobs.gather()
    before = len(letters())
    at("2026-03-12 10:00")

    assert len(letters()) == before


def test_two_workers_make_one_mail(cast, item, at):
    wants(cast.sam, Pace.HOURLY)
    say(item, "One", "Two", "Three", by=cast.cleo)
    at("2026-03-12 09:00")
    ready = threading.Barrier(4)

    def work():
        with db.handle.obj.connection_context():
            ready.wait()
            batches.gather(cast.sam.id)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    digest = Letter.get(Letter.template == "digest")
    assert {one.carried_by_id for one in Letter.select().where(Letter.status == "gathered")} == {
        digest.id
    }


def test_a_worker_that_dies_while_it_gathers_leaves_all_as_it_was(cast, item, at, letters):
    wants(cast.sam, Pace.HOURLY)
    say(item, "One", "Two", by=cast.cleo)
    at("2026-03-12 09:00")
    with pytest.raises(SystemExit), db.change():
        batches.gather(cast.sam.id)
        raise SystemExit

    assert not Letter.select().where(Letter.template == "digest").exists()
    assert sent_to(cast.sam, letters)[-1]["Subject"].startswith("2 things happened")


def test_a_digest_whose_worker_died_is_sent_after_its_lease(cast, item, at, letters):
    wants(cast.sam, Pace.HOURLY)
    say(item, "One", "Two", by=cast.cleo)
    at("2026-03-12 09:00")
    jobs.gather()
    Letter.get(Letter.template == "digest")._claim()  # And then nothing more is heard of it.
    before = len(letters())

    at("2026-03-12 09:05")

    assert len(letters()) == before + 1


def test_the_letters_of_one_person_do_not_stop_those_of_the_others(cast, item, at, letters, caplog):
    wants(cast.sam, Pace.HOURLY)
    say(item, "One", by=cast.cleo)
    say(item, "Two", by=cast.sam)
    Letter.update(user_id=9999).where(Letter.user_id == cast.sam.id).execute()  # Nobody.
    at("2026-03-12 09:00")

    assert sent_to(cast.vic, letters)[-1]["Subject"].startswith("Sam Moreau wrote")
    assert "could not be gathered" in caplog.text


def test_what_one_is_asked_to_decide_comes_at_once_in_the_night_and_to_whom_wants_nothing(
    cast, at, letters
):
    at("2026-03-12 02:00")
    wants(cast.cleo, Pace.NEVER, quiet=(20, 7))
    make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])

    assert sent_to(cast.cleo, letters)[-1]["Subject"] == "For your answer: The visitor site"


def test_a_question_comes_at_once_and_a_remark_waits_for_the_morning(cast, item, at, letters):
    wants(cast.vic, Pace.AT_ONCE, quiet=(9, 18))
    at("2026-03-12 10:00")
    say(item, "We look at it.", by=cast.sam)
    say(item, "Which phone is it?", by=cast.sam, is_question=True)

    assert len(sent_to(cast.vic, letters)) == 1
    assert status_of(cast.vic) == [LetterStatus.GATHERING, LetterStatus.SENT]


def test_never_is_kept_as_a_letter_that_was_not_wanted(cast, item):
    wants(cast.sam, Pace.NEVER)
    say(item, "I saw it too.", by=cast.cleo)

    letter = Letter.get(Letter.user_id == cast.sam.id, Letter.template == "message-posted")
    assert (letter.status, letter.error) == (
        LetterStatus.SKIPPED,
        "They want no letters about this project.",
    )


def test_a_project_can_be_otherwise(cast, item, letters):
    wants(cast.sam, Pace.NEVER, projects={cast.project.id: Pace.AT_ONCE})
    say(item, "I saw it too.", by=cast.cleo)

    assert sent_to(cast.sam, letters)[-1]["Subject"].startswith("Cleo Janssen wrote")


def test_what_waits_follows_a_new_choice(cast, item, at, letters):
    wants(cast.sam, Pace.WEEKLY)
    say(item, "One", "Two", by=cast.cleo)
    wants(cast.sam, Pace.HOURLY)
    at("2026-03-12 09:00")
    assert sent_to(cast.sam, letters)[-1]["Subject"].startswith("2 things")

    say(item, "Three", by=cast.cleo)
    ProjectPace.choose(cast.sam.id, cast.project.id, Pace.NEVER)
    assert status_of(cast.sam)[-1] == LetterStatus.SKIPPED


def test_whoever_left_reads_of_nothing_that_waited(cast, item, at, letters):
    wants(cast.vic, Pace.DAILY)
    say(item, "One", "Two", by=cast.sam)
    cast.project.remove_member(Membership.get(user=cast.vic, project=cast.project), by=cast.sam)
    at("2026-03-13 07:00")

    assert sent_to(cast.vic, letters) == []
    assert Letter.get(Letter.template == "digest").status == LetterStatus.SKIPPED


def test_two_projects_come_in_one_mail_and_what_one_has_left_is_not_in_it(cast, item, at, letters):
    wants(cast.sam, Pace.DAILY)
    other = make.feedback(cast.elsewhere, by=cast.otto, text="Where is the menu?")
    say(item, "I saw it too.", by=cast.cleo)
    at("2026-03-13 07:00")
    mail = sent_to(cast.sam, letters)[-1]

    assert mail["Subject"] == "2 things happened on Harbour and Otter"
    assert "Stop letters about all your projects" in mail.get_body(("plain",)).get_content()
    assert other.studio_path in mail.get_body(("plain",)).get_content()


def test_a_mail_about_several_projects_stops_them_all(cast, as_):
    ProjectPace.choose(cast.sam.id, cast.project.id, Pace.WEEKLY)
    digest = Letter.write("digest", to=cast.sam, context={}, is_urgent=False)
    path = ways_out.of(digest)["stop_path"]
    assert "Stop letters about all your projects" in as_(None).get(path).text

    as_(None).post(path, data={"List-Unsubscribe": "One-Click"})
    assert {habit.pace for habit in habits_of(cast.sam.id).values()} == {Pace.NEVER}
    as_(None).post(path, data={"again": "yes"})
    assert {habit.pace for habit in habits_of(cast.sam.id).values()} == {Pace.AT_ONCE}


def test_nobody_hears_of_what_they_did_themselves(cast, item):
    say(item, "One", by=cast.sam)
    say(item, "Two", by=cast.cleo)
    wrote = {one.context["by"]: set() for one in Letter.select() if "by" in one.context}
    for letter in Letter.select():
        wrote.setdefault(letter.context.get("by"), set()).add(letter.name)

    assert wrote["Sam Moreau"] == {"Vic Aalto"}
    assert wrote["Cleo Janssen"] == {"Sam Moreau"}


def test_a_sweep_sends_nothing_that_only_gathers(cast, item):
    wants(cast.sam, Pace.DAILY)
    say(item, "I saw it too.", by=cast.cleo)
    mail_jobs.sweep()

    assert status_of(cast.sam) == [LetterStatus.GATHERING]
