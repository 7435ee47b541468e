"""The demo: accounts that sign in, sums that hold, times that go forward, letters that left."""

import datetime as dt
import html
import re
import zipfile
from collections import Counter
from itertools import pairwise

import pytest

from portal import workshop
from portal.access.models import User
from portal.access.models.entry import sign_in
from portal.access.permissions import Role
from portal.care import queries as care
from portal.care.board import Board
from portal.core import clock
from portal.demo import people
from portal.demo.chapters import CHAPTERS
from portal.demo.stage import Calendar
from portal.estimates import outlook
from portal.estimates.models import EstimateTemplate, EstimateVersion
from portal.feedback.words import FeedbackStatus, Turn
from portal.ledger.models import Event
from portal.mail.models import Letter, LetterStatus
from portal.notices import feed
from portal.projects.models import Project
from portal.prototypes.models import (
    Pin,
    PinBatch,
    PinStatus,
    Prototype,
    ScreenKind,
    SiteFile,
    Source,
    SourceStatus,
)
from portal.scope import baseline
from portal.signoff.models import (
    Authority,
    Decision,
    How,
    LineQuestion,
    Objection,
    SignOff,
    SignOffStatus,
)
from portal.storage.models import Blob
from portal.studio.costs import CostRate
from portal.studio.models import Studio
from portal.studio.rates import Rate
from portal.studio.terms import Terms
from portal.threads.models import Message, Note
from tests.conftest import Browser, cookie_of


def project(slug):
    return Project.get(slug=slug)


def waiting(slug):
    """What is open on a project: (kind, number, version), the oldest first."""
    found = SignOff.select().where(SignOff.project == project(slug), SignOff.status == "open")
    return [(s.kind, s.subject_number, s.version) for s in found.order_by(SignOff.id)]


def test_every_account_signs_in_with_the_printed_password(told):
    for email in people.ACCOUNTS:
        person = sign_in(email, people.PASSWORD, address="127.0.0.1")
        assert f"{person.name}, " in f"{people.ACCOUNTS[email]}, "


def test_nobody_else_of_the_story_has_a_password(told):
    others = User.select().where(User.email.not_in(list(people.ACCOUNTS)))
    assert others.count() > 3
    assert not [person for person in others if person.password_hash]


def test_the_sums_hold(told):
    tidelines = baseline.of(project("tidelines"))
    assert [a.amount_minor for a in tidelines.amendments] == [48_600_00, 3_850_00, -1_200_00]
    assert tidelines.total_minor == sum(item.price_minor for item in tidelines.items) == 51_250_00
    lights = baseline.of(project("winter-lights"))
    signed = [a.amount_minor for a in lights.amendments]
    assert signed == [18_200_00, 1_900_00, -1_900_00, 850_00]
    assert lights.total_minor == sum(item.price_minor for item in lights.items) == 19_050_00


def test_an_estimate_and_a_change_wait_for_anneke(told):
    assert ("estimate", 3, 2) in waiting("tidelines")
    assert ("change", 3, 1) in waiting("tidelines")
    assert not waiting("annual-report-2025")
    walk = SignOff.get(kind="estimate", subject_number=3, version=2)
    assert walk.offer().total_minor == 12_400_00
    assert walk.offer(()).total_minor == 10_800_00


def asked(slug, kind, number):
    return SignOff.get(project=project(slug), kind=kind, subject_number=number, status="open")


def test_packages_a_quantity_a_discount_and_payments_wait_for_anneke(told):
    opening = asked("tidelines", "estimate", 4)
    assert [len(one.sections) for one in opening.offer().sheet.groups if one.choice] == [3]
    assert opening.offer().total_minor == 4_284_50
    assert opening.offer(("s2", "1=4000")).total_minor == 2_736_00
    assert [one["bp"] for one in opening.shown["payments"]] == [40_00, 60_00]
    assert not LineQuestion.get(sign_off=asked("tidelines", "estimate", 3)).is_open


def test_one_sign_off_is_over_annekes_mandate_and_joris_is_not_asked_yet(told):
    trams, anneke = asked("winter-lights", "estimate", 3), User.by_email("approver@demo.test")
    authority = Authority.on(trams.project)[anneke.id]
    assert authority.limit_minor == 5_000_00 < trams.offer().commits_minor
    assert [seat.user for seat in trams.seats] == [anneke]
    assert Authority.on(project("tidelines"))[anneke.id].limit_minor is None


def test_a_ballpark_commits_to_nothing(told):
    ballpark = asked("winter-lights", "estimate", 4)
    assert ballpark.noun == "ballpark estimate"
    assert ballpark.offer().commits_minor == 0


def test_what_came_by_letter_was_undone_by_both_sides_and_a_yes_is_disputed(told):
    letter = Decision.get(Decision.recorded_how == How.LETTER)
    assert letter.sign_off.status == SignOffStatus.CANCELLED
    assert letter.files.count() == 1
    objection = Objection.get()
    assert objection.stands
    assert objection.made_at < Objection.until(objection.decision)


def test_the_studio_has_rates_costs_terms_and_a_template_that_names_no_client(told):
    assert set(CostRate.roles()) == set(Rate.roles()) >= {"Design", "Programming"}
    assert [terms.label for terms in Terms.every()] == ["General terms, version 1"]
    (template,) = EstimateTemplate.offered()
    assert template.lines > 10
    assert "museum" not in str(template.outline).casefold()


def test_a_draft_knows_its_effort_and_a_prototype_its_scope(told):
    care = EstimateVersion.draft(project("tidelines"), 5)
    assert outlook.of(care.parts(), care.sheet()).covered > 0
    shown = {part.title for part in titled("Plan your visit").parts()}
    assert shown == {"Plan your visit", "Getting here", "The look, in two directions"}


def test_the_third_version_waits_with_pins_of_three_people(told):
    assert ("prototype", 2, 3) in waiting("tidelines")
    version = Prototype.find(project("tidelines"), 2).history[0]
    pins = [pin for batch in version.batches.order_by(PinBatch.id) for pin in batch.in_order()]
    assert [pin.author.first_name for pin in pins] == ["Salma", "Joris", "Anneke"]
    assert Pin.select().where(Pin.batch.is_null()).count() == 0


def titled(title):
    """The Tidelines prototype whose newest version has this title."""
    found = [Prototype.find(one.project, one.number) for one in project("tidelines").prototypes]
    return next(one for one in found if one.history[0].title == title)


def kinds(version):
    return [screen.kind for screen in version.screens]


def test_the_brand_pages_wait_in_a_second_version_with_a_page_more(told):
    second, first = titled("The look, page by page").history
    assert (kinds(first), kinds(second)) == ([ScreenKind.PAGE] * 8, [ScreenKind.PAGE] * 9)
    assert ("prototype", second.number, 2) in waiting("tidelines")
    answered = {PinStatus.ADDRESSED, PinStatus.WONT_CHANGE, PinStatus.VERIFIED}
    assert {pin.status for pin in first.pins} == answered


def test_the_film_has_pins_at_moments_and_over_a_range(told):
    (version,) = titled("How the page opens").history
    assert kinds(version) == [ScreenKind.CLIP]
    lasts = [pin.until_ms and pin.until_ms - pin.at_ms for pin in version.pins]
    assert lasts.count(None) == 2
    assert max(filter(None, lasts)) == 1_000


def test_the_soundwalk_runs_and_its_pins_are_on_its_own_pages(told):
    (version,) = titled("The harbour soundwalk, to try on the quay").history
    assert kinds(version) == [ScreenKind.SITE]
    (source,) = version.sources
    pages = {file.path for file in SiteFile.select().where(SiteFile.source == source)}
    assert {"index.html", "stops.html", "before.html", "fonts/OFL.txt"} <= pages
    assert {pin.route for pin in version.pins} <= pages
    assert all(pin.element for pin in version.pins)


def test_no_file_is_left_to_be_prepared(told):
    assert {source.status for source in Source.select()} == {SourceStatus.READY}


def test_feedback_stands_in_every_state_and_one_verdict_is_contested(told):
    said = list(project("tidelines").feedback)
    assert {item.status for item in said} == set(FeedbackStatus)
    assert {item.turn for item in said} == set(Turn)
    assert [item.title for item in said if item.is_contested] == [
        "Newsletter sign-up was in the contract"
    ]
    assert Note.select().exists()


def test_people_talk_about_what_is_sent_and_signed_too(told):
    said = {(one.subject_kind, one.author.is_studio) for one in Message.select()}
    kinds = ("estimate", "change_request", "scope_item")
    assert said >= {(kind, True) for kind in ("estimate", "scope_item")}
    assert said >= {(kind, False) for kind in kinds}
    assert Note.select().where(Note.subject_kind == "change_request").exists()


def test_half_a_year_of_care_stands_and_one_complaint_has_gone_further(told):
    yejin = User.by_email("admin@demo.test")
    board = Board(yejin, sees_all=True)
    assert sum(1 for _, each in board.over_time if each.filed) >= 4
    assert 0 < board.total.response.kept < board.total.response.promised
    assert (board.total.answered, board.total.good) == (11, 9)

    [open_] = care.complaints(User.by_email("producer@demo.test"))
    assert (open_.told, open_.cause) == ("Łukasz Wiśniewski", "unanswered")


def test_every_line_of_the_story_reads_as_a_sentence(installed):
    mara = User.by_email("producer@demo.test")
    with installed.test_request_context():
        told = [one for each in Project.select() for one in feed.latest(each, mara, 500)]
    said = {" ".join(filter(None, (one.says.does, one.says.what, one.says.more))) for one in told}

    assert len(said) > 100
    odd = r"None|[_{}<>]|\b[0-9a-f]{16}|  |\.$|^[A-Z]"
    assert [words for words in said if re.search(odd, words)] == []


def test_a_client_of_the_story_knows_no_draft_of_a_prototype(told):
    lights = Prototype.find(project("winter-lights"), 1)
    assert lights.seen_by(Role.PRODUCER)
    assert not lights.seen_by(Role.APPROVER)


def test_a_rival_is_on_his_own_project_alone(told):
    rival = User.by_email("rival@demo.test")
    assert [member.project.slug for member in rival.memberships] == ["ferry-timetable"]


def test_time_goes_forward_in_each_chain_and_ends_before_now(told):
    chains = {event.chain for event in Event.select(Event.chain)}
    for chain in chains:
        events = list(Event.select().where(Event.chain == chain).order_by(Event.seq))
        assert all(one.at <= two.at for one, two in pairwise(events)), chain
        assert all(one.hash == two.prev for one, two in pairwise(events)), chain
        assert events[-1].at < clock.now()


def test_each_letter_left_when_it_was_written(told):
    written = list(Letter.select())
    letters = [letter for letter in written if letter.status == LetterStatus.SENT]
    assert letters
    assert {letter.status for letter in written} <= {LetterStatus.SENT, LetterStatus.GATHERED}
    waits = [letter.sent_at - max(letter.created_at, letter.next_try_at) for letter in letters]
    assert max(waits) < dt.timedelta(minutes=1)
    assert len(list((told.data / "mail").glob("*.eml"))) == len(letters)


def test_the_studio_has_a_name_on_paper_and_a_light_logo(told):
    studio = Studio.here()
    assert (studio.name, studio.city) == ("Fathom & Field", "Rotterdam")
    assert studio.legal_name
    assert studio.tax_number
    assert Blob.get_by_id(studio.logo_id).size_bytes < 20_000


# What can be read -------------------------------------------------------------------------------

LINK = re.compile(r'href="(/[^"#]*)')
SIGNED_MOST = 40  # All of them: these are what a client reads.
ALIKE_MOST = 3  # Pages of one kind: as the story has them in that many states.


@pytest.mark.parametrize("email", ["producer@demo.test", "approver@demo.test"])
def test_no_link_leads_to_an_error(installed, email):
    client, seen, ahead = client_of(installed, email), Counter(), ["/"]
    paths = set(ahead)
    while ahead:
        path = ahead.pop()
        page = client.get(path, follow_redirects=True)
        assert page.status_code in (200, 403, 409), path
        found = LINK.findall(page.text) if page.mimetype == "text/html" else []
        for link in sorted(set(map(html.unescape, found)) - paths):
            paths.add(link)
            kind = re.sub(r"[0-9a-f-]*\d[0-9a-f-]*", "#", link.split("?")[0])
            seen[kind] += 1
            most = SIGNED_MOST if kind.endswith("/sign-offs/#") else ALIKE_MOST
            if seen[kind] <= most and not link.startswith(("/static/", "//")):
                ahead.append(link)
    assert len(seen) > 40


def client_of(app, email):
    client = Browser(app, app.extensions["settings"].base_url)
    client.sign_in(cookie_of(app, User.by_email(email)))
    return client


# How it is told ----------------------------------------------------------------------------------


@pytest.mark.parametrize("now", ["2026-11-22 23:30", "2026-12-25 00:20", "2027-03-29 06:00"])
def test_at_any_hour_the_scenes_come_in_one_order_and_before_now(now):
    now = dt.datetime.fromisoformat(now).replace(tzinfo=dt.UTC)
    calendar = Calendar(now, "Europe/Amsterdam")
    orders = [
        [scene.act.__name__ for scene in sorted(scenes(), key=lambda scene: scene.at(one))]
        for one in (calendar, Calendar(dt.datetime(2026, 3, 12, 9, 45, tzinfo=dt.UTC), "UTC"))
    ]
    assert orders[0] == orders[1]
    assert max(scene.at(calendar) for scene in scenes()) < now


def scenes():
    return [scene for chapter in CHAPTERS for scene in chapter.scenes]


LARGEST = {".zip": 700_000, ".pdf": 250_000, ".mp4": 400_000, ".webp": 100_000, ".png": 100_000}


@pytest.mark.parametrize(
    "path", sorted(people.pictures.FILES.iterdir()), ids=lambda path: path.name
)
def test_each_file_of_the_story_is_light(path):
    assert path.stat().st_size < LARGEST[path.suffix]


def test_the_soundwalk_is_a_website_that_the_workshop_takes(tmp_path):
    made = workshop.run("site", people.pictures.FILES / "soundwalk-site.zip", tmp_path)
    assert made["start"] == "index.html"
    assert "1 font" in made["found"]


def test_the_soundwalk_asks_nobody_else_for_anything():
    with zipfile.ZipFile(people.pictures.opened("soundwalk-site.zip")) as archive:
        own = [
            name for name in archive.namelist() if name.endswith((".html", ".css", ".js", ".svg"))
        ]
        texts = [archive.read(name).decode().replace("http://www.w3.org/", "") for name in own]
    assert own
    assert not [text for text in texts if "://" in text or 'src="/' in text or 'href="/' in text]
