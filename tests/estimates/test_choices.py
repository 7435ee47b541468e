"""What a client may choose: optional lines, one package of each choice, quantities in bounds."""

import pytest
from werkzeug.datastructures import MultiDict

from portal.core.errors import DomainError
from portal.estimates import pricing, typed
from portal.estimates.choices import choose, words
from portal.signoff.refusals import Misread
from tests.estimates.test_pricing import adjustable, line, section, snapshot

CARE = "Level of care"


def site():
    """Screens that can be more or fewer, a film on top, and care in one of two packages."""
    basic = section(2, line(3, 300_00), choice=CARE, is_chosen=True)
    more = [line(4, 700_00), adjustable(5, 2, 50_00, 0, 8), line(6, 80_00, is_optional=True)]
    lines = [adjustable(1, 4, 100_00, 2, 10), line(2, 60_00, is_optional=True, is_chosen=True)]
    return snapshot(section(1, *lines), basic, section(3, *more, choice=CARE))


def canonical(*options):
    return choose(site(), options).options


def test_as_sent_are_the_ticks_and_the_package_that_the_page_opens_with():
    assert choose(site()).options == ("2", "s2")
    assert pricing.price(site()).total_minor == 760_00


def test_a_quantity_and_a_package_move_the_total():
    sheet = pricing.price(site(), ("1=2500", "s3", "6", "5=8000"))
    assert sheet.options == ("1=2500", "5=8000", "6", "s3")
    assert sheet.total_minor == 250_00 + 700_00 + 400_00 + 80_00


@pytest.mark.parametrize(
    "spelling",
    [("s2", "2"), ("2", "2", "s2"), ("2", "s2", "1=4000"), ("s2", "2", "6"), ("5=7000", "2", "s2")],
)
def test_what_does_not_count_or_does_not_differ_is_not_written(spelling):
    assert canonical(*spelling) == ("2", "s2")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("s2", "1"), "not in this version"),
        (("s2", "9"), "not in this version"),
        (("s2", "02"), "not in this version"),
        (("s2", "s1"), "not in this version"),
        (("s2", "2=1000"), "not in this version"),
        (("s2", ""), "not in this version"),
        (("s2", "1=1999"), "“Line 1” can be from 2 to 10 pieces"),
        (("s2", "1=10001"), "“Line 1” can be from 2 to 10 pieces"),
        (("s2", "1=3000", "1=5000"), "two were given for the same line"),
        ((), "Choose one for “Level of care”: “Part 2”, “Part 3”"),
        (("s2", "s3"), "Choose one for “Level of care”"),
    ],
)
def test_what_is_not_offered_is_refused_in_words(options, reason):
    with pytest.raises(DomainError, match=reason):
        canonical(*options)


def test_what_was_chosen_can_be_said():
    said = words(site(), ("1=5000", "s3", "6"))
    assert said == ["Part 3 (Level of care)", "Line 1 (5 pieces)", "Line 5 (2 pieces)", "Line 6"]


# As a browser's form says it ---------------------------------------------------------------------


def read(locale="en", **form):
    fields = [(name.replace("_", "-"), value) for name, value in form.items() if name != "option"]
    fields += [("option", one) for one in form.get("option", ())]
    return typed.options(site(), MultiDict(fields), locale)


def test_a_form_names_ticks_packages_and_quantities():
    assert read(option=["6"], package_1="s3", quantity_1="2.5", quantity_5="2") == (
        "1=2500",
        "6",
        "s3",
    )
    assert read("de", package_1="s2", quantity_1="2,5") == ("1=2500", "s2")


def test_a_form_without_a_package_means_the_one_that_was_sent():
    assert read(option=["2"]) == ("2", "s2")
    assert read(option=["s3"]) == ("s3",)


@pytest.mark.parametrize(
    ("button", "typed_", "options"),
    [
        ("more", "4", ("1=5000", "s2")),
        ("less", "2.5", ("1=2000", "s2")),
        ("more", "9.5", ("1=10000", "s2")),
    ],
)
def test_a_step_stays_within_the_bounds(button, typed_, options):
    assert read(quantity_1=typed_, **{button: "1"}) == options


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("many", "Write a number, such as 1,200.50. Counted as 4 until then."),
        ("", "Write a number from 2 to 10 pieces. Counted as 4 until then."),
        ("11", "It can be from 2 to 10 pieces. Counted as 4 until then."),
        ("-3", "It can be from 2 to 10 pieces. Counted as 4 until then."),
        ("2.0001", "Up to three decimals, please. Counted as 4 until then."),
    ],
)
def test_a_quantity_that_cannot_be_taken_is_said_beside_its_field_and_the_rest_is_kept(
    text, reason
):
    with pytest.raises(Misread) as refused:
        read(option=["6"], package_1="s3", quantity_1=text, quantity_5="3")
    assert refused.value.context["errors"] == {"quantity-1": reason}
    assert refused.value.context["options"] == ("5=3000", "6", "s3")
