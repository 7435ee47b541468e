"""The first migration's frozen classes make what the models ask for."""

from portal.core import db, migrations
from portal.rooms import ALL_MODELS
from tests import freeze


def test_the_frozen_classes_are_those_of_the_models():
    """Until the first release. After it this test goes, and `0001` stays as it is."""
    frozen = {line for line in freeze.source().splitlines() if line.startswith("class ")}
    assert frozen <= set(freeze.FIRST.read_text().splitlines())


def test_every_foreign_key_of_a_model_is_one_in_the_database(empty_database):
    """`create_tables` forgets the deferred ones; a migration must not."""
    migrations.up()
    for model in ALL_MODELS:
        asked = {(f.column_name, to._meta.table_name) for f, to in model._meta.refs.items()}
        keys = db.handle.obj.get_foreign_keys(model._meta.table_name)
        assert {(key.column, key.dest_table) for key in keys} == asked, model


def test_every_index_of_a_model_is_one_in_the_database(empty_database):
    migrations.up()
    migrated = indexes()
    migrations.down(migrations.applied()[0])
    db.handle.obj.create_tables(ALL_MODELS)
    assert indexes() == migrated


def indexes():
    return {
        (model.__name__, tuple(index.columns), index.unique)
        for model in ALL_MODELS
        for index in db.handle.obj.get_indexes(model._meta.table_name)
    }
