"""Clients that ask one after the other, and what their waiting was like."""

import http.client
import math
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from urllib.parse import urlsplit

LONGER = 4  # Its p99 is a promise: of fewer than a hundred it would be the slowest one.
ROUNDS = 4  # The machine's speed swings within a minute, so what is compared takes turns.


@dataclass(frozen=True)
class Outcome:
    """How many were asked and how many a second, and how long one took, in milliseconds."""

    asked: int
    per_second: float
    p50_ms: float
    p99_ms: float
    errors: int

    @classmethod
    def of(cls, seconds, took, errors):
        took = sorted(took)
        return cls(
            asked=len(took),
            per_second=len(took) / seconds,
            p50_ms=1000 * statistics.median(took),
            p99_ms=1000 * took[math.ceil(len(took) * 0.99) - 1],
            errors=errors,
        )


def run(base_url, requests_of, *, clients, seconds, warm_seconds):
    """Ask for `seconds` with `clients` at once, after a while that does not count.

    `requests_of(n)` yields (method, path, headers, body, expected status) for client n; it may
    end early.
    """
    host = urlsplit(base_url).netloc
    requests = [iter(requests_of(n)) for n in range(clients)]
    _, wrong_before = _at_once(host, requests, warm_seconds)
    started = time.perf_counter()
    times, wrong = _at_once(host, requests, seconds)
    return Outcome.of(time.perf_counter() - started, times, wrong_before + wrong)


def _at_once(host, requests, seconds):
    until = time.perf_counter() + seconds
    with ThreadPoolExecutor(len(requests)) as pool:
        results = list(pool.map(lambda one: ask(host, one, until), requests))
    return [one for times, _ in results for one in times], sum(wrong for _, wrong in results)


def take_turns(base_url, pages, *, headers, seconds, warm_seconds, longer=()):
    """Ask alone for one page after the other, round by round. `pages` are addresses by name.

    Those named in `longer` are asked for four times as long: their slowest counts.
    """
    host = urlsplit(base_url).netloc
    results = {name: [] for name in pages}
    for seconds_each in (warm_seconds, *[seconds / ROUNDS] * ROUNDS):
        for name, path in pages.items():
            asked = repeat(("GET", path, headers, None, 200))
            until = time.perf_counter() + seconds_each * (LONGER if name in longer else 1)
            results[name].append(ask(host, asked, until))
    return {name: _together(rounds) for name, rounds in results.items()}


def _together(rounds):
    """Return the Outcome of rounds; the first was to warm up, only its wrong answers count."""
    took = [one for times, _ in rounds[1:] for one in times]
    return Outcome.of(sum(took), took, sum(wrong for _, wrong in rounds))


def ask(host, requests, until):
    """Return (how long each took, in seconds; how many answers were not as expected)."""
    connection = http.client.HTTPConnection(host, timeout=30)
    times, wrong = [], 0
    while (start := time.perf_counter()) < until and (request := next(requests, None)):
        method, path, headers, body, expected = request
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - start)
        wrong += response.status != expected
    connection.close()
    return times, wrong
