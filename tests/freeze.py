"""Write `migrations/0001_initial.py` from the models. Until the first release, never after it:

    python -m tests.freeze

A migration must not import the models, which will have moved on; so each is copied here as a
plain peewee class with the same columns, indexes and foreign keys.
"""

import subprocess
import sys

import peewee

from portal.core import migrations
from portal.rooms import ALL_MODELS
from portal.search.engines import POSTGRESQL_TABLES, SQLITE_TABLES

FIRST = migrations.FOLDER / "0001_initial.py"

HEAD = '''\
"""Every table there was at the first release, and what keeps the ledger from being altered.

Written by `python -m tests.freeze` until that release; never touched again after it.
"""

import peewee


class Instant(peewee.Field):
    """TIMESTAMPTZ on PostgreSQL, ISO text in UTC on SQLite."""

    field_type = "TIMESTAMPTZ"


class Table(peewee.Model):
    class Meta:
        legacy_table_names = False
'''

TAIL = '''\
#: A fact may be added to `event`, and nothing else. SQLite would let `insert or replace` delete
#: a row without telling a trigger, so that has one of its own.
SQLITE_GUARD = (
    """create trigger event_no_update before update on event
       begin select raise(abort, 'the ledger is append-only'); end""",
    """create trigger event_no_delete before delete on event
       begin select raise(abort, 'the ledger is append-only'); end""",
    """create trigger event_no_replace before insert on event
       when exists (select 1 from event where id = new.id or hash = new.hash or
                    (chain = new.chain and (seq = new.seq or prev = new.prev)))
       begin select raise(abort, 'the ledger is append-only'); end""",
)
POSTGRESQL_GUARD = (
    """create or replace function event_is_append_only() returns trigger language plpgsql as
       $$ begin raise exception 'the ledger is append-only'; end $$""",
    """create trigger event_no_update before update on event
       for each row execute function event_is_append_only()""",
    """create trigger event_no_delete before delete on event
       for each row execute function event_is_append_only()""",
    """create trigger event_no_truncate before truncate on event
       for each statement execute function event_is_append_only()""",
)


def up(migrator, db):
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
    is_sqlite = isinstance(db, peewee.SqliteDatabase)
    words = SQLITE_WORDS if is_sqlite else POSTGRESQL_WORDS
    for statement in (*(SQLITE_GUARD if is_sqlite else POSTGRESQL_GUARD), *words):
        db.execute_sql(statement)


def down(migrator, db):
    db.execute_sql("drop table search_words")
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES, safe=False)
    if not isinstance(db, peewee.SqliteDatabase):
        db.execute_sql("drop function event_is_append_only()")
'''

USUAL_LENGTH = 255  # What peewee gives a CharField without a word.
OPTIONS = {"unique": False, "index": False, "null": False, "on_delete": None, "on_update": None}


def source():
    """Return the migration as text."""
    models = in_order(ALL_MODELS)
    names = ", ".join(model.__name__ for model in models)
    words = (
        "#: The words of what can be found: a table that is none of peewee's.\n"
        f"SQLITE_WORDS = {SQLITE_TABLES!r}\nPOSTGRESQL_WORDS = {POSTGRESQL_TABLES!r}\n"
    )
    return "\n\n".join([HEAD, *map(frozen, models), f"TABLES = ({names},)\n", words, TAIL])


def in_order(models):
    """Return the models so that each comes after those it points to.

    `peewee.sort_models` leaves deferred foreign keys out, and so does `create_tables`.
    """
    ordered, waiting = [], list(models)
    while waiting:
        ready = [m for m in waiting if not targets(m) & set(waiting) - {m}]
        if not ready:
            raise ValueError(f"{waiting} point at each other; freeze them by hand")
        ordered += ready
        waiting = [m for m in waiting if m not in ready]
    return ordered


def targets(model):
    return set(model._meta.refs.values())


def frozen(model):
    """Return the source of one model, as it is now."""
    meta = model._meta
    lines = [f"class {model.__name__}(Table):"]
    lines += [
        f"    {field.name} = {field_source(field)}"
        for field in meta.sorted_fields
        if not isinstance(field, peewee.AutoField)
    ]
    options = []
    if meta.table_name != peewee.make_snake_case(model.__name__):
        options.append(f"table_name = {meta.table_name!r}")
    if meta.indexes:
        listed = "".join(f"            {index!r},\n" for index in map(plain_index, meta.indexes))
        options.append(f"indexes = (\n{listed}        )")
    if options:
        lines += ["", "    class Meta:", *(f"        {option}" for option in options)]
    return "\n".join(lines) + "\n"


def field_source(field):
    kind = next(cls for cls in type(field).__mro__ if cls.__module__ == "peewee").__name__
    kind = "Instant" if kind == "Field" else f"peewee.{kind}"
    arguments = []
    if isinstance(field, peewee.ForeignKeyField):
        target = field.rel_model
        arguments.append('"self"' if target is field.model else target.__name__)
        is_plain = field.column_name == f"{field.name}_id" and field.rel_field.primary_key
        arguments += [] if is_plain else [f"column_name={field.column_name!r}"]
    elif field.column_name != field.name:
        arguments.append(f"column_name={field.column_name!r}")
    if getattr(field, "max_length", USUAL_LENGTH) != USUAL_LENGTH:
        arguments.append(f"max_length={field.max_length}")
    if field.constraints or field.collation or field.primary_key:
        raise ValueError(f"{field} has a constraint; freeze it by hand")
    for name, usual in OPTIONS.items():
        value = getattr(field, name, usual)
        if value != usual and not (name == "index" and field.unique):
            arguments.append(f"{name}={value!r}")
    if isinstance(field, peewee.ForeignKeyField) and "index=True" in arguments:
        arguments.remove("index=True")  # A foreign key has one anyway.
    return f"{kind}({', '.join(arguments)})"


def plain_index(index):
    if not isinstance(index, tuple):
        raise ValueError(f"{index} is more than a list of columns; freeze it by hand")
    columns, is_unique = index
    return tuple(columns), is_unique


if __name__ == "__main__":
    FIRST.parent.mkdir(exist_ok=True)
    FIRST.write_text(source())
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", FIRST], check=True)
