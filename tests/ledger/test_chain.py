"""One fact, one place in one chain, whoever writes at the same time, and never changed again."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

import peewee
import pytest
from playhouse.migrate import SchemaMigrator, migrate

from portal.access.permissions import Role
from portal.core import db
from portal.ledger import promises
from portal.ledger.audit import audit
from portal.ledger.export import Extent
from portal.ledger.models import GENESIS, INSTANCE_CHAIN, SYSTEM, Event, Head, record
from portal.ledger.verbs import Verb
from portal.mail.models import Letter
from portal.projects.models import Client
from tests import make

WRITERS, EACH = 8, 12


# At the same time --------------------------------------------------------------------------------


def from_threads(write):
    """Let `write(writer, turn)` happen in threads that start together, each on its connection."""
    barrier = Barrier(WRITERS)

    def run(writer):
        db.take_connection()
        barrier.wait()
        try:
            for turn in range(EACH):
                write(writer, turn)
        finally:
            db.handle.obj.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(run, range(WRITERS)))


def write_from_threads(*projects):
    """Let each writer record facts about the projects in turn."""

    def write(writer, turn):
        project = projects[(writer + turn) % len(projects)]
        with project.change():
            record(Verb.PROJECT_CREATED, project, by=SYSTEM, writer=writer, turn=turn)

    from_threads(write)


def test_eight_writers_keep_one_unbroken_chain(cast):
    start = Head.get(chain="harbour").seq
    write_from_threads(cast.project)

    events = list(Event.select().where(Event.chain == "harbour").order_by(Event.seq))
    assert [event.seq for event in events] == list(range(1, start + WRITERS * EACH + 1))
    assert [event.prev for event in events[:1]] == [GENESIS]
    assert all(later.prev == earlier.hash for earlier, later in pairwise(events))
    assert audit(Extent()).wrong == []


def test_eight_writers_in_two_projects_keep_both_chains(cast):
    write_from_threads(cast.project, cast.elsewhere)
    assert audit(Extent()).wrong == []


def test_eight_writers_of_what_belongs_to_no_project_keep_its_chain(database):
    """Here no lock of a project makes them queue up."""
    from_threads(lambda writer, turn: Client.add(by=SYSTEM, name=f"Client {writer}/{turn}"))

    assert Head.get(chain=INSTANCE_CHAIN).seq == WRITERS * EACH
    assert audit(Extent()).wrong == []


# Undone ------------------------------------------------------------------------------------------


def test_a_change_that_is_rolled_back_leaves_no_fact_and_no_letter(cast):
    before = ledger_and_letters()
    draft = make.estimate(cast.project, by=cast.sam)
    drafted = ledger_and_letters()
    with pytest.raises(ZeroDivisionError), cast.project.change():
        draft.send(by=cast.sam, deciders=[cast.cleo])
        assert ledger_and_letters() != drafted
        raise ZeroDivisionError
    assert ledger_and_letters() == drafted != before
    assert audit(Extent()).wrong == []


def test_the_chain_goes_on_after_a_change_that_was_rolled_back(cast):
    with pytest.raises(ZeroDivisionError), cast.project.change():
        record(Verb.PROJECT_CREATED, cast.project, by=SYSTEM)
        raise ZeroDivisionError
    with cast.project.change():
        record(Verb.PROJECT_CREATED, cast.project, by=SYSTEM)
    assert audit(Extent()).wrong == []


def ledger_and_letters():
    heads = {head.chain: head.hash for head in Head.select()}
    return heads, Event.select().count(), Letter.select().count()


def test_time_never_goes_back_in_a_chain(cast, at):
    at("2031-05-01 12:00")
    with cast.project.change():
        late = record(Verb.PROJECT_CREATED, cast.project, by=SYSTEM)
    at("2031-04-01 12:00")
    with cast.project.change():
        later = record(Verb.PROJECT_CREATED, cast.project, by=SYSTEM)
    assert later.at == late.at
    assert audit(Extent()).wrong == []


def test_a_fork_cannot_be_stored(cast):
    columns = Event.select().where(Event.chain == "harbour").dicts().first()
    del columns["id"]
    twin = columns | {"seq": 999, "hash": "f" * 64}
    with pytest.raises(peewee.DatabaseError), db.change():
        Event.insert(**twin).execute()


# Never changed -----------------------------------------------------------------------------------

STATEMENTS = {
    "update": "update event set line = '{}' where seq = 1",
    "update of an index": "update event set actor_id = 99",
    "delete": "delete from event where seq = 1",
    "update of nothing that differs": "update event set seq = seq",
}
WAYS_AROUND_SQLITE = (
    "insert or replace into event select * from event where seq = 1",
    """insert or replace into event
       select id + 1000, chain, seq, prev, 'f', line, verb, project_id, is_internal, subject_kind,
              subject_number, actor, actor_id, "at" from event where seq = 1""",
)
WAYS_AROUND_POSTGRESQL = (
    "truncate event cascade",
    """insert into event select * from event where seq = 1
       on conflict (hash) do update set line = '{}'""",
)


@pytest.mark.parametrize("what", STATEMENTS)
def test_the_database_itself_refuses(cast, what):
    with pytest.raises(peewee.DatabaseError, match="append-only"), db.change():
        db.handle.execute_sql(STATEMENTS[what])


def test_there_is_no_way_around_the_refusal(cast):
    for statement in WAYS_AROUND_SQLITE if db.is_sqlite() else WAYS_AROUND_POSTGRESQL:
        with pytest.raises(peewee.DatabaseError, match="append-only"), db.change():
            db.handle.execute_sql(statement)
    assert audit(Extent()).wrong == []


def test_the_model_refuses_too(cast):
    event = Event.get()
    with pytest.raises(TypeError, match="append-only"):
        event.save()
    with pytest.raises(TypeError, match="append-only"):
        event.delete_instance()


def test_nothing_deleted_elsewhere_takes_a_fact_along(cast):
    before = Event.select().count()
    member = make.member(make.user("Ida", client=cast.client), cast.project, Role.REVIEWER)
    member.delete_instance()
    assert Event.select().count() == before + 2  # A person and a membership were added.


# The promises of the database --------------------------------------------------------------------


def test_the_schema_has_every_trigger(database):
    assert promises.missing_triggers() == set()


@pytest.mark.parametrize("name", sorted(promises.SQLITE_TRIGGERS & promises.POSTGRESQL_TRIGGERS))
def test_the_portal_does_not_start_without_a_trigger(database, name):
    db.handle.execute_sql(DROP[name, db.is_sqlite()])
    with pytest.raises(promises.Unsafe, match=name):
        promises.check_start()
    assert f"the database: has no trigger {name}" in audit(Extent()).wrong


DROP = {
    (name, is_sqlite): f"drop trigger {name}" + ("" if is_sqlite else " on event")
    for name in promises.SQLITE_TRIGGERS
    for is_sqlite in (True, False)
}


def test_a_migration_that_rebuilds_the_table_is_noticed(cast):
    """On SQLite some changes of a column make a new table, and its triggers are not copied."""
    if not db.is_sqlite():
        return
    migrate(SchemaMigrator.from_database(db.handle.obj).drop_not_null("event", "subject_number"))
    with pytest.raises(promises.Unsafe, match="event_no_update"):
        promises.check_start()


def test_a_trigger_that_is_switched_off_counts_as_missing(database):
    if db.is_sqlite():
        return
    db.handle.execute_sql("alter table event disable trigger event_no_delete")
    assert promises.missing_triggers() == {"event_no_delete"}


def test_the_portal_does_not_start_on_a_database_that_may_forget(database):
    if db.is_sqlite():
        assert promises.weak_settings() == []
        db.handle.execute_sql("pragma synchronous = normal")
    else:
        db.handle.execute_sql("set synchronous_commit = off")
    with pytest.raises(promises.Unsafe, match="synchronous"):
        promises.check_start()


def test_a_fact_outside_a_change_is_refused_before_it_is_written(cast):
    before = Event.select().count()

    with pytest.raises(RuntimeError):
        record(Verb.PROJECT_CREATED, cast.project, by=SYSTEM)
    assert Event.select().count() == before
