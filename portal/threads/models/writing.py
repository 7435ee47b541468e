"""Writing a message or a note, once, with its files, and the fact of it on record."""

import datetime as dt

from portal.core import canonical, clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.threads.models.words import Message, MessageFile, Note, NoteFile, on

UNSHARED = "The client knows nothing of it yet. Once it is sent, you can write to them here."
AGAIN_SECONDS = 60  # The same again within it is one press too many, not a second message.
FILES = {Message: MessageFile, Note: NoteFile}


def reply(topic, *, by, text, is_question=False, files=()):
    """Post a message that both sides read, and return it.

    Raises DomainError without words, Conflict while the client knows nothing of the topic.
    `is_question` says that the studio waits for the client's answer; `files` were kept before.
    """
    with topic.project.change():
        if not topic.is_shared:
            raise Conflict(UNSHARED)
        asks = is_question and by.is_studio
        message, is_new = _write(Message, topic, by, text, files, is_question=asks)
        if is_new:
            _attach(message, files)
            _record(Verb.MESSAGE_POSTED, topic, message, files)
            topic.replied(message)
    return message


def note(topic, *, by, text, files=()):
    """Write a note that only the studio reads, and return it. Raises DomainError without words."""
    if not by.is_studio:
        raise ValueError("a note is the studio's own")
    with topic.project.change():
        written, is_new = _write(Note, topic, by, text, files)
        if is_new:
            _attach(written, files)
            _record(Verb.NOTE_WRITTEN, topic, written, files)
    return written


def say(topic, *, by, text, did):
    """Put a deed into the thread, with the words it was done with, and return the message.

    Call it inside the change that does it: the deed is the fact on record and sends the letters.
    """
    db.check_inside()
    return _add(Message, topic, _last(Message, topic), by, text, did=did)


def worded(text):
    """Return the text as it is kept. Raises DomainError if nothing of it is left."""
    text = plain(text).strip()
    if not text:
        raise DomainError("Write something first.")
    return text


def _write(model, topic, by, text, files, **more):
    text = worded(text)
    last = _last(model, topic)
    if last and _is_again(last, by, text) and _brings(last, files):
        return last, False
    return _add(model, topic, last, by, text, **more), True


def _last(model, topic):
    return on(model, topic).order_by(model.number.desc()).first()


def _add(model, topic, last, by, text, **more):
    return model.create(
        project=topic.project,
        subject_kind=topic.KIND,
        subject_number=topic.number,
        number=last.number + 1 if last else 1,
        author=by,
        text=text,
        **more,
    )


def _is_again(last, by, text):
    since = clock.now() - dt.timedelta(seconds=AGAIN_SECONDS)
    return last.author_id == by.id and last.text == text and last.posted_at >= since


def _brings(written, files):
    """Answer whether exactly these files came with it: "here it is" is said of each of several."""
    return {file.blob_id for file in written.files} == {file.blob.id for file in files}


def _attach(written, files):
    for file in files:
        FILES[type(written)].create(
            written=written, blob=file.blob, small=file.small, name=file.name
        )


def _record(verb, topic, written, files):
    facts = {"message": written.number, "text_sha256": canonical.sha256(written.text)}
    if files:
        facts["files_sha256"] = [file.blob.sha256 for file in files]
    record(verb, topic, by=written.author, **facts)
