"""Redis, with nothing on disk."""

import subprocess
from contextlib import contextmanager

from tests.servers.ports import answers, free


@contextmanager
def running():
    """Run a server; yields its address."""
    (port,) = free(1)
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        answers(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()
