"""Nobody adds a column without saying who may see it; and what nobody may see has a canary."""

import datetime as dt

import peewee
import time_machine

from portal.core.fields import EnumField, UTCDateTimeField
from portal.rooms import ALL_MODELS
from tests.canary import acts, columns, story
from tests.canary.values import DAY, EARLIER, HELD_WORD, MINUTE, NUMBERS, WORD

CLASSES = (
    columns.INTERNAL,
    columns.PARTLY,
    columns.HELD,
    columns.SECRET,
    columns.SHOWN,
    columns.STRUCTURAL,
)


def named(table):
    """Return "table.column" of each that one of the tables in `columns` names."""
    return [f"{name}.{column}" for name, words in table.items() for column in words.split()]


def fields(*tables):
    wanted = {one for table in tables for one in named(table)}
    for model in ALL_MODELS:
        for field in model._meta.sorted_fields:
            name = f"{model._meta.table_name}.{field.column_name}"
            if name in wanted:
                yield name, model, field


def test_somebody_decided_who_may_see_each_column():
    there = {
        f"{model._meta.table_name}.{field.column_name}"
        for model in ALL_MODELS
        for field in model._meta.sorted_fields
        if field.column_name != "id"
    }
    said = [one for table in CLASSES for one in named(table)]
    new, gone = sorted(there - set(said)), sorted(set(said) - there)
    assert not new, f"say in tests/canary/columns.py who may see {' '.join(new)}"
    assert not gone, f"tests/canary/columns.py names what is not there: {' '.join(gone)}"
    assert not sorted({one for one in said if said.count(one) > 1})


def test_each_internal_column_has_a_canary(world):
    bare = [
        name
        for name, model, field in fields(columns.INTERNAL, columns.PARTLY)
        if not is_marked(name, field, [row[0] for row in model.select(field).tuples()])
    ]
    assert not bare, f"nothing would be noticed if these were shown: {' '.join(bare)}"


def is_marked(name, field, values):
    values = [one for one in values if one is not None]
    if isinstance(field, UTCDateTimeField):
        return any(one.minute == MINUTE for one in values)
    if isinstance(field, peewee.DateField):
        return not {DAY, EARLIER}.isdisjoint(values)
    if name in NUMBERS:
        return NUMBERS[name] in values
    is_text = isinstance(field, (peewee.CharField, peewee.TextField))
    if is_text and not isinstance(field, EnumField) and name not in BY_ACT:
        return any(WORD in str(one).lower() for one in values)
    return True  # A choice, a yes or no, a link: `test_the_acts_write_each_internal_column`.


#: Texts of a few words that the portal knows.
BY_ACT = {
    "cost_rate.currency",
    "estimate_line.taxes",
    "note.subject_kind",
    "rate.currency",
}

#: Set when somebody of the client files something, and moved while it is their turn; and what is
#: counted of all that both sides do.
BY_BOTH = {"handling.respond_by_at", "handling.resolve_by_at"} | {
    f"care_measure.{column}" for column in columns.INTERNAL["care_measure"].split()
}


def test_what_the_client_holds_back_has_one_too(world):
    for name, model, field in fields(columns.HELD):
        assert any(HELD_WORD in row[0] for row in model.select(field).tuples()), name


def test_the_acts_write_each_internal_column(world):
    wanted = [one for one in fields(columns.INTERNAL) if one[0] not in BY_BOTH]
    before = {name: rows(model, field) for name, model, field in wanted}

    with time_machine.travel(story.NOW + dt.timedelta(minutes=27), tick=False):
        acts.all_of_them(world)

    left = [name for name, model, field in wanted if rows(model, field) == before[name]]
    assert not left, f"no act in acts.py writes these: {' '.join(left)}"


def rows(model, field):
    """Return a column as it is: (id, value) of each row that has one."""
    found = model.select(model._meta.primary_key, field).where(field.is_null(False)).tuples()
    return sorted(found, key=repr)
