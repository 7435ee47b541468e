"""A PDF becomes a picture of each page."""

import pytest
import pyvips

from tests import make_files

LOCKED = make_files.pdf().replace(
    b"/Root 1 0 R>>",
    b"/Root 1 0 R/ID[(0123456789abcdef)(0123456789abcdef)]/Encrypt<</Filter/Standard/V 1/R 2/P -1"
    b"/O<" + b"a1" * 32 + b">/U<" + b"b2" * 32 + b">>>>>",
)


def test_each_page_has_its_copies_its_size_and_its_words(work, into):
    told = []
    texts = ["Tide (tables)\nfor March", "Second", ""]
    made = work(
        "pages", make_files.pdf(texts=texts), lambda done, total: told.append((done, total))
    )
    pages = made["pages"]
    assert [page["text"] for page in pages] == ["Tide (tables) for March", "Second", ""]
    assert {(page["width"], page["height"]) for page in pages} == {(595, 842)}
    assert [pages[0][one]["width"] for one in ("thumb", "shown", "fine")] == [480, 1_600, 2_400]
    assert told == [(0, 3), (1, 3), (2, 3)]
    shown = pyvips.Image.new_from_file(str(into / pages[0]["shown"]["file"]))
    assert shown.min() < 60
    assert shown.avg() > 250


def test_a_drawn_page_has_its_colours(work, into):
    content = make_files.pdf(1, drawings={0: "1 0 0 rg 0 0 595 842 re f"})
    thumb = work("pages", content)["pages"][0]["thumb"]
    image = pyvips.Image.new_from_file(str(into / thumb["file"]))
    assert image.getpoint(160, 200) == pytest.approx([255, 0, 0], abs=4)


def test_no_more_than_the_beginning_of_a_page_is_told(work):
    content = make_files.pdf(texts=["\n".join(["many words here"] * 40)])
    assert len(work("pages", content)["pages"][0]["text"]) <= 200


@pytest.mark.parametrize("size", [(14_400, 100), (100, 14_400), (14_400, 14_400), (1, 1)])
def test_a_page_of_an_odd_size_is_shown(work, size):
    page = work("pages", make_files.pdf(1, size=size))["pages"][0]
    assert (page["width"], page["height"]) == size
    assert page["fine"] is None or page["fine"]["height"] <= 16_383


def test_a_page_larger_than_pdf_allows_is_refused(refused):
    assert "Page 1" in refused("pages", make_files.pdf(1, size=(90_000, 90_000)))


def test_a_locked_pdf_is_refused(refused):
    assert "locked with a password" in refused("pages", LOCKED)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"%PDF-1.7\n" + bytes(900), make_files.pdf(0)],
    ids=["a signature", "nothing", "no page"],
)
def test_a_damaged_or_empty_pdf_is_refused(refused, content):
    assert "damaged or empty" in refused("pages", content)


def test_more_pages_than_we_show_are_refused(refused):
    assert "more than 200 pages" in refused("pages", make_files.pdf(201))


def test_a_page_that_is_none_is_named(refused):
    content = make_files.pdf(3).replace(b"/Kids[4 0 R 6 0 R", b"/Kids[4 0 R 99 0 R")
    assert refused("pages", content).startswith("Page 2")
