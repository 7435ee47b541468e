"""The first migration's frozen classes make what the models make, to the letter."""

from portal.core import db, migrations
from portal.rooms import ALL_MODELS
from tests import freeze

SQLITE = "select name, sql from sqlite_master where type in ('table', 'index') and sql is not null"
POSTGRESQL = """select indexname as name, indexdef as made from pg_indexes
                where schemaname = 'public' union all
                select conname, pg_get_constraintdef(oid) from pg_constraint
                where connamespace = 'public'::regnamespace"""


def test_the_frozen_classes_are_those_of_the_models():
    """Until the first release. After it this test goes, and `0001` stays as it is."""
    frozen = {line for line in freeze.source().splitlines() if line.startswith("class ")}
    assert frozen <= set(freeze.FIRST.read_text().splitlines())


def test_indexes_and_foreign_keys_are_what_the_models_make_of_them(empty_database):
    migrations.up()
    migrated = described()
    migrations.down(migrations.applied()[0])
    db.handle.obj.create_tables(ALL_MODELS)
    assert described() == migrated


def described():
    rows = db.handle.execute_sql(SQLITE if db.is_sqlite() else POSTGRESQL)
    # A deferred foreign key stands where it was resolved, not where it was written.
    return {name: sorted(made.split(", ")) for name, made in rows if "schema_" not in name}
