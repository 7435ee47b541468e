"""What a portal stands on that has outgrown its machine: files in a bucket, jobs in a Redis.

`--storage=s3` and `--queue=redis` put them under every test, as `--database=postgresql` does; one
of each serves the whole run, however many processes share the tests.
"""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from portal.storage.s3 import S3Storage
from tests.servers import redis, seaweed

FOUND = pytest.StashKey[dict]()
#: The settings that differ from those of an installation on one machine.
SETTINGS: dict[str, str] = {}


def add_options(parser):
    parser.addoption("--storage", choices=("folder", "s3"), default="folder", help="Keeps files.")
    parser.addoption("--queue", choices=("database", "redis"), default="database", help="Jobs.")


def configure(config):
    """Start what is asked for, once; every process that shares the tests finds it."""
    if hasattr(config, "workerinput"):
        config.stash[FOUND] = config.workerinput["outgrown"]
    else:
        held = ExitStack()
        config.add_cleanup(held.close)
        config.stash[FOUND] = _started(config, held)
    os.environ.update(config.stash[FOUND]["environment"])
    SETTINGS.update(config.stash[FOUND]["settings"])
    if "storage_url" in SETTINGS:
        SETTINGS["storage_url"] += os.environ.get("PYTEST_XDIST_WORKER", "alone")


def hand_on(node):
    node.workerinput["outgrown"] = node.config.stash[FOUND]


def send_files(data):
    """Bring the files of a story into the bucket again: another test may have let them go."""
    if "storage_url" in SETTINGS:
        store = S3Storage(SETTINGS["storage_url"], data / "files")
        for sha256 in store.near.hashes():
            store.send(sha256)


def _started(config, held):
    environment, settings = {}, {}
    if config.getoption("--storage") == "s3":
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="countersign-s3-")))
        environment = held.enter_context(seaweed.running(folder))
        settings["storage_url"] = f"s3://{seaweed.BUCKET}/"
    if config.getoption("--queue") == "redis":
        settings["redis_url"] = held.enter_context(redis.running())
    return {"environment": environment, "settings": settings}
