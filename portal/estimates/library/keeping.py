"""From an estimate to a template: what would be kept, and where it still names the client."""

import re
from copy import deepcopy
from dataclasses import dataclass

from portal.access.permissions import Role
from portal.core.errors import DomainError
from portal.estimates.difference import taxes_in_words
from portal.estimates.library import outline
from portal.estimates.models import EstimateTemplate

TELLING_CHARACTERS = 4  # A shorter word of a name stands in too many others.
#: Words of company names that tell nobody who it is.
LEGAL = frozenset(
    ["gmbh", "b.v.", "n.v.", "ltd", "limited", "inc", "company", "group", "holding", "stichting"]
)
NOTHING_KEPT = "Keep at least one line: a template without lines is nothing to begin with."


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text that a template would keep. `names` are words of the client found in it."""

    key: str  # What a form calls it: section-1, line-7, payments, taxes.
    text: str
    note: str
    names: tuple[str, ...]
    line: dict | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What of an outline its keeper ticked."""

    keys: frozenset[str]  # Of the texts above.
    has_notes: bool
    has_prices: bool


def texts(whole, names):
    """Return the Texts of an outline, in order: each section, then its lines; payments and taxes last."""
    found = []
    for key, text, note, line in _pieces(whole):
        said = _found(f"{text}\n{note}", names)
        found.append(Text(key, text, note, said, line))
    return found


def names_of(project):
    """Return the words that tell whose project it is: of the client, its people, the project."""
    client = project.client
    people = project.people(Role.APPROVER, Role.SPONSOR, Role.REVIEWER)
    whole = {client.name, client.legal_name, project.name, *(one.name for one in people)}
    words = {
        word for name in (client.name, client.legal_name) for word in re.split(r"[\s,]+", name)
    }
    telling = {
        word for word in words if len(word) >= TELLING_CHARACTERS and word.casefold() not in LEGAL
    }
    return tuple(sorted(filter(None, whole | telling), key=lambda name: (-len(name), name)))


def kept(whole, choice):
    """Return the outline of a template: what is ticked, and nothing that belongs to one client.

    Title, summary, dates, and terms that were written for the one estimate are never in it.
    Raises DomainError if no line is left.
    """
    result = outline.without_words(deepcopy(whole))
    sections = []
    for at, section in enumerate(result["sections"], 1):
        if f"section-{at}" not in choice.keys:
            section |= {"title": "", "choice": ""}
        lines = enumerate(section["lines"], 1)
        section["lines"] = [
            _kept_line(line, choice) for n, line in lines if f"line-{at}-{n}" in choice.keys
        ]
        sections.append(section)
    result["sections"] = [section for section in sections if section["lines"]]
    if not result["sections"]:
        raise DomainError(NOTHING_KEPT)
    if "payments" not in choice.keys:
        result["payments"] = []
    return result if "taxes" in choice.keys else outline.without_taxes(result)


def save(version, choice, *, name, by):
    """Keep what is ticked of a version as a template, and return it."""
    return EstimateTemplate.keep(kept(outline.of(version), choice), name=name, by=by)


def _kept_line(line, choice):
    if not choice.has_notes:
        line["note"] = ""
    if not choice.has_prices:
        line["rate_minor"] = line["fixed_minor"] = None
    return line


def _pieces(whole):
    for at, section in enumerate(whole["sections"], 1):
        yield f"section-{at}", section["title"], section["choice"], None
        for n, line in enumerate(section["lines"], 1):
            yield f"line-{at}-{n}", line["what"], line["note"], line
    if whole["payments"]:
        yield "payments", ", ".join(payment["what"] for payment in whole["payments"]), "", None
    if whole["taxes"]:
        yield "taxes", taxes_in_words(whole["taxes"]), "", None


def _found(text, names):
    """Return which names stand in a text, the longer ones first and none inside another."""
    found = []
    for name in names:
        is_there = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
        if is_there and not any(name.casefold() in other.casefold() for other in found):
            found.append(name)
    return tuple(found)
