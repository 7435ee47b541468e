"""Both databases find what plain Python finds in the same words, in the same order."""

import datetime as dt
import random

import pytest

from portal.core import clock, db
from portal.search import indexing, queries
from portal.search.models import Entry
from portal.search.typed import parse
from portal.search.words import words

BEGAN = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
ENTRIES = 60
SEARCHES = 250
WORDS = (
    "tide tides tidal Tiden café CAFE e-mail mail the ferry 東京 東 京都 ตลาด น้ำ Straße strasse "
    "Москва 3,5 m² naïve O'Brien ½ 12 ｶﾞ ヿ ﬁne fine नमस्ते and or not near title body"
)
VOCABULARY = WORDS.split()
SIGNS = ('"', "-", "*", "(", ")", ":", "&", "|", "!", "<->", "'", "\\", "\0", "^", "{", "+", ",")


@pytest.fixture
def entries(cast):
    """Sixty entries of a project, with words drawn from a small vocabulary."""
    Entry.delete().execute()
    db.handle.execute_sql("delete from search_words")
    draw, made = random.Random(5), []
    with db.change():
        for n in range(ENTRIES):
            made.append(columns(cast, draw, n))
            indexing.write(made[-1])
    return made


def columns(cast, draw, n):
    return {
        "project_id": cast.project.id,
        "place": f"harbour/message/feedback/{n}/0",
        "kind": "message",
        "topic": "feedback",
        "number": n,
        "part": 0,
        "is_internal": False,
        "title": " ".join(draw.choices(VOCABULARY, k=draw.randrange(4))),
        "text": " ".join(draw.choices(VOCABULARY, k=draw.randrange(30))),
        "person_id": None,
        "happened_at": clock.key(BEGAN + dt.timedelta(minutes=draw.randrange(5))),
    }


def typed(draw):
    """Return what somebody might type: words, halves of them, quotes, exceptions, and worse."""
    parts = []
    for _ in range(draw.randrange(1, 4)):
        some = draw.choices(VOCABULARY, k=draw.choice((1, 1, 1, 2)))
        part = " ".join(some)[: draw.choice((1, 3, 40))]
        part = f'"{part}"' if draw.random() < 0.3 else part
        parts.append(("-" if draw.random() < 0.2 else "") + part)
    return " ".join(parts) + (draw.choice(SIGNS) if draw.random() < 0.3 else "")


def expected(entries, query):
    """Return the places that fit, in order, by looking through every word."""
    found = []
    for one in entries:
        title, body = words(one["title"]), words(one["text"])
        if any(stands(term, title) or stands(term, body) for term in query.without):
            continue
        if all(stands(term, title) or stands(term, body) for term in query.terms):
            in_title = bool(query.terms) and all(stands(term, title) for term in query.terms)
            found.append((in_title, one["happened_at"], one["place"]))
    return [place for _, _, place in sorted(found, reverse=True)]


def stands(term, folded):
    return any(term.stands_at(folded, at) for at in range(len(folded)))


def test_both_find_what_stands_there_in_the_same_order(cast, entries):
    draw, some = random.Random(7), 0
    for _ in range(SEARCHES):
        text = typed(draw)
        query = parse(text)
        if query:
            rows, _ = queries.search(cast.sam, query, rows=ENTRIES)
            assert [row.place for row in rows] == expected(entries, query), text
            some += len(rows)
    assert some > SEARCHES


@pytest.mark.parametrize("text", ["tide", "-tide", "東", "the fer"])
def test_pages_together_are_the_whole(cast, entries, text):
    query, before, places = parse(text), None, []
    while True:
        found, _ = queries.search(cast.sam, query, before, rows=7)
        places += [row.place for row in found]
        before = found.next_key
        if before is None:
            break
    assert places == expected(entries, query)


def test_a_word_that_stands_everywhere_is_found_to_the_last_place(cast, entries):
    text = "door " * 15_000 + "ferry " * 3
    place = {"place": "harbour/message/feedback/99/0", "number": 99, "title": "Doors", "text": text}
    with db.change():
        indexing.write(columns(cast, random.Random(1), 99) | place)

    for typed, is_found in (("doors ferry", True), ('"ferry ferry"', True), ('"door door"', True)):
        rows, _ = queries.search(cast.sam, parse(typed), rows=ENTRIES)
        assert ("message 99" in {f"{row.kind} {row.number}" for row in rows}) is is_found, typed


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10_000,
        "is:open " * 1_250,
        '"' * 10_000,
        "-" * 10_000,
        "东" * 10_000,
        "tide\0*",
        "title:x OR rowid:1",
        "NEAR(tide the, 5)",
        "'; drop table search_entry; --",
        "\ud800",
    ],
)
def test_nothing_that_can_be_typed_breaks_it(as_, cast, entries, text):
    sent = text.encode("utf-8", "surrogatepass")
    answer = as_(cast.sam).get("/search", query_string={"q": sent})
    assert answer.status_code == 200
    assert Entry.select().count() == ENTRIES
