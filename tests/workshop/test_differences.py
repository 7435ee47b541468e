"""Two pictures are compared: where, how much, and shown."""

import pytest
import pyvips

from tests import make_files


def drawn(*boxes, width=800, height=600, suffix=".png"):
    """Return a white picture with dark boxes (left, top, width, height)."""
    image = (pyvips.Image.black(width, height, bands=3) + 255).cast("uchar")
    for left, top, wide, high in boxes:
        image = image.draw_rect([30, 30, 30], left, top, wide, high, fill=True)
    return image.copy(interpretation="srgb").write_to_buffer(suffix)


def test_the_same_picture_has_no_difference(work):
    made = work("difference", make_files.image(), other=make_files.image())
    assert (made["changed_bp"], made["regions"]) == (0, [])
    assert (made["picture"]["width"], made["picture"]["height"]) == (1200, 800)


def test_saving_it_again_is_no_difference(work):
    newer = make_files.image(suffix=".webp", Q=82)
    assert work("difference", newer, other=make_files.image())["changed_bp"] <= 20


def test_what_came_and_what_went_are_regions_in_reading_order(work):
    newer, older = drawn((80, 60, 80, 60), (400, 300, 80, 60)), drawn((600, 66, 80, 60))
    regions = work("difference", newer, other=older)["regions"]
    assert regions == [
        {"x_bp": 1000, "y_bp": 1000, "w_bp": 1000, "h_bp": 1000},
        {"x_bp": 7500, "y_bp": 1100, "w_bp": 1000, "h_bp": 1000},
        {"x_bp": 5000, "y_bp": 5000, "w_bp": 1000, "h_bp": 1000},
    ]


def test_the_share_of_what_changed_is_told(work):
    assert work("difference", drawn((0, 0, 80, 60)), other=drawn())["changed_bp"] == 100


def test_letters_of_a_word_are_one_region(work):
    letters = [(100 + 14 * n, 100, 8, 12) for n in range(10)]
    regions = work("difference", drawn(*letters), other=drawn())["regions"]
    assert len(regions) == 1


def test_a_hundred_changes_are_told_in_sixty_regions_at_most(work):
    spots = [(40 * x, 40 * y, 6, 6) for x in range(19) for y in range(14)]
    regions = work("difference", drawn(*spots), other=drawn())["regions"]
    assert 1 <= len(regions) <= 60


def test_pictures_of_two_widths_are_compared_at_one(work):
    older = drawn((160, 120, 160, 120), width=1600, height=1200)
    made = work("difference", drawn((80, 60, 80, 60)), other=older)
    assert (made["width"], made["height"], made["regions"]) == (800, 600, [])


def test_what_a_longer_page_adds_is_a_region(work):
    made = work("difference", drawn((0, 700, 80, 60), height=900), other=drawn())
    assert (made["width"], made["height"]) == (800, 900)
    assert made["regions"] == [{"x_bp": 0, "y_bp": 7777, "w_bp": 1000, "h_bp": 668}]


def test_the_picture_shows_what_changed_in_one_strong_colour(work, into):
    newer, older = drawn((80, 60, 80, 60), (500, 400, 90, 90)), drawn((500, 400, 90, 90))
    made = work("difference", newer, other=older)
    image = pyvips.Image.new_from_file(str(into / made["picture"]["file"]))
    assert image.getpoint(120, 90) == pytest.approx([214, 0, 74], abs=30)
    assert min(image.getpoint(540, 440)) > 170  # The rest of the newer one is pale.


def test_it_needs_two_pictures(refused):
    assert "cannot be compared" in refused("difference", drawn(), other=make_files.pdf())


@pytest.mark.parametrize("suffix", [".png", ".webp", ".jpg"])
def test_see_through_pictures_are_compared_on_paper(work, suffix):
    image = pyvips.Image.new_from_buffer(drawn(), "")
    clear = (image * 0).bandjoin(0).cast("uchar").copy(interpretation="srgb")
    newer = clear.write_to_buffer(".png")
    assert work("difference", newer, other=drawn(suffix=suffix))["changed_bp"] == 0
