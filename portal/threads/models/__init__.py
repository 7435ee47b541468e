"""What is written in a thread, how it is written, and how far each person has read."""

from portal.threads.models.editing import EDIT_MINUTES, earlier, edit, is_settled, may_edit
from portal.threads.models.reading import ReadMark, has_read
from portal.threads.models.words import (
    Message,
    MessageEdit,
    MessageFile,
    Note,
    NoteEdit,
    NoteFile,
    on,
)
from portal.threads.models.writing import AGAIN_SECONDS, UNSHARED, note, reply, say

__all__ = [
    "AGAIN_SECONDS",
    "EDIT_MINUTES",
    "UNSHARED",
    "Message",
    "MessageEdit",
    "MessageFile",
    "Note",
    "NoteEdit",
    "NoteFile",
    "ReadMark",
    "earlier",
    "edit",
    "has_read",
    "is_settled",
    "may_edit",
    "note",
    "on",
    "reply",
    "say",
]
