"""What a digest says: a sentence for each fact whose letter it carries, read when it leaves."""

import json
from dataclasses import dataclass
from itertools import groupby

from portal.access.models import User
from portal.core import dates
from portal.core.read import Read
from portal.ledger.models import Event
from portal.mail.message import late
from portal.mail.models import Letter
from portal.notices import bounced, ways_out  # noqa: F401 - they register what they say of letters.
from portal.notices.batches import DIGEST
from portal.notices.feed import in_words
from portal.notices.registry import ASIDES, Aside

QUOTE_CHARS = 280  # Enough to know what it is about; the rest is behind its link.

_CARRIED = Read(
    """select e.id, e.chain, e.seq, e.line, e.verb, e.project_id, e.is_internal, e.subject_kind,
              e.subject_number, e.actor, e.actor_id, e.at, e.id as row_key, i.json as facts,
              l.id as letter_id, l.template, l.context, p.slug, p.name as project_name
       from letter l join event e on e.id = l.event_id
       join project p on p.id = l.project_id
       join membership m on m.project_id = l.project_id and m.user_id = l.user_id
       join "user" u on u.id = l.user_id
       left join identity i on i.commitment = e.actor
       where u.disabled_at is null and l.user_id = :person
         and (u.house_role is not null or not e.is_internal)
         and (l.carried_by_id = :digest or l.carried_by_id in
              (select c.id from letter c where c.carried_by_id = :digest))
       order by p.name, p.id, e.id""",
    model=Event,
)


@dataclass(frozen=True)
class News:
    """One fact in a digest."""

    who: str
    does: str
    what: str
    path: str
    more: str
    title: str
    quote: str
    when: str  # "12 March 2026, 10:47", where its reader is.
    aside: Aside | None  # What its own letter would have asked besides.


@late(DIGEST)
def digest(context):
    """Return the news by project; None if the reader may not read of any of it now."""
    letter = context["letter"]
    reader = User.get_by_id(letter.user_id)
    carried = _CARRIED.all(person=reader.id, digest=letter.id)
    projects = [_project(list(rows), reader) for _, rows in groupby(carried, _project_id)]
    if not projects:
        return None
    return {"projects": projects, "count": len(carried)}


def _project_id(event):
    return event.project_id


def _project(events, reader):
    entries = in_words(events, events[0].slug, reader)
    news = [_news(event, entry, reader) for event, entry in zip(events, entries, strict=True)]
    path = f"/projects/{events[0].slug}"
    return {"name": events[0].project_name, "path": path, "news": news}


def _news(event, entry, reader):
    said, says = json.loads(event.context), entry.says
    around = (says.more, entry.person) if says.what else (entry.person, says.more)
    return News(
        who=entry.who,
        does=says.does,
        what=says.what,
        path=said.get("path") or says.path,
        more=" ".join(filter(None, around)),
        title=said.get("title", ""),
        quote=_quote(said.get("text") or said.get("reason") or said.get("words") or ""),
        when=dates.instant(event.at, reader.zone, reader.locale),
        aside=_aside(event),
    )


def _aside(carried):
    ask = ASIDES.get(carried.template)
    return ask(Letter.get_by_id(carried.letter_id)) if ask else None


def _quote(text):
    """Return the beginning of what somebody wrote, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= QUOTE_CHARS else f"{line[:QUOTE_CHARS].rstrip()}…"
