"""What was measured, as a table to read and as JSON to keep."""

import json
import sys
from dataclasses import asdict

from portal.settings import ROOT

STATIC = "static file"
INBOX = "inbox"
INBOX_P99_MS = 100  # What was promised for ten thousand open items, on two cores.


def report(ladders, carried):
    """Print each ladder and keep all of it. Raises SystemExit if any answer was a wrong one."""
    for title, steps in ladders.items():
        print(f"\n{title}")
        print(
            f"  {'step':<26}{'asked':>7}{'a second':>9}{'p50 ms':>9}{'p99 ms':>9}{'× static':>10}"
        )
        for name, one in steps.items():
            print(line(name, one, steps[STATIC]))
    print(
        f"\na gigabyte: up {carried.up_mb_s:.0f} MB/s, down {carried.down_mb_s:.0f} MB/s; the web "
        f"process holds {carried.before_mb:.0f} MB before, {carried.most_mb:.0f} MB at most"
    )
    for title, steps in ladders.items():
        if INBOX in steps:
            print(f"{title}: {verdict(steps[INBOX])}")
    keep(ladders, carried)
    if any(one.errors for steps in ladders.values() for one in steps.values()):
        raise SystemExit("some answers were not what they should be")


def line(name, one, static):
    wrong = f"  {one.errors} wrong" if one.errors else ""
    times = one.p50_ms / static.p50_ms
    figures = f"{one.asked:>7}{one.per_second:>9.0f}{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}"
    return f"  {name:<26}{figures}{times:>10.1f}{wrong}"


def verdict(inbox):
    """Return whether the inbox opens as fast as was promised, in words."""
    is_kept = inbox.p99_ms <= INBOX_P99_MS
    word = "as promised" if is_kept else "not as promised"
    took = f"{inbox.p99_ms:.0f} ms (p99 of {inbox.asked})"
    return f"the inbox opens in {took}, {word} (at most {INBOX_P99_MS} ms)"


def keep(ladders, carried):
    kept = ROOT / "var" / "bench.json"
    kept.parent.mkdir(exist_ok=True)
    figures = {
        title: {name: asdict(one) for name, one in steps.items()}
        for title, steps in ladders.items()
    }
    kept.write_text(json.dumps({"ladders": figures, "gigabyte": asdict(carried)}, indent=1))
    print(f"kept in {kept.relative_to(ROOT)}", file=sys.stderr)
