"""With REDIS_URL the queue is in Redis: jobs go in by one process and are done by another."""

from dataclasses import replace

import pytest
from huey.exceptions import HueyException

from portal.core import queue
from tests.conftest import let_go_of_the_queue
from tests.servers import redis


@pytest.fixture(scope="module")
def address():
    with redis.running() as address:
        yield address


@pytest.fixture
def install(settings, address):
    """`install()` is the queue as the next process finds it."""
    yield lambda: queue.install(replace(settings, redis_url=address))
    queue._queue.flush()
    let_go_of_the_queue()


def test_what_one_process_queues_another_does(database, install, monkeypatch):
    done = []
    monkeypatch.setattr(queue, "JOBS", [])
    greet = queue.job()(done.append)
    install()
    greet.later(7)
    assert done == []
    found = install()
    found.execute(found.dequeue())
    assert done == [7]
    assert found.dequeue() is None


def test_a_message_that_we_did_not_sign_is_not_run(install):
    found = install()
    found.storage.enqueue(b"anything that somebody put there")
    with pytest.raises((HueyException, ValueError)):
        found.dequeue()
