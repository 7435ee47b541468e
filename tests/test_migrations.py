"""The schema's steps go up, down and up again, and end where the models are."""

import threading

import pytest
from playhouse.schema_diff import diff_models

from portal.core import db, migrations
from portal.rooms import ALL_MODELS

STEPS = sorted(path.stem for path in migrations.FOLDER.glob("[0-9]*.py"))


def test_up_down_and_up_again_ends_where_the_models_are(empty_database):
    assert migrations.up() == STEPS
    migrations.down(STEPS[0])
    assert set(tables()) <= {"schema_migration"}

    migrations.up()

    assert not diff_models(db.handle.obj, ALL_MODELS)
    assert migrations.pending() == []


def test_each_step_down_can_be_taken_alone(empty_database):
    migrations.up()
    for step in reversed(STEPS):
        assert migrations.down() == [step]
        assert migrations.up() == [step]
        migrations.down()


def test_columns_are_what_the_models_make_of_them(database, empty_schema):
    """`diff_models` sees names only; this compares types, lengths, defaults and what may be null."""
    migrated = described()
    empty_schema()
    db.handle.obj.create_tables(ALL_MODELS)
    assert described() == migrated


def test_two_processes_that_start_at_once_migrate_once(empty_database):
    applied = []

    def start():
        applied.append(migrations.up())
        db.handle.obj.close()

    starts = [threading.Thread(target=start) for _ in range(4)]
    for thread in starts:
        thread.start()
    for thread in starts:
        thread.join()
    assert sorted(applied) == [[], [], [], STEPS]


def test_the_ledger_refuses_update_and_delete_after_every_step(empty_database):
    """The SQLite migrator rebuilds a table for some changes and drops its triggers silently."""
    for step in STEPS:
        migrations.up(step)
        assert triggers() >= {"event_no_delete", "event_no_update"}, step


@pytest.fixture
def empty_schema():
    def empty():
        for model in reversed(ALL_MODELS):
            model.drop_table(cascade=not db.is_sqlite())

    return empty


def tables():
    return db.handle.obj.get_tables()


def described():
    return {
        table: sorted(map(column, db.handle.obj.get_columns(table)))
        for table in tables()
        if table != "schema_migration"
    }


def column(meta):
    default = None if "nextval" in str(meta.default) else meta.default
    return (meta.name, str(meta.data_type).lower(), meta.null, default)


def triggers():
    if db.is_sqlite():
        sql = "select name from sqlite_master where type = 'trigger'"
    else:
        sql = "select tgname from pg_trigger where not tgisinternal"
    return {row[0] for row in db.handle.execute_sql(sql)}
