"""The editor over HTTP: everything in one form, with and without JavaScript."""

import re

import pytest

from portal.estimates.models import EstimateVersion, LineKind
from portal.signoff.models import SignOff
from tests import make
from tests.make_forms import form_of

HERE = "/projects/harbour/estimates/1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def draft(cast):
    return make.estimate(cast.project, by=cast.sam, lines=[("Design", 120_00), ("Build", 80_00)])


@pytest.fixture
def sam(as_, cast):
    return as_(cast.sam)


def now(draft):
    return EstimateVersion.get_by_id(draft.id)


def lines(draft):
    return [(line.number, line.what, line.price_minor) for _, its in draft.parts() for line in its]


def test_the_whole_form_is_saved_and_the_page_comes_back(sam, draft):
    form = form_of(
        sam,
        title="The soundwalk",
        tax__1__name="VAT",
        tax__1__bp="21",
        terms="Half now.",
        line__2__rate="95.50",
    )

    answer = sam.post(f"{HERE}/draft", data=form)

    assert (answer.status_code, answer.location) == (303, HERE)
    saved = now(draft)
    assert (saved.title, saved.taxes, saved.terms) == ("The soundwalk", [make.VAT], "Half now.")
    assert lines(saved) == [(1, "Design", 120_00), (2, "Build", 95_50)]


def test_a_page_that_is_saved_as_it_is_says_what_it_said(sam, draft):
    draft.add_line(by=draft.edited_by, what="Film", quantity_thousandths=1_500, rate_minor=85_00)
    before = now(draft).snapshot()
    sam.post(f"{HERE}/draft", data=form_of(sam))
    assert now(draft).snapshot() == before


def test_while_typing_only_totals_sums_and_the_state_come_back(sam, draft):
    form = form_of(sam, line__1__rate="200")

    answer = sam.post(f"{HERE}/draft", data=form, headers=PART)

    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<div id="totals"')
    assert "280.00" in answer.text
    assert 'hx-target="#line-1-tail"' in answer.text
    assert f'name="edits" value="{now(draft).edits}"' in answer.text
    assert "line-1-what" not in answer.text  # What is being typed into is left alone.


@pytest.mark.parametrize("headers", [{}, PART], ids=["plain", "htmx"])
def test_a_bad_price_stays_as_typed_and_everything_else_is_saved(sam, draft, headers):
    form = form_of(sam, line__1__rate="ninety", line__2__what="Building", contingency_bp="210")

    answer = sam.post(f"{HERE}/draft", data=form, headers=headers)

    assert answer.status_code == 422
    assert 'id="line-1-rate-error"' in answer.text
    assert "Write a number, such as 1,200.50." in answer.text
    assert "A percentage is between 0 and 100." in answer.text
    assert lines(now(draft)) == [(1, "Design", 120_00), (2, "Building", 80_00)]
    if not headers:
        assert 'value="ninety"' in answer.text
        assert re.search(
            r'<input aria-describedby="line-1-rate-error" aria-invalid="true"', answer.text
        )


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        ("add-line:{section}", [(1, "Design", 120_00), (2, "Built", 80_00), (3, "", None)]),
        ("remove-line:1", [(2, "Built", 80_00)]),
        ("duplicate-line:2", [(1, "Design", 120_00), (2, "Built", 80_00), (3, "Built", 80_00)]),
        ("line-up:2", [(2, "Built", 80_00), (1, "Design", 120_00)]),
        ("line-down:2", [(1, "Design", 120_00), (2, "Built", 80_00)]),
        ("add-section", [(1, "Design", 120_00), (2, "Built", 80_00), (3, "", None)]),
        ("unknown:1", [(1, "Design", 120_00), (2, "Built", 80_00)]),
    ],
)
def test_a_button_saves_what_was_typed_before_it_acts(sam, draft, act, expected):
    section = draft.parts()[0][0].id
    form = form_of(sam, line__2__what="Built", act=act.format(section=section))

    assert sam.post(f"{HERE}/draft", data=form).status_code == 303

    assert lines(now(draft)) == expected


def test_a_line_that_was_not_on_the_page_stays_as_it_is(sam, draft, cast):
    values = {"lines": {2: {"is_optional": True}}}
    draft.save_draft(by=cast.sam, edits=draft.edits, values=values)
    form = {name: value for name, value in form_of(sam).items() if not name.startswith("line-2-")}
    sam.post(f"{HERE}/draft", data=form)
    assert lines(now(draft)) == [(1, "Design", 120_00), (2, "Build", 80_00)]
    assert now(draft).parts()[0][1][1].is_optional


def test_a_button_pressed_beside_a_bad_price_loses_nothing(sam, draft):
    form = form_of(sam, line__1__rate="ninety", act=f"add-line:{draft.parts()[0][0].id}")

    answer = sam.post(f"{HERE}/draft", data=form)

    assert answer.status_code == 422
    assert 'value="ninety"' in answer.text
    assert 'id="line-3-what"' in answer.text


def test_with_htmx_a_new_line_comes_back_ready_to_be_typed_into(sam, draft):
    form = form_of(sam, act=f"add-line:{draft.parts()[0][0].id}")
    answer = sam.post(f"{HERE}/draft", data=form, headers=PART)
    assert answer.text.lstrip().startswith('<div id="sections"')
    assert re.search(r"<input autofocus [^>]*id=\"line-3-what\"", answer.text)


def test_whom_to_ask_is_still_ticked_after_another_button(sam, draft):
    form = form_of(sam, act="add-section", reviewers=[], due_on="2099-03-16")
    page = sam.get(sam.post(f"{HERE}/draft", data=form).location).text
    assert 'value="2099-03-16"' in page
    assert not re.search(r'<input checked [^>]*name="reviewers"', page)


def test_a_fixed_price_and_a_rate_take_the_same_field(sam, draft):
    form = form_of(sam, line__1__unit="h", line__1__quantity="2.5", line__1__rate="80")
    sam.post(f"{HERE}/draft", data=form)
    first, second = now(draft).parts()[0][1]
    assert (first.kind, first.price_minor) == (LineKind.QUANTITY, 200_00)
    assert (second.kind, second.price_minor) == (LineKind.FIXED, 80_00)


def test_a_colleague_who_saved_meanwhile_is_not_overwritten(sam, draft, cast):
    form = form_of(sam, title="Sam's words")
    now(draft).save_draft(by=cast.dora, edits=draft.edits, values={"title": "Dora's"})

    answer = sam.post(f"{HERE}/draft", data=form)

    assert answer.status_code == 409
    assert "Dora Lindqvist saved this draft after you opened it." in answer.text
    assert "Sam&#39;s words" in answer.text
    assert f'name="edits" value="{form["edits"][0]}"' in answer.text  # Saving again asks again.
    assert now(draft).title == "Dora's"
    sam.post(f"{HERE}/draft", data=form | {"overwrite": "1"})
    assert now(draft).title == "Sam's words"


def test_sending_sends_what_is_typed_to_whom_is_ticked(sam, draft, cast):
    form = form_of(sam, title="The soundwalk", reviewers=[], due_on="2099-03-16")

    answer = sam.post(f"{HERE}/sign-off", data=form)

    sign_off = SignOff.get()
    assert (answer.status_code, answer.location) == (303, sign_off.path)
    assert (sign_off.title, str(sign_off.due_on)) == ("The soundwalk", "2099-03-16")
    assert [asked.user for asked in sign_off.addressees] == [cast.cleo]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"deciders": []}, "Choose at least one person who can approve."),
        ({"deciders": ["999"]}, "not a valid choice"),
        ({"due_on": "soon"}, "Write a day, such as 2026-03-31."),
        ({"due_on": "2001-01-01"}, "Nobody can answer by a day that has passed."),
        ({"line-1-rate": "ninety"}, "Write a number, such as 1,200.50."),
        ({"line-1-rate": ""}, "“Design” has no price yet."),
        ({"title": " "}, "Give the estimate a title."),
    ],
)
def test_what_cannot_be_sent_comes_back_with_the_reason_and_is_saved(sam, draft, typed, sentence):
    form = form_of(sam, line__2__what="Building") | typed

    answer = sam.post(f"{HERE}/sign-off", data=form)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert not SignOff.select().exists()
    assert lines(now(draft))[1] == (2, "Building", 80_00)


def test_a_draft_that_was_sent_meanwhile_cannot_be_saved_or_sent_again(sam, draft, cast):
    form = form_of(sam, title="Too late")
    now(draft).send(by=cast.sam, deciders=[cast.cleo])

    for path in (f"{HERE}/draft", f"{HERE}/sign-off"):
        answer = sam.post(path, data=form)
        assert answer.status_code == 409
        assert "A sent estimate cannot change." in answer.text


def test_preview_saves_first(sam, draft):
    answer = sam.post(f"{HERE}/draft", data=form_of(sam, title="The soundwalk", act="preview"))
    page = sam.get(answer.location)
    assert page.status_code == 200
    assert "The soundwalk" in page.text
