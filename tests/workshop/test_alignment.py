"""Pages of two versions are matched by what they look like."""

import random

import pytest

from portal import workshop
from tests import make_files

WORDS = ("the", "tide", "comes", "over", "sand", "while", "studios", "wait", "for", "maps", "of")


def text(seed):
    """Return a page of words of its own, of twenty to forty lines."""
    chance = random.Random(seed)
    lines = (" ".join(chance.choices(WORDS, k=11)) for _ in range(chance.randint(20, 38)))
    return f"Chapter {seed}\n" + "\n".join(lines)


@pytest.fixture
def marks(work, into):
    """`marks([3, 4])` are the marks of a PDF of these pages."""

    def of(seeds, **facts):
        pages = work("pages", make_files.pdf(texts=[text(seed) for seed in seeds], **facts))[
            "pages"
        ]
        for path in into.iterdir():
            path.unlink()
        return [page["mark"] for page in pages]

    return of


def test_the_same_pages_are_matched_one_to_one(marks):
    pages = marks([1, 2, 3])
    assert workshop.align(pages, pages) == [(0, 0), (1, 1), (2, 2)]


def test_inserted_and_removed_pages_are_told(marks):
    pairs = workshop.align(marks([1, 2, 3, 4, 5]), marks([1, 9, 2, 3, 5]))
    assert pairs == [(0, 0), (None, 1), (1, 2), (2, 3), (3, None), (4, 4)]


def test_a_page_that_was_worked_on_is_the_same_page(marks):
    pairs = workshop.align(marks([1, 2, 3]), marks([1, 2, 3], size=(595, 836)))
    assert pairs == [(0, 0), (1, 1), (2, 2)]


def test_a_page_that_moved_elsewhere_is_found(marks):
    assert workshop.align(marks([1, 2, 3, 4]), marks([4, 1, 2, 3])) == [
        *((3, 0), (0, 1), (1, 2), (2, 3)),
    ]


def test_nothing_is_matched_with_nothing():
    assert workshop.align([], []) == []
    assert workshop.align(["ff"], []) == [(0, None)]
    assert workshop.align([], ["ff"]) == [(None, 0)]


def test_blank_pages_are_alike():
    assert workshop.align(["00", "ff"], ["00"]) == [(0, 0), (1, None)]


def test_each_page_is_told_once():
    chance = random.Random(5)
    for _ in range(50):
        before, after = (
            [f"{chance.getrandbits(32):08x}" for _ in range(chance.randint(0, 8))] for _ in "12"
        )
        after += chance.sample(before, len(before) // 2)
        pairs = workshop.align(before, after)
        assert sorted(a for a, _ in pairs if a is not None) == list(range(len(before)))
        assert [b for _, b in pairs if b is not None] == list(range(len(after)))
