"""One form for whom to ask, wherever something is sent for sign-off."""

import datetime as dt

import pytest
from werkzeug.datastructures import MultiDict

from portal.core.errors import DomainError
from portal.signoff.asking.form import Asking
from portal.signoff.models import Ask, Rule, SignOff
from tests import make

FIELDS = {
    "rule": "in_order",
    "due_on": "2099-03-16",
    "holds_what": " the  build ",
    "holds_on": "2099-04-01",
    "day_cost": "1,250.50",
}


def typed(**fields):
    return MultiDict(
        [(k, v) for k, vs in fields.items() for v in (vs if isinstance(vs, list) else [vs])]
    )


@pytest.fixture
def form(cast, joris, eva):
    """`form(rule="any")` is what was typed about whom to ask on the project."""

    def fill(**fields):
        return Asking.on(cast.project, typed(**FIELDS | fields))

    return fill


def test_at_first_who_may_decide_is_ticked_and_reviewers_are_asked(cast, joris, eva):
    form = Asking.on(cast.project)

    assert form.deciders.data == [cast.cleo.id, joris.id, eva.id]
    assert form.reviewers.data == [cast.vic.id]
    assert [name for _, name in form.copies.choices] == [
        one.name for one in (cast.cleo, cast.vic, joris, eva)
    ]
    assert form.kept() == {}


def test_the_numbers_beside_the_names_are_the_order(cast, form, joris, eva):
    asked = form(
        deciders=[cast.cleo.id, joris.id, eva.id],
        **{f"{eva.id}-place": "1", f"{joris.id}-place": "2", f"{cast.cleo.id}-place": "3"},
    )

    assert asked.validate(), asked.errors
    assert asked.terms()["deciders"] == [eva, joris, cast.cleo]


def test_all_that_is_asked_reaches_the_sign_off(cast, form, joris):
    asked = form(deciders=[joris.id], reviewers=[cast.vic.id], copies=[cast.cleo.id])
    assert asked.validate()

    draft = make.estimate(cast.project, by=cast.sam)
    draft.send(by=cast.sam, **asked.terms())

    sent = SignOff.get()
    assert (sent.rule, sent.due_on) == (Rule.IN_ORDER, dt.date(2099, 3, 16))
    assert (sent.holds_what, sent.holds_on) == ("the build", dt.date(2099, 4, 1))
    assert sent.day_cost_minor == 1_250_50
    asked = {one.user: one.ask for one in sent.addressees}
    assert asked == {joris: Ask.DECISION, cast.vic: Ask.OPINION, cast.cleo: Ask.COPY}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("deciders", ["999"]),
        ("copies", ["x"]),
        ("rule", "none"),
        ("due_on", "soon"),
        ("due_on", "2001-01-01"),
        ("day_cost", "-1"),
        ("day_cost", "a lot"),
        ("holds_what", "w" * 200),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, form, field, value):
    asked = form(**{"deciders": [cast.cleo.id], field: value})

    assert not asked.validate()
    assert [one.name for one in asked.wrong_fields] == [field]


def test_a_number_out_of_bounds_is_said_too(cast, form):
    asked = form(deciders=[cast.cleo.id], **{f"{cast.cleo.id}-place": "0"})

    assert not asked.validate()
    assert [one.name for one in asked.wrong_fields] == [f"{cast.cleo.id}-place"]


def test_nobody_is_no_answer_when_it_is_sent_and_fine_while_it_is_a_draft(cast, form):
    assert not form(deciders=[]).validate()
    assert Asking.on(cast.project, typed(**FIELDS), is_sending=False).validate()


def test_a_draft_keeps_what_was_chosen(cast, form, joris, eva):
    asked = form(deciders=[joris.id, eva.id], **{f"{eva.id}-place": "1"})

    again = Asking.on(cast.project, kept=asked.chosen())

    assert again.chosen() == asked.chosen()
    assert again.places[eva.id].place.data == 1
    assert again.day_cost.data == 1_250_50


def test_nobody_is_asked_to_answer_by_a_day_that_has_passed(cast):
    draft = make.estimate(cast.project, by=cast.sam)

    with pytest.raises(DomainError, match="a day that has passed"):
        draft.send(by=cast.sam, deciders=[cast.cleo], due_on=dt.date(2001, 1, 1))
