"""From an uploaded file to screens: each kind, what goes wrong, and a worker that dies."""

import datetime as dt
import io
import threading

import pytest

from portal.core import clock, queue
from portal.core.errors import Conflict
from portal.prototypes import jobs
from portal.prototypes.models import Screen, ScreenKind, SiteFile, Source, SourceStatus
from portal.prototypes.models.sources import ATTEMPTS_MOST, LEASE_SECONDS, TOO_MUCH
from portal.storage.models import Blob
from tests import make, make_files


@pytest.fixture
def draft(cast, store):
    return make.prototype(cast.project, by=cast.dora, pictures=0)


def give(draft, by, **files):
    """Upload files; the names have their dots written as underscores."""
    kept = [
        (".".join(name.rsplit("_", 1)), Blob.keep(io.BytesIO(content), limit="prototype"))
        for name, content in files.items()
    ]
    draft.add_sources(kept, by=by)


def prepared(draft, by, **files):
    give(draft, by, **files)
    jobs.prepare()
    return Screen.of(draft)


def test_an_image_becomes_a_screen_in_three_sizes(cast, draft):
    (screen,) = prepared(draft, cast.dora, plan_your_visit_png=make_files.image(2_000, 1_000))

    assert (screen.kind, screen.name) == (ScreenKind.IMAGE, "Plan your visit")
    assert (screen.width, screen.height) == (2_000, 1_000)
    assert screen.original.media_type == "image/png"
    assert screen.thumb.width < screen.shown.width == 1_600 < screen.fine.width
    assert Source.get().status == SourceStatus.READY


def test_a_worker_that_is_told_to_end_begins_no_other_file(cast, draft, monkeypatch):
    ending = threading.Event()
    monkeypatch.setattr(queue, "_ending", ending)
    ending.set()
    assert not prepared(draft, cast.dora, plan_png=make_files.image(20, 10))
    ending.clear()
    jobs.prepare()
    assert len(Screen.of(draft)) == 1


def test_a_pdf_becomes_a_screen_for_each_page(cast, draft):
    screens = prepared(draft, cast.dora, brand_book_pdf=make_files.pdf(3))

    assert [one.name for one in screens] == [f"Brand book, page {n}" for n in (1, 2, 3)]
    assert [(one.kind, one.page) for one in screens] == [(ScreenKind.PAGE, n) for n in (1, 2, 3)]
    assert all(one.mark and one.shown for one in screens)
    assert {one.original.media_type for one in screens} == {"application/pdf"}


def test_a_film_becomes_a_screen_with_its_length_and_a_poster(cast, draft):
    (screen,) = prepared(draft, cast.dora, teaser_mp4=make_files.clip(2))

    assert (screen.kind, screen.original.media_type) == (ScreenKind.CLIP, "video/mp4")
    assert 1_900 <= screen.duration_ms <= 2_100
    assert screen.shown.media_type == "image/webp"


def test_a_zipped_website_becomes_a_screen_with_its_files_at_their_paths(cast, draft):
    (screen,) = prepared(draft, cast.dora, site_zip=make_files.site())

    assert (screen.kind, screen.address) == (ScreenKind.SITE, "index.html")
    files = {file.path: file for file in SiteFile.select()}
    assert files["index.html"].media_type == "text/html"
    assert files["index.html"].title == screen.name


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"just words", "nothing to show of it"),
        (b"%PDF-1.7 and then nothing of one", "PDF"),
        (make_files.image()[:2_000], "damaged"),
    ],
)
def test_what_cannot_be_shown_says_why_and_stays_to_be_downloaded(cast, draft, content, words):
    screens = prepared(draft, cast.dora, odd_bin=content)

    source = Source.get()
    assert screens == []
    assert source.status == SourceStatus.FAILED
    assert words in source.problem
    assert source.problem.endswith(".")
    assert source.blob.path().read_bytes() == content


def test_a_file_of_the_same_name_takes_the_place_of_all_that_it_showed(cast, draft):
    before = prepared(draft, cast.dora, book_pdf=make_files.pdf(3), other_png=make_files.image())

    after = prepared(draft, cast.dora, book_pdf=make_files.pdf(2, texts=["One", "Two"]))

    assert [one.name for one in before] == ["Book, page 1", "Book, page 2", "Book, page 3", "Other"]
    assert [one.name for one in after] == ["Book, page 1", "Book, page 2", "Other"]
    assert [one.position for one in after] == [1, 2, 3]
    assert after[0].original != before[0].original


def test_nothing_is_sent_while_a_file_is_on_its_way(cast, draft):
    prepared(draft, cast.dora, one_png=make_files.image())
    give(draft, cast.dora, two_png=make_files.image(seed=2))

    with pytest.raises(Exception, match="still on its way"):
        draft.send(by=cast.sam, deciders=[cast.cleo])

    jobs.prepare()
    assert draft.send(by=cast.sam, deciders=[cast.cleo])


def test_a_file_that_failed_does_not_hold_the_version_back(cast, draft):
    prepared(draft, cast.dora, one_png=make_files.image(), odd_bin=b"words")

    assert draft.send(by=cast.sam, deciders=[cast.cleo])


def test_a_file_that_was_taken_away_meanwhile_leaves_no_screen(cast, draft):
    give(draft, cast.dora, one_png=make_files.image())
    source = Source.claim()
    draft.drop_source(source.key)

    jobs.screens.prepare(source)

    assert Screen.of(draft) == []


def test_two_workers_never_take_the_same_file(cast, draft):
    give(draft, cast.dora, one_png=make_files.image())
    first, second = Source.claim(), Source.claim()
    assert first is not None
    assert second is None


def test_a_file_whose_worker_died_is_taken_again_and_given_up_in_the_end(cast, draft, at):
    give(draft, cast.dora, one_png=make_files.image())
    start = clock.now()
    for n in range(ATTEMPTS_MOST):
        at((start + dt.timedelta(seconds=n * (LEASE_SECONDS + 1))).isoformat())
        assert Source.claim()
        assert Source.claim() is None

    at((start + dt.timedelta(seconds=ATTEMPTS_MOST * (LEASE_SECONDS + 1))).isoformat())

    assert Source.claim() is None
    assert (Source.get().status, Source.get().problem) == (SourceStatus.FAILED, TOO_MUCH)


def test_a_version_that_was_sent_takes_no_file(cast, draft):
    prepared(draft, cast.dora, one_png=make_files.image())
    draft.send(by=cast.sam, deciders=[cast.cleo])

    with pytest.raises(Conflict):
        give(draft, cast.dora, two_png=make_files.image(seed=2))
