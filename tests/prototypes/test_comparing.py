"""Which screen of one version is which of the next, and what is found to differ, and when."""

import datetime as dt
import io
from types import SimpleNamespace

import pytest
import time_machine

from portal.core import clock
from portal.ledger.models import Event
from portal.prototypes import jobs, queries
from portal.prototypes.comparing import differences, matching
from portal.prototypes.comparing.page import Compared, share
from portal.prototypes.models import Comparison, ComparisonStatus, Prototype
from portal.prototypes.models import comparisons as rules
from portal.storage.models import Blob
from tests import make, make_files

SKETCHES = [f"{100 + n} {60 * n + 40} 300 60 re f {40 * n + 30} 500 60 200 re f" for n in range(6)]


def image(name, shown=None):
    return SimpleNamespace(
        kind="image", name=name, shown_id=shown or name, mark="", source_name=None
    )


def pages(file, marks, first=1):
    return [
        SimpleNamespace(kind="page", name=f"{file} {n}", shown_id=mark, mark=mark, source_name=file)
        for n, mark in enumerate(marks, first)
    ]


def paired(before, after):
    """Return the pairs by the pictures they show."""
    found = matching.pairs(before, after)
    return [tuple(one and one.shown_id for one in (pair.before, pair.after)) for pair in found]


# Which is which ----------------------------------------------------------------------------------


def test_images_are_the_same_by_their_names_wherever_they_stand():
    before = [image("Home", "h1"), image("About", "a1")]
    after = [image("about", "a2"), image("HOME", "h2")]

    assert paired(before, after) == [("a1", "a2"), ("h1", "h2")]


def test_a_renamed_image_is_known_by_its_bytes():
    before = [image("Home", "h1"), image("About", "a1")]
    after = [image("Start", "h1"), image("About", "a2")]

    assert paired(before, after) == [("h1", "h1"), ("a1", "a2")]


def test_a_version_in_the_name_does_not_part_two_images():
    before = [image("Home v1", "h1"), image("Phone_v1", "p1")]
    after = [image("Phone_v2", "p2"), image("Home v2", "h2")]

    assert paired(before, after) == [("p1", "p2"), ("h1", "h2")]


def test_numbered_screens_are_not_taken_for_versions_of_each_other():
    found = paired([image("Screen 1"), image("Map")], [image("Screen 2"), image("Map")])

    assert set(found) == {("Screen 1", None), (None, "Screen 2"), ("Map", "Map")}


def test_one_image_alone_in_each_version_is_the_same_whatever_it_is_called():
    assert paired([image("sketch")], [image("Final")]) == [("sketch", "Final")]


def test_what_was_removed_stands_behind_what_it_followed():
    before = [image("One"), image("Gone"), image("Two")]

    assert paired(before, [image("One"), image("Two"), image("New")]) == [
        ("One", "One"),
        ("Gone", None),
        ("Two", "Two"),
        (None, "New"),
    ]


def test_pages_keep_their_pairs_when_one_is_inserted_and_one_removed():
    a, b, c, d, new = ("f" * n + "0" * (40 - n) for n in (4, 12, 20, 30, 40))
    b, c, d = b[::-1], c[10:] + c[:10], "0f" * 20
    before, after = pages("Book v1.pdf", [a, b, c, d]), pages("Book v2.pdf", [a, new, b, d])

    found = paired(before, after)

    assert {(a, a), (b, b), (d, d), (None, new), (c, None)} == set(found)


def test_pages_of_two_files_never_mix():
    before = pages("Menu.pdf", ["fff0"]) + pages("Map.pdf", ["0fff"])
    after = pages("Map.pdf", ["fff0"]) + pages("Menu.pdf", ["0fff"])

    assert paired(before, after) == [("0fff", "fff0"), ("fff0", "0fff")]


def test_a_page_that_was_drawn_anew_is_the_page_that_stood_there():
    before = pages("Map.pdf", ["ff00", "f000", "00ff"])

    assert paired(before, pages("Map.pdf", ["ff00", "000f", "00ff"]))[1] == ("f000", "000f")


def test_what_is_no_picture_is_left_out():
    link = SimpleNamespace(kind="link", name="Staging", shown_id=None, mark="", source_name=None)

    assert paired([link], [link, image("Home")]) == [(None, "Home")]


# A PDF, from upload to pairs ---------------------------------------------------------------------


@pytest.fixture
def booklets(cast, store):
    """Two versions of a PDF: the second has a page more in front, and its last two changed places."""
    first = Prototype.add(cast.project, by=cast.sam, title="Booklet")
    sent(cast, first, [SKETCHES[n] for n in (0, 1, 2, 3)])
    second = first.prototype.add_version(by=cast.sam, keeps_screens=False)
    sent(cast, second, [SKETCHES[n] for n in (5, 0, 1, 3, 2)])
    return first, second


def sent(cast, version, drawings):
    file = make_files.pdf(texts=[""] * len(drawings), drawings=dict(enumerate(drawings)))
    kept = Blob.keep(io.BytesIO(file), limit="prototype")
    version.add_sources([("Booklet.pdf", kept)], by=cast.sam)
    jobs.prepare()
    version.send(by=cast.sam, deciders=[cast.cleo])


def test_inserted_and_reordered_pages_find_their_older_selves(cast, booklets):
    pairs = matching.pairs(*(queries.screens(one) for one in booklets))

    found = {pair.after.page: pair.before and pair.before.page for pair in pairs if pair.after}
    assert found == {1: None, 2: 1, 3: 2, 4: 4, 5: 3}
    assert all(pair.is_same for pair in pairs if pair.before)
    assert not Comparison.select().exists()


# Sent, asked for, found --------------------------------------------------------------------------


@pytest.fixture
def two(cast, store):
    """Two versions of three images: one changed, one stayed, one is another."""
    return versions(
        cast, [("Home", 1), ("About", 2), ("Old", 3)], [("Home", 4), ("About", 2), ("New", 5)]
    )


def versions(cast, *shown, **size):
    """Send versions of one prototype that show these images: (name, seed) of each."""
    version, found = None, []
    for looks in shown:
        made = [make.picture(name, seed, **size) for name, seed in looks]
        if version is None:
            version = Prototype.add(cast.project, by=cast.sam, title="Visit", looks=made)
        else:
            version = version.prototype.add_version(by=cast.sam, keeps_screens=False)
            version.add_screens(made)
        version.send(by=cast.sam, deciders=[cast.cleo])
        found.append(version)
    return found


def test_sending_a_version_asks_what_changed_since_the_one_it_follows(cast, two):
    waiting = Comparison.get()
    assert (waiting.status, waiting.project) == (ComparisonStatus.WAITING, cast.project)

    jobs.compare()

    found = Comparison.get()
    assert (found.status, found.changed_bp) == (ComparisonStatus.READY, 10_000)
    assert found.regions == [{"x_bp": 0, "y_bp": 0, "w_bp": 10_000, "h_bp": 10_000}]
    assert found.picture.media_type == "image/webp"


def test_the_page_counts_what_changed_in_words(cast, two):
    waiting = Compared(*two, choices=two[::-1]).summary
    assert waiting.startswith("One is not compared yet, one was added, one was rem")

    jobs.compare()

    compared = Compared(*two, choices=two[::-1])
    assert compared.summary == "One of two screens changed, one was added, one was removed."
    assert [one.words for one in compared.changes] == [
        "100 % changed, 1 place",
        "the same",
        "removed",
        "new",
    ]
    assert share(3) == "less than 0.1 %"


def test_what_does_not_differ_needs_no_work(cast, store):
    versions(cast, [("Home", 1)], [("Start", 1)])

    assert not Comparison.select().exists()


def test_any_other_two_versions_are_compared_when_somebody_asks(cast, store):
    first, _, third = versions(cast, [("Home", 1)], [("Home", 2)], [("Home", 3)])
    assert Comparison.select().count() == 2

    Comparison.ask(first, third)
    Comparison.ask(first, third)

    assert Comparison.select().count() == 3


def test_a_comparison_is_no_fact_for_the_ledger(cast, two):
    before = Event.select().count()

    Comparison.ask(*two)
    jobs.compare()

    assert Event.select().count() == before


def test_who_costs_its_worker_its_life_too_often_is_given_up_and_tried_again_on_demand(cast, two):
    for n in range(rules.ATTEMPTS_MOST + 1):
        later = clock.now() + dt.timedelta(seconds=n * (rules.LEASE_SECONDS + 1))
        with time_machine.travel(later, tick=False):
            Comparison.claim()
    failed = Comparison.get()
    assert (failed.status, failed.problem) == (ComparisonStatus.FAILED, rules.TOO_MUCH)

    Comparison.ask(*two)

    again = Comparison.get()
    assert (again.status, again.attempts, again.problem) == (ComparisonStatus.WAITING, 0, "")


def test_what_cannot_be_compared_says_why(cast, two, store):
    claimed = Comparison.claim()
    store.path(claimed.after.sha256).write_bytes(b"no picture")

    differences.find(claimed)

    failed = Comparison.get()
    assert failed.status == ComparisonStatus.FAILED
    assert failed.problem.endswith(".")
    assert Compared(*two, choices=two).has_failed


def test_a_comparison_is_claimed_once_and_again_when_its_worker_died(cast, two):
    assert Comparison.claim() == Comparison.get()
    assert Comparison.claim() is None

    with time_machine.travel(clock.now() + dt.timedelta(seconds=rules.LEASE_SECONDS + 1)):
        assert Comparison.claim().attempts == 2


def test_a_child_that_was_taken_over_places_nothing_outside_the_picture():
    assert differences.region({"x_bp": -4, "y_bp": 3, "w_bp": 99_999, "h_bp": "7"}) == {
        "x_bp": 0,
        "y_bp": 3,
        "w_bp": 10_000,
        "h_bp": 7,
    }


def test_what_the_studio_compares_in_a_draft_changes_nothing_for_a_client(cast, two):
    jobs.compare()
    draft = two[1].prototype.add_version(by=cast.sam, keeps_screens=False)
    draft.add_screens([make.picture("Home", 9)])
    before = revisions(cast)

    Comparison.ask(two[1], draft)
    jobs.compare()

    after = revisions(cast)
    assert after[0] == before[0]
    assert after[1] > before[1]


def test_both_sides_learn_what_differs_between_sent_versions(cast, two):
    before = revisions(cast)

    jobs.compare()

    assert all(new > old for old, new in zip(before, revisions(cast), strict=True))


def revisions(cast):
    now = type(cast.project).get_by_id(cast.project.id)
    return now.client_revision, now.internal_revision
