"""Clients that ask one after the other, and what their waiting was like."""

import http.client
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from urllib.parse import urlsplit

ROUNDS = 4  # The machine's speed swings within a minute, so what is compared takes turns.


@dataclass(frozen=True)
class Outcome:
    """Requests per second, and how long a request took, in milliseconds."""

    per_second: float
    p50_ms: float
    p99_ms: float
    errors: int

    @classmethod
    def of(cls, seconds, took, errors):
        took = sorted(took)
        return cls(
            per_second=len(took) / seconds,
            p50_ms=1000 * statistics.median(took),
            p99_ms=1000 * took[int(len(took) * 0.99)],
            errors=errors,
        )


def run(base_url, requests_of, *, clients, seconds):
    """Ask for `seconds` with `clients` at once.

    `requests_of(n)` yields (method, path, headers, body, expected status) for client n; it may
    end early.
    """
    host = urlsplit(base_url).netloc
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        jobs = [pool.submit(ask, host, requests_of(n), started + seconds) for n in range(clients)]
        results = [job.result() for job in jobs]
    took = [one for times, _ in results for one in times]
    return Outcome.of(time.perf_counter() - started, took, sum(wrong for _, wrong in results))


def take_turns(base_url, pages, *, headers, seconds, warm_seconds):
    """Ask alone for one page after the other, round by round. `pages` are addresses by name."""
    host = urlsplit(base_url).netloc
    results = {name: [] for name in pages}
    for seconds_each in (warm_seconds, *[seconds / ROUNDS] * ROUNDS):
        for name, path in pages.items():
            asked = repeat(("GET", path, headers, None, 200))
            results[name].append(ask(host, asked, time.perf_counter() + seconds_each))
    return {name: _together(rounds[1:]) for name, rounds in results.items()}


def _together(rounds):
    took = [one for times, _ in rounds for one in times]
    return Outcome.of(sum(took), took, sum(wrong for _, wrong in rounds))


def ask(host, requests, until):
    """Return (how long each took, in seconds; how many answers were not as expected)."""
    connection = http.client.HTTPConnection(host, timeout=30)
    times, wrong = [], 0
    for method, path, headers, body, expected in requests:
        start = time.perf_counter()
        if start > until:
            break
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - start)
        wrong += response.status != expected
    connection.close()
    return times, wrong
