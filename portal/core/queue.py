"""Jobs: work outside the request, in huey's worker.

A job may be lost or run twice, so a job only does what a row already says must be done, and a
sweep in `portal/schedule.py` finds what was missed.
"""

import threading
from collections.abc import Callable
from functools import update_wrapper
from typing import Any

import huey
from huey.serializer import SignedSerializer

from portal.core import db

JOBS: list["Job"] = []
_queue: huey.Huey | None = None
_ending = threading.Event()


class Job:
    """A function that runs in the worker. Call it to run it here; `later()` to queue it."""

    def __init__(self, work: Callable[..., None], options: dict[str, Any]) -> None:
        self.work, self.options = work, options
        self.task: Any = None
        update_wrapper(self, work)
        JOBS.append(self)

    def __call__(self, *ids: int | str) -> None:
        self.work(*ids)

    def later(self, *ids: int | str) -> None:
        """Queue it. Ids go in, never rows: a row is stale by the time the job runs."""
        for value in ids:
            if not isinstance(value, int | str):
                raise TypeError(f"{self.work.__name__}: pass an id, not a {type(value).__name__}")
        if self.task is not None:
            self.task(*ids)

    def in_worker(self, *ids: int | str) -> None:
        with db.handle.obj.connection_context():
            self.work(*ids)


def job(**options: Any) -> Callable[[Callable[..., None]], Job]:
    """Make a job of a function, with huey's task options (retries, retry_delay, …)."""
    return lambda work: Job(work, options)


def heed(ending: threading.Event) -> None:
    """Say by which flag the worker of this process learns that it is to end."""
    global _ending
    _ending = ending


def is_ending() -> bool:
    """True once the worker was told to end: a job stops between two things, a sweep does the rest."""
    return _ending.is_set()


def install(settings: Any) -> huey.Huey:
    """Make the queue of these settings and give every job its task."""
    global _queue
    options: dict[str, Any] = {"name": "countersign", "results": False}
    options["serializer"] = SignedSerializer(secret=settings.secret_key)
    if settings.redis_url:
        _queue = huey.PriorityRedisExpireHuey(url=settings.redis_url, **options)
    elif db.is_sqlite_url(settings.database_url):
        _queue = huey.SqliteHuey(filename=str(settings.data / "queue.db"), fsync=False, **options)
    else:
        _queue = huey.PostgresHuey(dsn=settings.database_url, **options)
    for one in JOBS:
        task = _queue.task(name=f"{one.work.__module__}.{one.work.__name__}", **one.options)
        one.task = task(one.in_worker)
    return _queue


def uninstall() -> None:
    """Let go of the queue: jobs queued from now on are left to the sweep."""
    global _queue
    if _queue is not None:
        _queue.storage.close()
    _queue = None
    for one in JOBS:
        one.task = None
