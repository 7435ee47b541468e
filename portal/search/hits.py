"""How one hit reads: what it is, where it is, how it stands, and the words that were found."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from portal.search.words import marked, sentence
from portal.threads.topic import TOPICS

LABELS = {
    "cancellation": "Cancellation {}",
    "change": "Change request {}",
    "estimate": "Estimate {}",
    "feedback": "Feedback {}",
    "line_question": "Question {}",
    "person": "Person",
    "pin": "Pin {}",
    "project": "Project",
    "prototype": "Prototype {}",
    "receipt": "Receipt {}",
    "scope": "Scope item {}",
    "sign_off": "Sign-off {}",
}
#: Where each is read, below its project's address.
PLACES = {
    "cancellation": "cancellations/{}",
    "change": "changes/{}",
    "estimate": "estimates/{}",
    "person": "people",
    "project": "",
    "prototype": "prototypes/{}",
    "scope": "scope/{}",
    "sign_off": "sign-offs/{}",
}
#: The state of a pin or a question: as `ui/status.html` draws it, and in words.
PIN_STATES = {
    "open": ("new", "Open"),
    "addressed": ("resolved", "Addressed"),
    "wont_change": ("declined", "Won’t change"),
    "verified": ("verified", "Verified"),
}
QUESTION_STATES = {"open": ("waiting", "Waiting"), "answered": ("resolved", "Answered")}
GROUPS = {1: "By name", 0: "In what was written"}


@dataclass(frozen=True)
class Hit:
    """One line of what was found. `title` and `sentence` are (piece, is_found) in order."""

    label: str  # Empty where the title says it.
    url: str
    title: list
    sentence: list
    state: str | None
    state_words: str | None
    is_internal: bool
    project: str
    client: str
    person: str
    at: datetime


def grouped(rows, query, reader):
    """Return (heading, [Hit, …]) in order. Without words in the query there is one, without heading."""
    groups = groupby(rows, lambda row: row.in_title)
    return [
        (GROUPS[in_title] if query.terms else "", [hit(row, query, reader) for row in group])
        for in_title, group in groups
    ]


def hit(row, query, reader):
    label = label_of(row)
    state, words = state_of(row)
    said = row.kind in ("message", "note", "pin")
    return Hit(
        label=label if row.title else "",
        url=url_of(row, reader),
        title=marked(row.title, query.terms) if row.title else [(label, False)],
        sentence=sentence(row.text if said else row.text.replace("\n", " · "), query.terms),
        state=state,
        state_words=words,
        is_internal=row.is_internal,
        project=row.project,
        client=row.client if reader.is_studio else "",
        person=row.person if said else "",
        at=row.happened_at,
    )


def label_of(row):
    """Return what it is: "Feedback 12, complaint", "Message, pin 3"."""
    if row.kind in ("message", "note"):
        topic = TOPICS.get(row.topic)
        about = topic.label_of(row.number) if topic else row.topic.replace("_", " ")
        return f"{'Message' if row.kind == 'message' else 'Internal note'}, {about}"
    label = LABELS[row.kind].format(row.number)
    if row.part:
        return f"{label}, draft of version {row.part}"
    return f"{label}, {row.feedback_kind}" if row.feedback_kind else label


def url_of(row, reader):
    """Return where this reader reads it."""
    if row.topic == "feedback" and reader.is_studio:
        return f"/inbox/{row.slug}/{row.number}"
    if row.kind == "receipt":
        return f"/receipts/{row.public_id}"
    if row.topic in TOPICS and row.kind not in PLACES:
        return TOPICS[row.topic].path_of(row.slug, row.number)
    return f"/projects/{row.slug}/{PLACES.get(row.topic, '').format(row.number)}".rstrip("/")


def state_of(row):
    """Return how it stands, as `ui/status.html` draws it, and the words if they are others."""
    if row.kind == "feedback":
        return ("contested" if row.is_contested else row.feedback_status), None
    if row.kind == "pin":
        return PIN_STATES[row.pin_status]
    if row.kind == "line_question":
        return QUESTION_STATES[row.question_status]
    if row.closed_at and row.kind == "project":
        return "superseded", "Closed"
    if row.part and row.kind not in ("message", "note"):
        return "draft", None
    return (row.sign_off_status, None) if row.sign_off_status else (None, None)
