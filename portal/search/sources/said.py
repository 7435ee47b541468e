"""What people say: feedback, pins, questions and messages to both sides; notes in the studio.

The names of the files that came with it are part of what was said.
"""

from collections import defaultdict

from portal.core.read import Read
from portal.feedback.models import Feedback
from portal.search.sources.registry import Found, joined, searchable

_FEEDBACK = Read(
    """select f.number, f.text, f.filed_at, f.filed_by_id, f.source_kind
       from feedback f where f.project_id = :project and f.number between :first and :last"""
)
# What its page says besides: the verdict and its story, the pictures' names.
_BESIDE = Read(
    """select f.number, g.reason as text, 1 as rank, g.id from feedback f
       join verdict g on g.feedback_id = f.id
       where f.project_id = :project and f.number between :first and :last
       union all
       select f.number, s.words, 2, s.id from feedback f
       join feedback_step s on s.feedback_id = f.id
       where f.project_id = :project and f.number between :first and :last
       union all
       select f.number, p.name, 3, p.id from feedback f
       join feedback_picture p on p.feedback_id = f.id
       where f.project_id = :project and f.number between :first and :last
       order by 1, 3, 4"""
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
_WRITTEN = """select id, subject_number as topic_number, subject_kind, number, text, posted_at,
       author_id
    from {table} where project_id = :project and subject_number between :first and :last"""
_FILES = """select x.written_id as number, x.name as text from {table} m
    join {table}_file x on x.written_id = m.id
    where m.project_id = :project and m.subject_number between :first and :last order by x.id"""
_MESSAGES, _NOTES = (
    (Read(_WRITTEN.format(table=table)), Read(_FILES.format(table=table)))
    for table in ("message", "note")
)


@searchable("feedback")
def feedback(project_id, first, last):
    some = {"project": project_id, "first": first, "last": last}
    beside = by_number(_BESIDE, some)
    for row in _FEEDBACK.all(**some):
        item = Feedback(text=row.text)
        rest = "" if row.source_kind == "prototype" else item.rest  # Its pins are found themselves.
        text = joined(rest, *beside[row.number])
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
    yield from written(*_MESSAGES, project_id, first, last)


@searchable("note", is_internal=True)
def note(project_id, first, last):
    yield from written(*_NOTES, project_id, first, last)


def written(read, files, project_id, first, last):
    some = {"project": project_id, "first": first, "last": last}
    names = by_number(files, some)
    for row in read.all(**some):
        yield Found(
            row.topic_number,
            "",
            joined(row.text, *names[row.id]),
            row.posted_at,
            row.author_id,
            part=row.number,
            topic=row.subject_kind,
        )


def by_number(read, some):
    """Return the texts of a read by their numbers, in order."""
    found = defaultdict(list)
    for row in read.all(**some):
        found[row.number].append(row.text)
    return found
