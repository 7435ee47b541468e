"""What was typed is taken apart, whatever it is."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.fields import plain
from portal.search.typed import PARTS_MOST, Filter, Term, parse
from portal.search.words import fold, marked, sentence, words

TYPED = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(["is:open", '"', "-", ":", "kind:", "-is:", "by:me", 'client:"a b"', "ß"]),
    ),
    max_size=12,
).map(" ".join)


def test_words_filters_and_what_must_not_be_there():
    query = parse('kind:complaint -website client:"Harbour Museum" "opening hours" tid')

    assert query.filters == (Filter("kind", "complaint"), Filter("client", "Harbour Museum"))
    assert query.without == (Term(("website",)),)
    assert query.terms == (Term(("opening", "hours")), Term(("tid",), is_start=True))


@pytest.mark.parametrize(
    ("typed", "unknown"),
    [
        ("colour:red tides", ("colour:red",)),
        ("kind:", ()),
        ("https://tides.example/now", ()),
        ("10:30", ()),
        ("-is:open", ()),
    ],
)
def test_only_a_filter_that_nobody_knows_is_unknown(typed, unknown):
    assert parse(typed).unknown == unknown


def test_only_the_last_word_is_a_beginning():
    assert [term.is_start for term in parse("low tide").terms] == [False, True]
    assert [term.is_start for term in parse('"low tide"').terms] == [False]
    assert [term.is_start for term in parse("low tide is:open -night").terms] == [False, True]


def test_a_word_with_a_sign_in_it_is_words_in_a_row():
    assert parse("e-mail").terms == (Term(("e", "mail"), is_start=True),)


def test_an_exception_can_be_a_filter():
    assert parse("-kind:praise").filters == (Filter("kind", "praise", is_not=True),)


@given(TYPED)
def test_anything_can_be_typed(text):
    query = parse(text)
    assert len(query.terms) + len(query.without) + len(query.filters) <= PARTS_MOST
    assert all(term.words and all(term.words) for term in query.terms + query.without)
    assert parse(query.text).terms == query.terms  # What stands in the field finds the same again.


@given(st.text())
@example("𝕬ß")
def test_folding_twice_is_folding_once(text):
    assert [word for one in words(text) for word in words(one)] == words(text)


@given(st.text(), TYPED)
def test_marking_keeps_every_letter(text, typed):
    assert "".join(piece for piece, _ in marked(text, parse(typed).terms)) == text


@given(st.text(min_size=1, max_size=40).map(plain).filter(words))
def test_a_text_is_marked_by_its_own_words(text):
    terms = [Term((word,)) for word in words(text)]
    assert any(is_found for _, is_found in sentence(text, terms))


def test_accents_and_case_are_not_compared():
    assert fold("ÉTÉ") == fold("été") == "ete"
    assert marked("Straße", [Term(("strasse",))]) == [("Straße", True)]


def test_the_sentence_around_what_was_found():
    text = "word " * 60 + "the ferry leaves at night " + "word " * 60
    pieces = sentence(text, parse('"ferry leaves"').terms)
    whole = "".join(piece for piece, _ in pieces)

    assert ("ferry", True) in pieces or ("ferry leaves", True) in pieces
    assert whole.startswith("… word")
    assert whole.endswith("word …")
    assert len(whole) < 200
