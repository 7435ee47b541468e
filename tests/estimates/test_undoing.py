"""The last removal from a draft can be undone, and lines go where they are put."""

import pytest

from portal.core.errors import Conflict
from portal.estimates.models import EstimateVersion, Line
from portal.estimates.rows import cells_of, read_rows
from tests import make


@pytest.fixture
def draft(cast):
    draft = make.estimate(
        cast.project, by=cast.sam, lines=[(what, 1_00) for what in ("Design", "Build", "Test")]
    )
    draft.add_section(by=cast.sam, title="Later")
    draft.add_line(by=cast.sam, what="Sound", note="Two voices", quantity_thousandths=1_500)
    return draft


def again(draft):
    return EstimateVersion.get_by_id(draft.id)


def order(draft):
    return [(section.title, [line.what for line in lines]) for section, lines in draft.parts()]


def rows(text):
    return read_rows(cells_of(text), "en", "EUR")


def whole(draft):
    """Everything that the draft's lines say, in order, whatever rows of the table hold it."""
    rows = {"id": 0, "position": 0}
    return [
        {**line.__data__, **rows, "section": section.number}
        for section, lines in draft.parts()
        for line in lines
    ]


def test_a_line_comes_back_whole_and_where_it_was(cast, draft):
    before = whole(draft)
    draft.remove_line(2, by=cast.sam)
    draft = again(draft)
    assert draft.undo_words == "Removed “Build”."

    draft.undo(by=cast.dora)

    assert whole(draft) == before
    assert again(draft).undo_words is None


def test_a_removal_is_no_longer_spoken_of_after_a_day(cast, draft, at):
    at("2030-03-12 10:00")
    draft.remove_line(1, by=cast.sam)
    assert draft.undo_words == "Removed “Design”."
    at("2030-03-13 10:01")
    assert draft.undo_words is None


def test_a_section_comes_back_with_its_lines(cast, draft):
    before = whole(draft)
    draft.remove_section(draft.parts()[0][0].id, by=cast.sam)
    assert order(draft) == [("Later", ["Sound"])]

    again(draft).undo(by=cast.sam)

    assert whole(draft) == before


def test_only_the_last_removal_can_be_undone_and_once(cast, draft):
    draft.remove_line(1, by=cast.sam)
    draft.remove_line(3, by=cast.sam)
    draft.undo(by=cast.sam)
    assert order(draft) == [("", ["Build", "Test"]), ("Later", ["Sound"])]
    with pytest.raises(Conflict, match="nothing to undo"):
        draft.undo(by=cast.sam)


def test_no_new_line_gets_the_number_of_one_that_may_come_back(cast, draft):
    draft.remove_line(4, by=cast.sam)
    assert draft.add_line(by=cast.sam, what="Film").number == 5
    draft.undo(by=cast.sam)
    assert sorted(line.number for line in Line) == [1, 2, 3, 4, 5]


def test_a_line_whose_section_went_meanwhile_comes_back_in_the_last_one(cast, draft):
    later = draft.parts()[1][0]
    draft.remove_line(4, by=cast.sam)
    later.delete_instance()
    draft.undo(by=cast.sam)
    assert order(draft) == [("", ["Design", "Build", "Test", "Sound"])]


def test_a_blank_line_leaves_without_a_word(cast, draft):
    draft.remove_line(1, by=cast.sam)
    blank = draft.add_line(by=cast.sam)
    draft.remove_line(blank.number, by=cast.sam)
    assert draft.undo_words == "Removed “Design”."


def test_what_was_pasted_can_be_taken_out_and_put_back(cast, draft):
    first = draft.add_rows(rows("Film\t5\nTexts\t6"), by=cast.sam, after=1)
    assert first.what == "Film"
    assert order(draft)[0] == ("", ["Design", "Film", "Texts", "Build", "Test"])
    assert draft.undo_words == "Added 2 lines."

    draft.undo(by=cast.sam)
    assert order(draft)[0] == ("", ["Design", "Build", "Test"])
    assert draft.undo_words == "Removed 2 lines."

    draft.undo(by=cast.sam)
    assert order(draft)[0] == ("", ["Design", "Film", "Texts", "Build", "Test"])


def test_rows_take_the_place_of_the_blank_line_they_are_pasted_into(cast, draft):
    blank = draft.add_line(draft.parts()[0][0].id, by=cast.sam)
    draft.add_rows(rows("Film\t5"), by=cast.sam, after=blank.number)
    assert order(draft)[0] == ("", ["Design", "Build", "Test", "Film"])


def test_rows_that_name_a_section_go_there(cast, draft):
    text = "Section\tTask\tPrice\nlater\tFilm\t5\nCare\tHosting\t6\n\tExtra\t7"
    draft.add_rows(rows(text), by=cast.sam)
    assert order(draft)[1:] == [("Later", ["Sound", "Film", "Extra"]), ("Care", ["Hosting"])]


def test_a_line_is_put_before_another_also_in_another_section(cast, draft):
    (first, _), (later, _) = draft.parts()
    draft.place_line(1, later.id, 4, by=cast.sam)
    assert order(draft) == [("", ["Build", "Test"]), ("Later", ["Design", "Sound"])]
    draft.place_line(4, first.id, 2, by=cast.sam)
    draft.place_line(4, first.id, by=cast.sam)  # Before none: at the end.
    assert order(draft) == [("", ["Build", "Test", "Sound"]), ("Later", ["Design"])]


def test_a_section_is_put_before_another(cast, draft):
    (first, _), (later, _) = draft.parts()
    draft.place_section(later.id, first.id, by=cast.sam)
    assert [title for title, _ in order(draft)] == ["Later", ""]
    draft.place_section(later.id, by=cast.sam)
    assert [title for title, _ in order(draft)] == ["", "Later"]


def test_a_copy_of_a_section_stands_below_it(cast, draft):
    draft.duplicate_section(draft.parts()[0][0].id, by=cast.sam)
    assert [whats for _, whats in order(draft)] == [*[["Design", "Build", "Test"]] * 2, ["Sound"]]
    assert [section.number for section, _ in draft.parts()] == [1, 3, 2]
    assert len({line.number for line in Line}) == 7
