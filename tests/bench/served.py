"""The real thing, in a process of its own, on a database of its own."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from portal.settings import Settings

PORT = "8765"
PATIENCE_SECONDS = 30


def settings_in(folder, database_url=""):
    """Return the settings of an installation in a folder; the environment has them too."""
    os.environ.update({"PORTAL_DATA": folder, "PORT": PORT, "DATABASE_URL": database_url})
    return Settings.from_env()


class Served:
    """`portal serve`, with the settings that the environment has."""

    def __enter__(self):
        command = [Path(sys.executable).with_name("portal"), "serve"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            if is_listening():
                return self
            time.sleep(0.1)
        self.__exit__()
        raise SystemExit("the server did not start")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE_SECONDS)


def is_listening():
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", int(PORT))) == 0
