"""A designer uploads: over a line that breaks, after a reload, by drop, by paste, and plainly."""

import hashlib
import os
import random
import re

import pytest
from playwright.sync_api import expect

from portal.prototypes import jobs
from portal.prototypes.models import Source, SourceStatus
from portal.storage.base import PART_BYTES
from tests import make, make_files

pytestmark = pytest.mark.browser

DRAFT = "/projects/harbour/prototypes/1/versions/1"
UPLOADS = f"**{DRAFT}/uploads/*"
DROPPED = """([bytes, name, type]) => {
  const given = new DataTransfer()
  given.items.add(new File([new Uint8Array(bytes)], name, { type }))
  return given
}"""


@pytest.fixture
def draft(cast):
    return make.prototype(cast.project, by=cast.dora, pictures=0)


@pytest.fixture
def page(cast, draft, signed_in):
    page = signed_in(cast.dora)
    page.goto(DRAFT)
    return page


@pytest.fixture
def film(tmp_path):
    """A file of two parts and a bit: random, so that each part is another."""
    return made(tmp_path, 2)


def made(folder, parts):
    path = folder / "Film.bin"
    path.write_bytes(random.Random(7).randbytes(parts * PART_BYTES + 1_000))
    return path


def choose(page, *files):
    page.get_by_label("Choose files").set_input_files(files)


def arrived(page, path):
    """The file came whole: the worker keeps exactly its bytes."""
    expect(page.locator("upload-row")).to_have_count(0, timeout=30_000)
    jobs.prepare()
    assert Source.get().blob.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def refuse(complaints):
    """The browser complains about the lines that we cut; that is what was asked of it."""
    assert all("net::ERR_" in one for one in complaints), complaints
    complaints.clear()


class Line:
    """The line to the portal, for parts of a file: `cut` says which of them do not get through."""

    def __init__(self, page, *cut, flip=()):
        self.seen, self.cut, self.flip = 0, set(cut), set(flip)
        page.route(UPLOADS, self.pass_on)

    def pass_on(self, route):
        if route.request.method != "PATCH":
            return route.continue_()
        self.seen += 1
        if self.seen in self.cut:
            return route.abort("connectionreset")
        body = route.request.post_data_buffer
        flipped = bytes([body[0] ^ 1]) + body[1:]
        return route.continue_(post_data=flipped if self.seen in self.flip else body)


def test_an_upload_goes_on_after_the_line_was_cut(page, tmp_path, complaints, axe):
    film, line = made(tmp_path, 4), Line(page, 3, 4)
    choose(page, film)
    expect(page.locator("upload-row")).to_contain_text("It goes on by itself")
    axe(page)

    arrived(page, film)

    assert line.seen > 6  # Smaller parts after two failures, until one gets through.
    refuse(complaints)
    expect(page.locator(".source")).to_contain_text("nothing to show of it")


def test_a_part_that_was_damaged_on_the_way_is_sent_again(page, film, complaints):
    Line(page, flip=[2])
    choose(page, film)
    arrived(page, film)


def test_after_a_reload_the_same_file_goes_on_where_it_stopped(page, film, complaints):
    line = Line(page, *range(2, 100))
    choose(page, film)
    expect(page.locator("upload-row")).to_contain_text("It goes on by itself")
    page.reload()
    refuse(complaints)
    assert Source.get().received_bytes == PART_BYTES
    expect(page.locator(".source")).to_contain_text("choose or drop the same file once more")

    line.cut, line.seen = set(), 0
    choose(page, film)
    arrived(page, film)

    assert line.seen == 2
    assert Source.select().count() == 1


def test_a_file_that_changed_meanwhile_begins_anew(page, film, complaints):
    line = Line(page, *range(2, 100))
    choose(page, film)
    expect(page.locator("upload-row")).to_contain_text("It goes on by itself")
    page.reload()
    refuse(complaints)

    line.cut = set()
    film.write_bytes(b"!" + film.read_bytes()[1:])
    os.utime(film, (1, 1))
    choose(page, film)

    expect(page.locator("upload-row")).to_have_count(0, timeout=30_000)
    assert [one.status for one in Source.select().order_by(Source.id)] == [
        SourceStatus.RECEIVING,
        SourceStatus.WAITING,
    ]


def test_what_is_dropped_on_the_page_is_uploaded_and_shown(page, draft):
    given = page.evaluate_handle(
        DROPPED, [list(make_files.image(800, 600)), "Home.png", "image/png"]
    )
    page.dispatch_event("h1", "dragover", {"dataTransfer": given})
    expect(page.get_by_text("Drop to add")).to_be_visible()
    page.dispatch_event("h1", "drop", {"dataTransfer": given})

    expect(page.locator(".source:visible")).to_contain_text("Waits to be checked")
    expect(page.get_by_text("Drop to add")).to_be_hidden()
    jobs.prepare()

    expect(page.get_by_label("Name of screen 1")).to_have_value("Home")  # Nobody reloaded.
    expect(page.locator("[hx-trigger]:not(#talk-panel)")).to_have_count(0)


def test_two_pasted_pictures_have_names_of_their_own(page, draft):
    for n in (7, 8):
        page.clock.set_fixed_time(f"2026-03-12T09:45:0{n}Z")
        picture = [list(make_files.image(80, 60)), "image.png", "image/png"]
        given = page.evaluate_handle(DROPPED, picture)
        page.evaluate(
            "(clipboardData) => document.body.dispatchEvent("
            "new ClipboardEvent('paste', { clipboardData, bubbles: true }))",
            given,
        )
    expect(page.locator(".source:visible")).to_have_count(2)
    expect(page.locator("upload-row")).to_have_count(0)

    names = [one.name for one in Source.select().order_by(Source.id)]
    assert names == ["Pasted 2026-03-12 10.45.07.png", "Pasted 2026-03-12 10.45.08.png"]


def test_an_upload_is_paused_gone_on_with_and_removed(page, film, complaints):
    page.route(UPLOADS, lambda route: None)  # Nothing comes back.
    choose(page, film)
    page.get_by_role("button", name="Pause Film.bin").click()
    expect(page.locator("upload-row")).to_contain_text("Paused.")
    page.get_by_role("button", name="Go on Film.bin").click()
    expect(page.locator("upload-row")).to_contain_text("Being uploaded.")

    page.get_by_role("button", name="Remove Film.bin").click()

    expect(page.get_by_role("status").last).to_have_text("Film.bin is removed.")
    assert not Source.select().exists()
    refuse(complaints)


def test_screens_are_arranged_while_a_file_goes_up(page, draft, film, complaints):
    draft.add_screens([make.picture("One", 1), make.picture("Two", 2)])
    page.reload()
    page.route(UPLOADS, lambda route: None)
    choose(page, film)
    expect(page.locator("upload-row")).to_contain_text("Being uploaded.")

    page.get_by_label("Name of screen 2").fill("Second")
    page.get_by_role("button", name="Rename Two").click()
    expect(page.get_by_role("button", name="Rename Second")).to_be_visible()
    page.get_by_role("button", name=re.compile("Up.*Second")).click()

    expect(page.get_by_label("Name of screen 1")).to_have_value("Second")
    expect(page.locator("upload-row")).to_contain_text("Being uploaded.")


def test_a_phone_takes_a_picture(cast, draft, signed_in, axe):
    page = signed_in(cast.dora, phone=True, dark=True)
    page.goto(DRAFT)
    axe(page)
    picture = {
        "name": "image.jpg",
        "mimeType": "image/jpeg",
        "buffer": make_files.image(80, 60, suffix=".jpg"),
    }
    page.get_by_label("Take a picture").set_input_files(picture)

    expect(page.locator("li.source")).to_contain_text("Picture 20")
    expect(page.locator("li.source")).to_contain_text("Waits to be checked")
    jobs.prepare()
    expect(page.get_by_label("Name of screen 1")).to_be_visible()


def test_a_plain_form_uploads_without_javascript(cast, draft, signed_in):
    page = signed_in(cast.dora, javascript=False)
    page.goto(DRAFT)
    expect(page.get_by_text("Choose files")).to_be_hidden()
    picture = {"name": "Home.png", "mimeType": "image/png", "buffer": make_files.image(80, 60)}
    page.get_by_label("Files").set_input_files(picture)
    page.get_by_role("button", name="Add files").click()

    expect(page.locator(".source")).to_contain_text("Waits to be prepared")
