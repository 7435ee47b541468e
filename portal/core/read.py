"""Read paths: SQL that is prepared once and answers rows as plain tuples with names.

    waiting = Read("select number, due_on, requested_at from sign_off where project_id = :project")
    for row in waiting.all(project=3): row.due_on

Building a query in an ORM costs more than running it, so a page's reads are written here as SQL
that both databases understand. A column's name says its type: `…_at` is an instant, `…_on` a
date, `is_…` and `has_…` a yes or no.
"""

import datetime as dt
import re
from collections import namedtuple
from collections.abc import Callable
from functools import cached_property
from typing import Any

import peewee

from portal.core import db
from portal.core.clock import UTC

_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")


class Read:
    """One prepared question. Parameters are given by name and always bound, never pasted.

    With `model`, rows come back as instances of it: its own columns as the fields make them,
    any others as plain attributes. With `models`, each row is a tuple of instances, one for
    every alias, whose columns stand in the SQL as `{alias}`:

        Read("select {s}, {u} from session s join user u on …", models={"s": Session, "u": User})
    """

    def __init__(
        self,
        sql: str,
        model: type[peewee.Model] | None = None,
        models: dict[str, type[peewee.Model]] | None = None,
    ) -> None:
        self._written, self.model, self.models = sql, model, models
        self._row: Callable[[Any], Any] | None = None

    @cached_property
    def sql(self) -> str:
        # At first use, not at import: a deferred foreign key has no column until then.
        if not self.models:
            return self._written
        return self._written.format(**{a: _columns(a, m) for a, m in self.models.items()})

    @cached_property
    def _for_postgresql(self) -> str:
        return _PARAMETER.sub(r"%(\1)s", self.sql.replace("%", "%%"))

    def all(self, **parameters: Any) -> list[Any]:
        """Return every row."""
        cursor = self._run(parameters)
        rows = cursor.fetchall()
        if self._row is None:
            self._row = self._maker([column[0] for column in cursor.description])
        make = self._row
        return [make(row) for row in rows]

    def one(self, **parameters: Any) -> Any:
        """Return the first row, or None."""
        rows = self.all(**parameters)
        return rows[0] if rows else None

    def value(self, **parameters: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = self._run(parameters).fetchone()
        return row[0] if row else None

    def _maker(self, names: list[str]) -> Callable[[Any], Any]:
        if self.models:
            return _tuple_maker(list(self.models.values()))
        return _instance_maker(self.model, names) if self.model else _row_maker(names)

    def _run(self, parameters: dict[str, Any]) -> Any:
        sql = self.sql if db.is_sqlite() else self._for_postgresql
        return db.handle.execute_sql(sql, parameters)


def _row_maker(names: list[str]) -> Callable[[Any], Any]:
    row = namedtuple("row", names)  # type: ignore[misc]
    turns = [(i, _TURNS[kind]) for i, name in enumerate(names) if (kind := _kind(name))]
    if not turns:
        return row._make

    def make(values: Any) -> Any:
        values = list(values)
        for i, turn in turns:
            if values[i] is not None:
                values[i] = turn(values[i])
        return row._make(values)

    return make


def _instance_maker(model: type[peewee.Model], names: list[str]) -> Callable[[Any], Any]:
    columns = {field.column_name: field for field in model._meta.sorted_fields}
    own = [(i, columns[name]) for i, name in enumerate(names) if name in columns]
    rest = [(i, name) for i, name in enumerate(names) if name not in columns]

    def make(values: Any) -> Any:
        instance = model.__new__(model)
        instance.__data__ = {field.name: field.python_value(values[i]) for i, field in own}
        instance.__rel__ = {}
        instance._dirty = set()  # type: ignore[attr-defined]
        for i, name in rest:
            turn = _TURNS.get(_kind(name) or "")
            value = values[i]
            setattr(instance, name, turn(value) if turn and value is not None else value)
        return instance

    return make


def _columns(alias: str, model: type[peewee.Model]) -> str:
    fields = model._meta.sorted_fields
    return ", ".join(f'{alias}."{field.column_name}"' for field in fields)


def _tuple_maker(models: list[type[peewee.Model]]) -> Callable[[Any], Any]:
    makers, start = [], 0
    for model in models:
        names = [field.column_name for field in model._meta.sorted_fields]
        makers.append((start, start + len(names), _instance_maker(model, names)))
        start += len(names)
    return lambda values: tuple(make(values[a:b]) for a, b, make in makers)


def _kind(name: str) -> str | None:
    if name.endswith(("_at", "_on")):
        return name[-2:]
    return "is" if name.startswith(("is_", "has_")) else None


def _instant(value: Any) -> dt.datetime:
    at = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return at.astimezone(UTC)


def _day(value: Any) -> dt.date:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value


_TURNS: dict[str, Callable[[Any], Any]] = {"at": _instant, "on": _day, "is": bool}
