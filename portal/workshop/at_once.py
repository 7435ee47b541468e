"""Runs what is written to wait, where nothing has to be waited for.

An event loop of asyncio opens a pair of sockets, and a child may have none. pyHanko would wait
only for servers of time and of revocation, which we never ask.
"""

import asyncio


def at_once(coroutine):
    """Return what the coroutine returns. Raises RuntimeError if it would wait for something."""
    loop = _Loop()
    try:
        return loop.run_until_complete(coroutine)
    finally:
        loop.close()


class _Loop(asyncio.BaseEventLoop):
    """A loop that is its own selector, and hears of nothing."""

    def __init__(self):
        super().__init__()
        self._selector = self

    def select(self, timeout):
        if timeout is None or timeout > 0:
            raise RuntimeError("this waits for something, and nothing will come")
        return []

    def _process_events(self, event_list):
        return

    def _write_to_self(self):
        return
