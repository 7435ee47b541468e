"""What a search finds, in which order, the same on both databases."""

import datetime as dt

import pytest

from portal.access.permissions import Role
from portal.core import clock
from portal.feedback.words import Kind
from portal.search import queries
from portal.search.typed import parse
from portal.threads import models as threads
from tests import make
from tests.stories import told

SAID = (
    (Kind.COMPLAINT, "The tide times were wrong last weekend\nTwo schools stood at a closed door."),
    (Kind.DEFECT, "Café menu does not open"),
    (Kind.CHANGE, "Show only the tides while we are open"),
    (Kind.PRAISE, "Die große Straße sieht schön aus"),
    (Kind.QUESTION, "Can we e-mail the opening hours?"),
    (Kind.CHANGE, "Hours of opening belong on the first page"),
    (Kind.DEFECT, "Москва на карте"),
)


def say(cast):
    for minute, (kind, text) in enumerate(SAID):
        with clock.at(dt.datetime(2026, 3, 12, 10, minute, tzinfo=dt.UTC)):
            item = make.feedback(cast.project, by=cast.vic, kind=kind, text=text)
            if minute == 0:
                threads.reply(item, by=cast.sam, text="We look at the tides now.")
                threads.note(item, by=cast.sam, text="Tide data is a day old; canary-4711.")


beginning = told("corpus", say)


@pytest.fixture
def corpus(cast, at):
    """Seven feedback of Vic's, a minute apart, the first one answered."""
    at(f"2026-03-12 10:{len(SAID) - 1:02}")
    return cast


@pytest.fixture
def finds(corpus):
    """`finds("tide")` is what Sam finds, as kind and number in order."""

    def found(text, by=corpus.sam, **more):
        rows, _ = queries.search(by, parse(text), **more)
        return [f"{row.kind} {row.number}" for row in rows]

    return found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("tide", ["feedback 3", "feedback 1", "note 1", "message 1"]),
        ("TIDES", ["feedback 3", "message 1"]),
        ("cafe", ["feedback 2"]),
        ("CAFÉ menu", ["feedback 2"]),
        ("grosse strasse", ["feedback 4"]),
        ("große Straß", ["feedback 4"]),
        ("москва", ["feedback 7"]),
        ("Моск", ["feedback 7"]),
        ("e-mail", ["feedback 5"]),
        ("opening hours", ["feedback 6", "feedback 5"]),
        ('"opening hours"', ["feedback 5"]),
        ("hours -mail", ["feedback 6"]),
        ("-tides kind:change", ["feedback 6"]),
        ("tide -canary", ["feedback 3", "feedback 1", "message 1"]),
        ('tide "canary 4711"', ["note 1"]),
        ("schools door", ["feedback 1"]),
        ("harbour", ["project 0"]),
        ("'); drop table search_words; --", []),
        ('title : tide OR "', []),
        ("& | ! <-> :*", []),
    ],
)
def test_words_find_the_same_on_both_databases(finds, typed, found):
    assert finds(typed) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kind:complaint", ["feedback 1"]),
        ("kind:complaints", ["feedback 1"]),
        ("kind:praise kind:question", ["feedback 5", "feedback 4"]),
        ("kind:note", ["note 1"]),
        ("-kind:feedback tide", ["note 1", "message 1"]),
        ("kind:feedback client:harbour tide", ["feedback 3", "feedback 1"]),
        ("client:otter tide", []),
        ("project:harb kind:message", ["message 1"]),
        ("by:me kind:message", ["message 1"]),
        ("by:vic kind:defect", ["feedback 7", "feedback 2"]),
        ('by:"vic aalto" cafe', ["feedback 2"]),
        ("by:nobody tide", []),
        ("by:harbour tide", []),
    ],
)
def test_filters_narrow_what_is_found(finds, typed, found):
    assert finds(typed) == found


def test_states_are_as_they_are_now(corpus, finds):
    item = make.feedback(corpus.project, by=corpus.vic, kind=Kind.CHANGE, text="A bigger map")
    assert finds("map is:open") == ["feedback 8"]
    assert finds("map is:waiting") == []

    make.verdict(item, by=corpus.sam)
    type(item).get_by_id(item.id).resolve(by=corpus.sam, words="Done.")
    assert finds("map is:waiting") == ["feedback 8"]

    type(item).get_by_id(item.id).verify(by=corpus.vic)
    assert finds("map is:open") == []


def test_what_is_signed_and_what_waits_for_a_signature(corpus, finds, at):
    sent = make.estimate(corpus.project, by=corpus.sam).send(
        by=corpus.sam, deciders=[corpus.cleo], due_on=None
    )
    assert finds("is:open kind:estimate") == ["estimate 1"]
    assert finds("is:mine is:open -kind:feedback", by=corpus.cleo) == ["sign_off 1", "estimate 1"]

    make.answer(sent, by=corpus.cleo, notes="With thanks to everybody.")

    assert finds("is:open kind:estimate") == []
    assert set(finds("is:signed")) == {"receipt 1", "sign_off 1", "estimate 1"}
    assert finds("thanks everybody") == ["sign_off 1"]


def test_what_was_due_before_today_is_overdue(corpus, finds, at):
    today = at("2026-03-13 09:00").date()
    draft = make.estimate(corpus.project, by=corpus.sam)
    draft.send(by=corpus.sam, deciders=[corpus.cleo], due_on=today)
    assert finds("is:overdue kind:estimate") == []

    at("2026-03-14 09:00")

    assert finds("is:overdue kind:estimate", by=corpus.cleo) == ["estimate 1"]


def test_every_page_goes_on_where_the_last_one_ended(corpus, finds):
    whole = finds("kind:feedback")
    assert len(whole) == 7

    pages, before = [], None
    while True:
        page, _ = queries.search(corpus.sam, parse("kind:feedback"), before, rows=2)
        pages += [f"{row.kind} {row.number}" for row in page]
        before = page.next_key
        if before is None:
            break

    assert pages == whole


def test_pages_go_on_from_titles_to_texts(corpus, finds):
    first, _ = queries.search(corpus.sam, parse("tide"), rows=2)
    rest, _ = queries.search(corpus.sam, parse("tide"), first.next_key, rows=2)

    found = [f"{row.kind} {row.number}" for row in (*first, *rest)]
    assert found == finds("tide")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("colour:red tide", "There is no filter “colour:”."),
        ("kind:poem tide", "No kind is called “poem”."),
        ("is:red tide", "Nothing is “red”."),
    ],
)
def test_what_nobody_knows_is_said_and_the_rest_still_found(corpus, finds, typed, said):
    _, remarks = queries.search(corpus.sam, parse(typed))

    assert [remark[: len(said)] for remark in remarks] == [said]
    assert finds(typed) == finds("tide") or typed.startswith("colour")


def test_a_search_costs_the_same_with_much_to_find(corpus, count_queries):
    def cost():
        with count_queries() as seen:
            queries.search(corpus.sam, parse("kind:feedback is:open by:vic client:harbour tide"))
        return len(seen)

    few = cost()
    for n in range(30):
        make.feedback(corpus.project, by=corpus.vic, text=f"Tide number {n}")

    assert cost() == few <= 4


# Who may see what --------------------------------------------------------------------------------


def test_a_client_finds_nothing_internal(corpus, finds):
    assert finds("canary-4711") == ["note 1"]

    assert finds("canary-4711", by=corpus.cleo) == []
    assert "note 1" not in finds("tide", by=corpus.vic)
    assert finds("kind:note", by=corpus.cleo) == finds("kind:poem", by=corpus.cleo)


def test_a_client_is_not_told_that_there_are_notes(corpus):
    remarks = [
        queries.search(corpus.cleo, parse(f"kind:{word}"))[1][0].replace(word, "…")
        for word in ("note", "poem")
    ]
    assert remarks[0] == remarks[1]


def test_a_draft_is_the_studios_until_it_is_sent(corpus, finds):
    draft = make.estimate(corpus.project, by=corpus.sam, title="Lighthouse")
    assert (finds("lighthouse"), finds("lighthouse", by=corpus.cleo)) == (["estimate 1"], [])

    draft.send(by=corpus.sam, deciders=[corpus.cleo])

    assert finds("lighthouse", by=corpus.cleo) == ["estimate 1"]


@pytest.mark.parametrize("who", ["otto", "ada"])
def test_whoever_is_not_on_the_project_finds_nothing_of_it(corpus, finds, who):
    stranger = getattr(corpus, who)
    for typed in ("tide", "is:open", "kind:feedback", "by:vic", "client:harbour", "-otter"):
        rows, _ = queries.search(stranger, parse(typed))
        assert not [row for row in rows if row.slug == "harbour"], typed


def test_a_membership_counts_from_one_search_to_the_next(corpus, finds):
    assert finds("cafe", by=corpus.vic) == ["feedback 2"]

    corpus.project.remove_member(make.member_of(corpus.vic, corpus.project), by=corpus.sam)
    assert finds("cafe", by=corpus.vic) == []

    make.member(corpus.ada, corpus.project, Role.TEAM)
    assert finds("cafe", by=corpus.ada) == ["feedback 2"]


def test_an_internal_note_moves_nothing_that_a_client_finds(corpus):
    def pages():
        found = []
        for typed in ("tide", "kind:feedback", "is:open", "-menu"):
            page, remarks = queries.search(corpus.cleo, parse(typed), rows=3)
            found.append((list(page), page.next_key, remarks))
        return found

    before = pages()
    threads.note(corpus_item(corpus), by=corpus.sam, text="Tide menu kind open, canary-4712.")
    make.change(corpus.project, by=corpus.sam, title="Tide canary-4713")

    assert pages() == before


def corpus_item(corpus):
    return corpus.project.feedback.where(corpus.project.feedback.model.number == 1).get()
