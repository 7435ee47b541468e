"""What the letters about answered and reopened pins say: all that happened until they leave."""

import datetime as dt

from portal.core import clock
from portal.core.read import Read
from portal.mail.message import late
from portal.prototypes.models import PinStatus

PINS_IN_A_LETTER = 20  # The rest is behind its link.

# The last word on each pin of one prototype, if that is such a deed and came since then.
_DEEDS = Read(
    """select p.number, p.text, p.author_id, p.status, m.text as words, m.did, u.name as by_name
       from message m join pin p on p.project_id = m.project_id and p.number = m.subject_number
       join prototype_version v on v.id = p.version_id
       join prototype t on t.id = v.prototype_id join "user" u on u.id = m.author_id
       where m.subject_kind = 'pin' and m.project_id = :project and t.number = :prototype
         and m.posted_at >= :since and m.did = p.status and m.did <> 'verified'
         and not exists (select 1 from message n where n.project_id = m.project_id
                         and n.subject_kind = 'pin' and n.subject_number = m.subject_number
                         and n.did <> '' and n.number > m.number)
       order by p.number"""
)


@late("pins-answered")
def answers(context):
    """The answers to this person's pins that still stand; None if they were all reopened."""
    reader = context["letter"].user_id
    return _pins(row for row in _deeds(context) if row.author_id == reader and row.did != "open")


@late("pins-reopened")
def reopened(context):
    """The pins that are open again; None if they were all answered meanwhile."""
    return _pins(row for row in _deeds(context) if row.did == PinStatus.OPEN)


def _deeds(context):
    letter = context["letter"]
    since = clock.key(dt.datetime.fromisoformat(context["since"]))
    return _DEEDS.all(project=letter.project_id, prototype=letter.subject_number, since=since)


def _pins(rows):
    rows = list(rows)
    if not rows:
        return None
    said = [
        {
            "number": row.number,
            "text": row.text,
            "words": row.words,
            "by": row.by_name,
            "is_no": row.did == PinStatus.WONT_CHANGE,
        }
        for row in rows[:PINS_IN_A_LETTER]
    ]
    return {"pins": said, "count": len(rows), "more": len(rows) - len(said)}
