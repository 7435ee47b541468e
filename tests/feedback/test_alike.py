"""Whether it is the same as another: the likely ones to choose from, or any by its number."""

import pytest

from portal.feedback.inbox import alike
from portal.feedback.models import Feedback
from tests import make

HERE = "/projects/harbour/feedback"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def said(cast):
    """Feedback on the project by its words, numbered from 1."""

    def file(*texts, on=None, by=None):
        return [make.feedback(on or cast.project, by=by or cast.vic, text=text) for text in texts]

    return file


@pytest.fixture
def sam(cast, as_):
    return as_(cast.sam)


def numbers(item):
    return [one.number for one in alike.alike(item)]


def now(item):
    return Feedback.get_by_id(item.id)


# Which are offered -------------------------------------------------------------------------------


def test_what_shares_the_rarest_words_stands_first_and_then_the_newest(said):
    said("The sun covers the last line", "Ferries are late", "Our map shows another pier")
    [new] = said("I cannot read the last line in the sun")

    assert numbers(new) == [1, 3, 2]


def test_a_long_text_that_has_every_word_is_not_the_likeliest(said):
    long = "We met on the quay and talked of the map, the tides, the school groups and the sun"
    said("No sun on the map", long, "The ferry is late")
    [new] = said("The sun is missing on the map")

    assert numbers(new)[0] == 1


def test_nothing_that_is_over_goes_on_elsewhere_or_is_of_another_project_is_offered(cast, said):
    over, merged, _ = said("The sun, over", "The sun, merged", "The sun, open")
    said("The sun, elsewhere", on=cast.elsewhere, by=cast.otto)
    over.give_verdict("defect", by=cast.sam, reason="Ours.", seen=0)
    over.resolve(by=cast.sam)
    merged.merge_into(3, by=cast.sam)
    [new] = said("The sun again")

    assert numbers(new) == [3]


def test_no_more_are_offered_than_one_looks_through(said):
    [new, *_] = said(*(f"The sun, {number}" for number in range(alike.MOST + 3)))

    assert len(numbers(new)) == alike.MOST


def test_a_text_without_a_word_is_like_the_newest(said):
    said("The sun", "The ferry")
    [new] = said("?!")

    assert numbers(new) == [2, 1]


# Where they are chosen ---------------------------------------------------------------------------


def test_they_come_when_it_is_opened_and_stand_on_a_page_without_javascript(said, sam):
    said("The sun covers <b>the last line</b>", "I cannot read the last line")

    closed = sam.get("/inbox/harbour/2").text
    part = sam.get(f"{HERE}/2/alike?from=inbox", headers=PART).text
    page = sam.get(f"{HERE}/2/alike?from=inbox").text

    assert 'href="/projects/harbour/feedback/2/alike?from=inbox"' in closed
    assert 'name="alike"' not in closed
    for text in (part, page):
        assert '<input type="radio" id="alike-1" name="alike" value="1">' in text
        assert "The sun covers &lt;b&gt;the last line&lt;/b&gt;" in text
        assert "New</span>" in text
    assert ("<html" in part, "<html" in page) == (False, True)
    assert 'action="/projects/harbour/feedback/2/merge?from=inbox"' in page


def test_with_nothing_else_open_it_says_so(said, sam):
    said("The sun")

    assert "Nothing else is open" in sam.get(f"{HERE}/1/alike").text


@pytest.mark.parametrize("form", [{"alike": "1"}, {"alike": "", "into": " #1 "}, {"into": "1"}])
def test_it_is_merged_into_the_one_that_is_chosen_or_typed(said, sam, form):
    first, second = said("The sun", "The sun again")

    answer = sam.post(f"{HERE}/2/merge?from=inbox", data=form)

    assert answer.status_code == 303
    assert now(second).merge.into == first


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Give the number of the other one."),
        ({"into": "the first"}, "Give the number of the other one."),
        ({"into": "1" * 40}, "Give the number of the other one."),
        ({"alike": "<i>"}, "Give the number of the other one."),
        ({"into": "77"}, "Give the number of another feedback of this project."),
        ({"into": "2"}, "Give the number of another feedback of this project."),
        ({"alike": "1", "into": "3"}, "You chose another one above."),
    ],
)
@pytest.mark.parametrize("headers", [{}, PART])
def test_what_is_no_other_one_comes_back_as_it_was_given(said, sam, form, sentence, headers):
    _, second, _ = said("The sun", "The sun again", "The ferry")

    answer = sam.post(f"{HERE}/2/merge?from=inbox", data=form, headers=headers)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{form.get("into", "")}"' in answer.text
    assert ('id="alike-1" name="alike" value="1" checked' in answer.text) == ("1" in form.values())
    assert now(second).merge is None


def test_only_who_may_triage_is_offered_any(cast, said, as_):
    said("The sun", "The sun again")

    assert as_(cast.dora).get(f"{HERE}/2/alike").status_code == 403
    assert as_(cast.vic).get(f"{HERE}/2/alike").status_code == 403
    assert as_(cast.otto).get(f"{HERE}/2/alike").status_code == 404
