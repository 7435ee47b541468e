"""ChangeOrigin: what a change request came of, a feedback or a pin, named by kind and number.

Those rooms stand above this one, so each says itself how its things read and look:

    @origin("pin")
    def pins(project, numbers):
        return {4: Told("The tide table is too small", pictures=(…)), …}
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import peewee

from portal.core import db
from portal.threads.topic import TOPICS

ORIGINS: dict[str, Callable[..., dict[int, "Told"]]] = {}
WORDS_CHARACTERS = 200  # Of what it says; the whole stands where the link leads.


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture a thing was said on, by the hash of what was shown of it."""

    sha256: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a thing says, in a line, and the pictures it was said with or on."""

    words: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin as its readers see it."""

    kind: str
    number: int
    words: str
    pictures: tuple[Picture, ...]

    @property
    def label(self):
        """pin 4"""
        return f"{TOPICS[self.kind].NOUN} {self.number}"

    def path(self, slug):
        return TOPICS[self.kind].path_of(slug, self.number)

    def facts(self):
        """Return it in the canonical values of a snapshot."""
        shown = [dataclasses.asdict(picture) for picture in self.pictures]
        return {"kind": self.kind, "number": self.number, "words": self.words, "pictures": shown}

    @classmethod
    def read(cls, facts):
        """Return the origin that a snapshot tells of."""
        shown = tuple(Picture(**picture) for picture in facts["pictures"])
        return cls(facts["kind"], facts["number"], facts["words"], shown)


def origin(kind):
    """Register `function(project, numbers) -> {number: Told}` for one kind of topic.

    It tells only of what both sides may see.
    """

    def register(function):
        ORIGINS[kind] = function
        return function

    return register


class ChangeOrigin(db.Model):
    """One thing that a change request came of."""

    change = peewee.DeferredForeignKey("ChangeRequest", backref="came_of", on_delete="CASCADE")
    kind = peewee.CharField(max_length=40)  # Of a topic: "feedback", "pin".
    number = peewee.IntegerField()

    class Meta:
        indexes = ((("change", "kind", "number"), True), (("kind", "number"), False))

    @classmethod
    def keep(cls, change, topics):
        """Say what a change request came of, each thing once. Call it inside `change()`."""
        named = dict.fromkeys((topic.KIND, topic.number) for topic in topics)
        for kind, number in named:
            cls.create(change=change, kind=kind, number=number)


def origins_of(change):
    """Return what a change request came of, in the order it was named, in what it says now."""
    kept = change.kept_origins
    numbers: dict[str, list[int]] = {}
    for row in kept:
        numbers.setdefault(row.kind, []).append(row.number)
    told: dict[str, Any] = {
        kind: ORIGINS[kind](change.project, wanted) if kind in ORIGINS else {}
        for kind, wanted in numbers.items()
    }
    found = [(row, told[row.kind].get(row.number)) for row in kept]
    return [
        Origin(row.kind, row.number, said.words[:WORDS_CHARACTERS], said.pictures)
        for row, said in found
        if said
    ]
