"""What the pages of feedback read. Nothing here names a table that only the studio may know.

The studio's own reads stand in `desk.py`.
"""

from dataclasses import dataclass
from datetime import datetime

from portal.access.models import User
from portal.core.paging import PAGE_ROWS, page
from portal.core.read import Read
from portal.feedback.models import Feedback, FeedbackPicture
from portal.feedback.words import StepKind, VerdictKind
from portal.storage.models import Blob

#: How each entry of a conversation reads, after the name.
DID = {
    "filed": "",
    "message": "",
    "verdict": "gave a verdict",
    "same": "said the same",
    StepKind.CONTESTED: "contested the verdict",
    StepKind.REOPENED: "reopened it",
    StepKind.RESOLVED: "resolved it",
    StepKind.TAKEN_BACK: "took back a verdict",
    StepKind.VERIFIED: "verified it",
}

# A change request is the studio's own until it is sent: only then it has a sign-off.
_ITEM = Read(
    """select f.*, c.name as client_name, pt.number as prototype_number,
              v.version as prototype_version, v.title as prototype_title,
              r.message_number as seen_message,
              (select count(*) from feedback_picture x where x.feedback_id = f.id) as pictured,
              (select o.number from feedback_merge g join feedback o on o.id = g.into_id
               where g.feedback_id = f.id) as merged_into,
              (select max(cr.number) from feedback_change t
               join change_request cr on cr.id = t.change_id
               join sign_off s on s.project_id = cr.project_id and s.kind = 'change'
                              and s.subject_number = cr.number
               where t.feedback_id = f.id) as sent_change
       from feedback f join project p on p.id = f.project_id join client c on c.id = p.client_id
       left join pin_batch b on f.source_kind = 'prototype' and b.project_id = f.project_id
                            and b.number = f.source_number
       left join prototype_version v on v.id = b.version_id
       left join prototype pt on pt.id = v.prototype_id
       left join read_mark r on r.user_id = :reader and r.project_id = f.project_id
                            and r.subject_kind = 'feedback' and r.subject_number = f.number
       where f.project_id = :project and f.number = :number""",
    model=Feedback,
)
_TALK = Read(
    """select u.id, u.name, u.title, u.client_id, u.house_role, t.what, t.word, t.said, t.number,
              t.is_question, t.scope_item, t.happened_at, t.edited_at, t.has_files
       from (select 0 as rank, 0 as number, f.filed_by_id as by_id, 'filed' as what, '' as word,
                    '' as said, false as is_question, 0 as scope_item,
                    f.filed_at as happened_at, null as edited_at, false as has_files
             from feedback f where f.id = :feedback
             union all
             select 1, m.number, m.author_id, 'message', '', m.text, m.is_question, 0, m.posted_at,
                    m.edited_at,
                    exists (select 1 from message_file x where x.written_id = m.id)
             from message m where m.project_id = :project and m.subject_kind = 'feedback'
                              and m.subject_number = :number
             union all
             select 2, g.id, g.by_id, 'verdict', g.kind, g.reason, false, coalesce(i.number, 0),
                    g.given_at, null, false
             from verdict g left join scope_item i on i.id = g.scope_item_id
             where g.feedback_id = :feedback
             union all
             select 3, s.id, s.by_id, s.kind, '', s.words, false, 0, s.taken_at, null, false
             from feedback_step s where s.feedback_id = :feedback
             union all
             select 4, o.number, o.filed_by_id, 'same', '', '', false, 0, g.merged_at, null, false
             from feedback_merge g join feedback o on o.id = g.feedback_id
             where g.into_id = :feedback) t
       join "user" u on u.id = t.by_id
       order by t.happened_at, t.rank, t.number""",
    model=User,
)
_PICTURES = Read(
    """select {p}, {b}, {s} from feedback_picture p join blob b on b.id = p.blob_id
       join blob s on s.id = p.small_id where p.feedback_id = :feedback order by p.id""",
    models={"p": FeedbackPicture, "b": Blob, "s": Blob},
)
_LIST = Read(
    """select f.number, f.kind, f.status, f.turn, f.is_contested, f.text, f.filed_at,
              u.name as filed_by, g.kind as verdict, g.reason,
              (select o.number from feedback_merge g join feedback o on o.id = g.into_id
               where g.feedback_id = f.id) as merged_into
       from feedback f join "user" u on u.id = f.filed_by_id
       left join verdict g on g.id = (select max(n.id) from verdict n where n.feedback_id = f.id)
       where f.project_id = :project and f.number < :before
         and case :show when 'done' then f.turn = 'nobody' when 'yours' then f.turn = 'client'
             else f.turn <> 'nobody' end
       order by f.number desc limit :rows"""
)
_COUNTS = Read(
    """select count(case when turn <> 'nobody' then 1 end) as open_,
              count(case when turn = 'nobody' then 1 end) as done,
              count(case when turn = 'client' then 1 end) as yours
       from feedback where project_id = :project"""
)
_NEWEST = 2**31 - 1


@dataclass(frozen=True)
class Entry:
    """One line of the conversation about a feedback."""

    what: str  # "filed", "message", "verdict", "same", or a StepKind.
    did: str
    author: User
    text: str
    number: int
    at: datetime
    verdict: VerdictKind | None = None
    scope_item: int | None = None  # The number of the item that a verdict is measured by.
    is_question: bool = False
    edited_at: datetime | None = None
    has_files: bool = False


def item(project, number, reader):
    """Return the feedback of that number with what its page says of it, or None.

    `seen_message` is how far the reader has read its messages; None: not a word.
    """
    found = _ITEM.one(project=project.id, number=number, reader=reader.id)
    if found:
        found.project = project
    return found


def talk(item):
    """Return the conversation about it, oldest first. The filing comes first."""
    rows = _TALK.all(feedback=item.id, project=item.project_id, number=item.number)
    return [_entry(row) for row in rows]


def pictures(item):
    """Return its pictures with their contents: `blob` as sent, `small` to show."""
    rows = _PICTURES.all(feedback=item.id)
    for picture, blob, small in rows:
        picture.blob, picture.small = blob, small
    return [picture for picture, _, _ in rows]


def listed(project, *, show="", before=None):
    """Return a page of a project's feedback, the newest first: what is open, `done` or `yours`.

    `yours` is what the client has to act on next.
    """
    rows = _LIST.all(
        project=project.id,
        before=before or _NEWEST,
        show=show,
        rows=PAGE_ROWS + 1,
    )
    return page(rows, lambda row: row.number)


def counts(project):
    """Return how much is open, how much is done, and how much of the open is the client's turn."""
    return _COUNTS.one(project=project.id)


def _entry(row):
    return Entry(
        what=row.what,
        did=DID[row.what],
        author=row,
        text=row.said,
        number=row.number,
        at=row.happened_at,
        verdict=VerdictKind(row.word) if row.word else None,
        scope_item=row.scope_item or None,
        is_question=row.is_question,
        edited_at=row.edited_at,
        has_files=row.has_files,
    )
