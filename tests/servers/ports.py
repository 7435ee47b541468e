"""Ports of this machine: which are free, and whether a server answers on one."""

import socket
import time
from contextlib import ExitStack

PATIENCE_SECONDS = 30


def free(count):
    """Return so many ports that nobody listens on."""
    with ExitStack() as held:
        every = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
        return [held.enter_context(one).getsockname()[1] for one in every]


def answers(port, server):
    """Return once the process `server` listens on the port. Raises RuntimeError if it ended."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{server.args[0]} did not start ({server.poll()})")
