"""What people say: feedback, pins, questions and messages to both sides; notes in the studio."""

from portal.core.read import Read
from portal.feedback.models import Feedback
from portal.search.sources.registry import Found, joined, searchable

_FEEDBACK = Read(
    """select f.number, f.text, f.filed_at, f.filed_by_id, f.source_kind,
              (select g.reason from verdict g where g.feedback_id = f.id
               order by g.id desc limit 1) as reason
       from feedback f where f.project_id = :project and f.number between :first and :last"""
)
_PINS = Read(
    """select n.number, n.text, n.author_id, b.published_at
       from pin n join pin_batch b on b.id = n.batch_id
       where n.project_id = :project and n.number between :first and :last"""
)
_QUESTIONS = Read(
    """select number, title, text, asked_at, author_id from line_question
       where project_id = :project and number between :first and :last"""
)
_WRITTEN = """select subject_number as topic_number, subject_kind, number, text, posted_at, author_id
    from {table} where project_id = :project and subject_number between :first and :last"""
_MESSAGES, _NOTES = (Read(_WRITTEN.format(table=table)) for table in ("message", "note"))


@searchable("feedback")
def feedback(project_id, first, last):
    for row in _FEEDBACK.all(project=project_id, first=first, last=last):
        item = Feedback(text=row.text)
        rest = "" if row.source_kind == "prototype" else item.rest  # Its pins are found themselves.
        text = joined(rest, row.reason)
        yield Found(row.number, item.title, text, row.filed_at, row.filed_by_id)


@searchable("pin")
def pin(project_id, first, last):
    for row in _PINS.all(project=project_id, first=first, last=last):
        yield Found(row.number, "", row.text, row.published_at, row.author_id)


@searchable("line_question")
def line_question(project_id, first, last):
    for row in _QUESTIONS.all(project=project_id, first=first, last=last):
        yield Found(row.number, row.title, row.text, row.asked_at, row.author_id)


@searchable("message")
def message(project_id, first, last):
    yield from written(_MESSAGES, project_id, first, last)


@searchable("note", is_internal=True)
def note(project_id, first, last):
    yield from written(_NOTES, project_id, first, last)


def written(read, project_id, first, last):
    for row in read.all(project=project_id, first=first, last=last):
        yield Found(
            row.topic_number,
            "",
            row.text,
            row.posted_at,
            row.author_id,
            part=row.number,
            topic=row.subject_kind,
        )
