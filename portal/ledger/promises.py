"""What the database has to promise before anybody signs: keep what it confirmed, change nothing."""

from portal.core import db

#: Each refuses what its name says. The newest migration that touches `event` makes them anew.
SQLITE_TRIGGERS = {"event_no_delete", "event_no_replace", "event_no_update"}
POSTGRESQL_TRIGGERS = {"event_no_delete", "event_no_truncate", "event_no_update"}
FULL = 2  # SQLite's number for synchronous=FULL.


class Unsafe(Exception):
    """The database would not keep its word. The message says what to do."""


def check_start():
    """Raise Unsafe, in one sentence, if a decision confirmed now could be lost or altered."""
    missing = missing_triggers()
    if missing:
        raise Unsafe(
            f"The ledger is not protected: {', '.join(sorted(missing))} missing in the database."
            " Run `portal migrate`; if it says there is nothing to do, restore a backup."
        )
    weak = weak_settings()
    if weak:
        raise Unsafe(
            f"The database has {', '.join(weak)}: a power cut could take back a decision that was"
            " confirmed. Change it in the database's configuration and start again."
        )


def missing_triggers():
    """Return the names of the triggers on `event` that are not there, or switched off."""
    if db.is_sqlite():
        sql = "select name from sqlite_master where type = 'trigger' and tbl_name = 'event'"
        return SQLITE_TRIGGERS - _names(sql)
    sql = """select tgname from pg_trigger join pg_class on pg_class.oid = tgrelid
             where relname = 'event' and pg_table_is_visible(pg_class.oid)
             and not tgisinternal and tgenabled in ('O', 'A')"""
    return POSTGRESQL_TRIGGERS - _names(sql)


def weak_settings():
    """Return the settings that trade durability for speed, as the database would say them."""
    if db.is_sqlite():
        level = _value("pragma synchronous")
        return [] if level >= FULL else [f"synchronous={level}, below FULL"]
    names = ("fsync", "full_page_writes", "synchronous_commit")
    values = {name: _value("select current_setting(%s)", name) for name in names}
    return [f"{name}={value}" for name, value in values.items() if value == "off"]


def _names(sql):
    return {row[0] for row in db.handle.execute_sql(sql)}


def _value(sql, *parameters):
    return db.handle.execute_sql(sql, parameters).fetchone()[0]
