"""What each filter means, for the studio and for a client."""

import pytest

from portal.core.filters import READER, Reader
from portal.feedback.models import Handling
from portal.feedback.words import Kind, Severity, VerdictKind
from portal.search import guide, queries
from portal.search.filters import MEANINGS
from portal.search.typed import FILTERS, parse
from tests import make


@pytest.fixture
def finds(cast):
    """`finds("is:new", by=cast.vic)` are the numbers of the feedback that are found."""

    def found(text, by=cast.sam):
        rows, _ = queries.search(by, parse(text))
        return {row.number for row in rows if row.kind == "feedback"}

    return found


@pytest.fixture
def items(cast, at):
    """1 is new, 2 is a defect in Sam's hands, 3 is contested, 4 sleeps, 5 is done."""
    filed = []
    for day in range(1, 6):
        at(f"2026-03-0{day} 09:00")
        kind = Kind.PRAISE if day == 5 else Kind.COMPLAINT
        filed.append(make.feedback(cast.project, by=cast.vic, kind=kind, text=f"Door {day}"))
    make.verdict(filed[1], by=cast.sam, kind=VerdictKind.DEFECT)
    filed[1].assign(cast.sam, by=cast.sam)
    make.verdict(filed[2], by=cast.sam, kind=VerdictKind.OUT_OF_SCOPE)
    filed[2].contest(by=cast.vic, reason="It was in the contract.")
    asleep = at("2026-03-06 09:00").replace(year=2027)
    Handling.update(wakes_at=asleep, severity=Severity.HIGH).where(
        Handling.feedback == filed[3]
    ).execute()
    filed[4].resolve(by=cast.sam)
    filed[4].verify(by=cast.vic)
    return filed


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("is:new", {1, 4}),
        ("is:contested", {3}),
        ("is:snoozed", {4}),
        ("is:done", {5}),
        ("is:verified", {5}),
        ("-is:done", {1, 2, 3, 4}),
        ("verdict:defect", {2}),
        ("verdict:out-of-scope", {3}),
        ('verdict:"out of scope"', {3}),
        ("verdict:out verdict:defect", {2, 3}),
        ("-verdict:defect door", {1, 3, 4, 5}),
        ("severity:high", {4}),
        ("with:me", {2}),
        ("with:sam", {2}),
        ("after:2026-03-04", {4, 5}),
        ("before:2026-03-03", {1, 2}),
        ("after:2026-03-02 before:2026-03-04", {2, 3}),
        ("after:2026-04", set()),
        ("after:2026 door", {1, 2, 3, 4, 5}),
        ("contract", {3}),
    ],
)
def test_each_filter_finds_what_its_name_says(items, finds, typed, numbers):
    assert finds(typed) == numbers


@pytest.mark.parametrize("typed", ["severity:high", "with:sam", "is:snoozed", "is:draft"])
def test_a_client_has_no_filter_for_what_is_the_studios(cast, items, finds, typed):
    name, _, value = typed.partition(":")
    _, remarks = queries.search(cast.cleo, parse(typed))
    _, like_any = queries.search(cast.cleo, parse("colour:red" if name != "is" else "is:red"))

    assert finds(typed, by=cast.cleo) == set()
    assert finds(f"{typed} door", by=cast.cleo) == finds("door", by=cast.cleo) == {1, 2, 3, 4, 5}
    assert [one.replace(f"“{name}:”", "…").replace(f"“{value}”", "…") for one in remarks] == [
        one.replace("“colour:”", "…").replace("“red”", "…") for one in like_any
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("after:yesterday", "“after:” wants a day or a month"),
        ("before:2026-13-01", "“before:” wants a day or a month"),
        ("after:0001-01-01", "“after:” wants a day or a month"),
        ("verdict:maybe", "No verdict is “maybe”."),
        ("severity:awful", "No severity is “awful”."),
        ("has:wings", "Nothing has “wings”."),
        ("with:nobody", "Nobody here is called “nobody”."),
    ],
)
def test_what_a_filter_does_not_know_is_said(cast, items, typed, said):
    _, remarks = queries.search(cast.sam, parse(f"{typed} door"))
    assert remarks
    assert remarks[0].startswith(said)


def test_a_day_of_a_reader_whose_zone_is_unknown_here_is_utcs(items, finds):
    token = READER.set(Reader(zone="Europe/Atlantis"))
    try:
        assert finds("after:2026-03-04") == {4, 5}
    finally:
        READER.reset(token)


def test_the_guide_names_every_filter_a_reader_has(cast):
    assert set(FILTERS) == set(MEANINGS)
    named = {text for text, _ in guide.rules(cast.sam)}
    assert {f"{name}:" for name in FILTERS} <= named

    told = str(guide.rules(cast.cleo) + list(guide.examples(cast.cleo)))
    assert not {"severity", "with:", "snoozed", "draft", "note"} & {
        word for word in ("severity", "with:", "snoozed", "draft", "note") if word in told
    }


def test_every_example_is_understood(cast):
    for reader in (cast.sam, cast.cleo):
        for text, _ in guide.examples(reader):
            assert queries.search(reader, parse(text))[1] == [], text
