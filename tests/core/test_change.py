"""All of a change or nothing of it; and what is said before it is kept."""

import pytest

from portal.core import db
from portal.projects.models import Client
from tests import make


@pytest.fixture
def said(database):
    """What was said before a commit, with how many clients were there to be seen."""
    return []


def say(said, word):
    db.before_commit(lambda: said.append((word, Client.select().count())))


def test_what_is_undone_is_not_there(database):
    with pytest.raises(ZeroDivisionError), db.change():
        make.client("Harbour")
        raise ZeroDivisionError

    assert not Client.select().exists()


def test_the_last_words_see_all_that_the_outermost_change_did(said):
    with db.change():
        with db.change():
            say(said, "inner")
        make.client("Harbour")
        assert said == []

    assert said == [("inner", 1)]


def test_what_is_undone_inside_says_nothing_and_the_rest_does(said):
    with db.change():
        say(said, "before")
        with pytest.raises(ZeroDivisionError), db.change():
            say(said, "undone")
            raise ZeroDivisionError
        say(said, "after")

    assert [word for word, _ in said] == ["before", "after"]


def test_what_is_undone_as_a_whole_says_nothing_in_the_next_change(said):
    with pytest.raises(ZeroDivisionError), db.change():
        say(said, "undone")
        raise ZeroDivisionError
    with db.change():
        say(said, "next")

    assert [word for word, _ in said] == ["next"]


def test_a_last_word_that_fails_undoes_the_change_and_silences_the_others(said):
    with pytest.raises(ZeroDivisionError), db.change():
        make.client("Harbour")
        db.before_commit(lambda: 1 // 0)
        say(said, "never")
    with db.change():
        say(said, "next")

    assert said == [("next", 0)]


def test_outside_a_change_there_is_nothing_to_say(said):
    with pytest.raises(RuntimeError, match="inside change"):
        say(said, "lost")


def test_nobody_is_woken_by_what_is_undone(database):
    woken = []

    with pytest.raises(ZeroDivisionError), db.change():
        db.after_commit(lambda: woken.append("undone"))
        raise ZeroDivisionError
    with db.change():
        db.after_commit(lambda: woken.append("done"))
        assert woken == []

    assert woken == ["done"]
