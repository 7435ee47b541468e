"""What is new, by the thing that it is about: many pins of one prototype are one line."""

import pytest

from portal.prototypes.models import Pin, Prototype
from portal.threads import news, unread
from portal.threads.models import reply
from tests import make

HERE = "/projects/harbour"


@pytest.fixture
def version(cast):
    version = make.prototype(cast.project, by=cast.sam)
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    return version


@pytest.fixture
def pins(cast, version):
    make.pins(version, by=cast.vic, texts=("Too blue", "Too small", "Too late"))
    return [Pin.published(version, number) for number in (1, 2, 3)]


def found(cast, who):
    """What is new to somebody: (label, path, count, how many threads, of what)."""
    threads = unread.on_project(cast.project, who)
    each = news.by_thing(cast.project, threads)
    return [(one.label, one.path, one.count, len(one.threads), one.part) for one in each]


def test_the_pins_of_a_prototype_are_one_thing(cast, pins):
    for number, pin in enumerate([*pins, pins[0]]):
        reply(pin, by=cast.sam, text=f"Word {number}")

    assert found(cast, cast.vic) == [("prototype 1", f"{HERE}/prototypes/1", 4, 3, "pin")]


def test_what_is_new_in_one_thread_leads_there(cast, pins):
    reply(pins[1], by=cast.sam, text="Larger now.")

    assert found(cast, cast.vic) == [("pin 2", f"{HERE}/prototypes/pins/2", 1, 1, "pin")]


def test_a_thing_and_its_parts_come_together(cast, pins):
    reply(pins[1], by=cast.sam, text="Larger now.")
    reply(Prototype.find(cast.project, 1), by=cast.sam, text="Look at all of it.")

    [(label, _, count, threads, part)] = found(cast, cast.vic)
    assert (label, count, threads, part) == ("prototype 1", 2, 2, "conversation")


def test_questions_stand_with_what_they_are_about(cast):
    sign_off = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    for text in ("Is the ferry in it?", "And the boat?"):
        reply(make.question(sign_off, by=cast.cleo, text=text), by=cast.sam, text="It is.")

    path = f"{HERE}/sign-offs/1"
    assert found(cast, cast.cleo) == [("estimate 1", path, 2, 2, "question")]


def test_the_newest_stands_first(cast, at):
    for number, when in ((1, "2026-03-12 10:45"), (2, "2026-03-12 12:45"), (3, "2026-03-12 11:45")):
        item = make.feedback(cast.project, by=cast.vic, text=f"Word {number}")
        at(when)
        reply(item, by=cast.sam, text="We look at it.")

    assert [one[0] for one in found(cast, cast.vic)] == ["feedback 2", "feedback 3", "feedback 1"]


def test_both_pages_say_it_in_a_line_with_a_way_to_each(cast, pins, as_):
    for pin in (pins[1], pins[2], pins[0]):
        reply(pin, by=cast.sam, text="Better now.")
    browser = as_(cast.vic)

    for path in (HERE, f"{HERE}/conversation"):
        page = " ".join(browser.get(path).text.split())
        assert f'<a href="{HERE}/prototypes/1">Prototype 1</a>' in page
        assert "3 new in 3 pins:" in page
        each = [
            f'<a href="{HERE}/prototypes/pins/{n}"><span class="vh">pin </span>{n}</a>'
            for n in (1, 2, 3)
        ]
        assert ", ".join(each) in page


@pytest.mark.parametrize(("path", "all_"), [("", "new"), ("/conversation", "elsewhere")])
def test_more_than_a_few_are_a_click_away(cast, as_, path, all_):
    for number in range(news.FEW + 2):
        item = make.feedback(cast.project, by=cast.vic, text=f"Word {number}")
        reply(item, by=cast.sam, text="We look at it.")
    browser = as_(cast.vic)

    few, all_of_it = browser.get(f"{HERE}{path}").text, browser.get(f"{HERE}{path}?{all_}=all").text

    assert few.count("1 new") == news.FEW
    assert f'href="{HERE}{path}?{all_}=all#{all_}">All {news.FEW + 2}</a>' in few
    assert all_of_it.count("1 new") == news.FEW + 2
    assert "=all" not in all_of_it


def test_many_cost_as_many_queries_as_two(cast, pins, as_, count_queries):
    browser, path, seen = as_(cast.vic), f"{HERE}/conversation", []
    for each in (pins[:2], pins):
        for pin in each:
            reply(pin, by=cast.sam, text=f"Better now, {len(seen)}.")
        browser.get(path)
        with count_queries() as asked:
            browser.get(path)
        seen.append(len(asked))

    assert seen[0] == seen[1]
