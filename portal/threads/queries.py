"""What a page of a thread reads. Nothing here names a table that only the studio may know.

The studio's own reads stand in `desk.py`.
"""

from portal.access.models import User
from portal.core.read import Read
from portal.storage.models import Blob
from portal.threads.models import Message, MessageFile

ROWS = 50  # What is read in one sitting; the rest is a page further.
NEWEST = 2**31 - 1

_MESSAGES = Read(
    """select {m}, {u} from message m join "user" u on u.id = m.author_id
       where m.project_id = :project and m.subject_kind = :kind and m.subject_number = :number
         and m.number < :before order by m.number desc limit :rows""",
    models={"m": Message, "u": User},
)
_FILES = Read(
    """select {f}, {b}, {s} from message m join message_file f on f.written_id = m.id
       join blob b on b.id = f.blob_id left join blob s on s.id = f.small_id
       where m.project_id = :project and m.subject_kind = :kind and m.subject_number = :number
         and m.number >= :first and m.number < :before order by f.id""",
    models={"f": MessageFile, "b": Blob, "s": Blob},
)
_ALL_FILES = Read(
    """select {f}, {b}, {s}, {m} from message m join message_file f on f.written_id = m.id
       join blob b on b.id = f.blob_id left join blob s on s.id = f.small_id
       where m.project_id = :project and m.subject_kind = :kind and m.subject_number = :number
       order by f.id""",
    models={"f": MessageFile, "b": Blob, "s": Blob, "m": Message},
)
_MARK = Read(
    """select r.message_number, r.note_number from read_mark r
       where r.user_id = :user and r.project_id = :project
         and r.subject_kind = :kind and r.subject_number = :number"""
)


def messages(topic, before=NEWEST, rows=ROWS):
    """Return the newest messages before that number, oldest first, each with author and files."""
    return written(_MESSAGES, _FILES, topic, before, rows)


def files(topic):
    """Return the files of all messages of a topic, by the number of the message."""
    return by_number(_ALL_FILES.all(**about(topic)))


def by_number(rows):
    """Return files by the number of what they came with; a row is (file, blob, small, words)."""
    found = {}
    for file, blob, small, words in rows:
        file.blob, file.small = blob, small if small.id else None
        found.setdefault(words.number, []).append(file)
    return found


def mark(topic, reader):
    """Return how far a person has read: message_number and note_number; None: not a word."""
    return _MARK.one(user=reader.id, **about(topic))


def written(read, files, topic, before, rows=ROWS):
    """Return what these two reads give of a topic, put together, in the order of writing."""
    found = read.all(before=before, rows=rows, **about(topic))[::-1]
    for one, author in found:
        one.author, one.attached = author, []
    if found:
        by_id = {one.id: one for one, _ in found}
        first = found[0][0].number
        for file, blob, small in files.all(first=first, before=before, **about(topic)):
            file.blob, file.small = blob, small if small.id else None
            by_id[file.written_id].attached.append(file)
    return [one for one, _ in found]


def about(topic):
    return {"project": topic.project_id, "kind": topic.KIND, "number": topic.number}
