"""Clients that ask one after the other, and what their waiting was like."""

import http.client
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Outcome:
    """Requests per second, and how long a request took, in milliseconds."""

    per_second: float
    p50_ms: float
    p99_ms: float
    errors: int


def run(base_url, requests_of, *, clients, seconds):
    """Ask for `seconds` with `clients` at once.

    `requests_of(n)` yields (method, path, headers, body, expected status) for client n; it may
    end early.
    """
    host = urlsplit(base_url).netloc
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        jobs = [pool.submit(ask, host, requests_of(n), started + seconds) for n in range(clients)]
        took, errors = [], 0
        for job in jobs:
            times, wrong = job.result()
            took += times
            errors += wrong
    elapsed = time.perf_counter() - started
    took.sort()
    return Outcome(
        per_second=len(took) / elapsed,
        p50_ms=1000 * statistics.median(took),
        p99_ms=1000 * took[int(len(took) * 0.99)],
        errors=errors,
    )


def ask(host, requests, until):
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
