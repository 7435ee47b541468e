"""Eight people who may decide, and threads that start together."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from portal.access.permissions import Role
from portal.core import db
from portal.core.errors import DomainError
from tests import make

PEOPLE = 8


@pytest.fixture
def crowd(cast):
    people = [make.user(f"Person {n}", client=cast.client) for n in range(PEOPLE)]
    for person in people:
        make.member(person, cast.project, Role.APPROVER)
    return people


@pytest.fixture
def at_once():
    """`at_once(*tasks)` runs them in threads that start together: what each gave, or its refusal."""
    with ThreadPoolExecutor(PEOPLE) as pool:
        yield lambda *tasks: list(pool.map(run, tasks, [Barrier(len(tasks))] * len(tasks)))


def run(task, barrier):
    db.take_connection()
    try:
        barrier.wait()
        return task()
    except DomainError as refusal:
        return refusal
    finally:
        db.handle.obj.close()
