"""The ledger of a project in words, newest first, as far as the reader may know it."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from portal.core import dates
from portal.core.filters import READER
from portal.core.paging import PAGE_ROWS, Page, page
from portal.core.read import Read
from portal.ledger.models import SYSTEM, Event, Identity
from portal.notices import sentences
from portal.notices.registry import SENTENCES, Sentence

__all__ = ["Entry", "by_day", "latest", "pages", "sentences"]

ERASED = "Someone"
MACHINE = "The portal"  # A clock did it.
_LAST = 2**62

# A client reads one chain, keyed by its own numbers: the ids of events count the internal ones too.
_CLIENT = Read(
    """select e.id, e.chain, e.seq, e.line, e.verb, e.project_id, e.is_internal, e.subject_kind,
              e.subject_number, e.actor, e.actor_id, e.at, i.json as facts, e.seq as row_key
       from event e left join identity i on i.commitment = e.actor
       where e.chain = :slug and e.seq < :before order by e.seq desc limit :rows""",
    model=Event,
)
_STUDIO = Read(
    """select e.id, e.chain, e.seq, e.line, e.verb, e.project_id, e.is_internal, e.subject_kind,
              e.subject_number, e.actor, e.actor_id, e.at, i.json as facts, e.id as row_key
       from event e left join identity i on i.commitment = e.actor
       where e.project_id = :project and e.id < :before order by e.id desc limit :rows""",
    model=Event,
)


@dataclass(frozen=True)
class Entry:
    """One fact in words."""

    key: int
    who: str
    is_you: bool
    says: Sentence
    person: str  # The name of whom it was done to.
    at: datetime
    on: date  # The day it was, where the reader is.
    is_internal: bool

    @property
    def time(self):
        """09:55 on the reader's clock."""
        return self.at.astimezone(dates.place(READER.get().zone)).strftime("%H:%M")


def latest(project, reader, rows):
    """Return the newest entries of a project."""
    return _entries(project, reader, _LAST, rows)


def pages(project, reader, before=None):
    """Return a page of entries older than the key `before`."""
    entries = _entries(project, reader, before or _LAST, PAGE_ROWS + 1)
    return page(entries, lambda entry: entry.key)


def by_day(entries: Page):
    """Return the entries as (day, [entry, …]), newest first."""
    return [(on, list(group)) for on, group in groupby(entries, lambda entry: entry.on)]


def in_words(events, slug, reader):
    """Return events of one project, each with `facts` of its actor and a `row_key`, as entries."""
    said = [(event, SENTENCES.get(event.verb, plain)(event, slug)) for event in events]
    names = _names({says.person for _, says in said if says.person})
    return [_entry(event, says, names, reader) for event, says in said]


def plain(event, _slug):
    """What is said of a fact without a sentence: a page must not break over a word."""
    return Sentence(f"recorded “{event.verb.replace('.', ' ').replace('_', '-')}”")


def _entries(project, reader, before, rows):
    if reader.is_studio:
        events = _STUDIO.all(project=project.id, before=before, rows=rows)
    else:
        events = _CLIENT.all(slug=project.slug, before=before, rows=rows)
    return in_words(events, project.slug, reader)


def _entry(event, says, names, reader):
    is_you = event.actor_id == reader.id
    return Entry(
        key=event.row_key,
        who="You" if is_you else _name(event.facts, event.actor),
        is_you=is_you,
        says=says,
        person=_you_or(names.get(says.person, ERASED), says.person, reader) if says.person else "",
        at=event.at,
        on=dates.today(event.at, READER.get().zone),
        is_internal=event.is_internal,
    )


def _you_or(name, commitment, reader):
    return "you" if commitment == reader.identity else name


def _name(facts, actor):
    if actor == SYSTEM.identity:
        return MACHINE
    return json.loads(facts)["name"] if facts else ERASED


def _names(commitments):
    """Return names by commitment; erased people are left out."""
    if not commitments:
        return {}
    found = Identity.select(Identity.commitment, Identity.json)
    rows = found.where(Identity.commitment.in_(sorted(commitments))).tuples()
    return {commitment: json.loads(facts)["name"] for commitment, facts in rows}
