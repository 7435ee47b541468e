"""What was asked at each place of a sign-off, and what was said to it: for its page, its record."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from portal.access.models import User
from portal.access.permissions import Permission, Role
from portal.core import canonical
from portal.core.read import Read
from portal.signoff.models import Ask, LineQuestion
from portal.signoff.models.questions import awaited
from portal.threads import audience, mentions
from portal.threads.models import Message

_TALK = Read(
    """select {q}, {a}, {m}, {w} from line_question q join "user" a on a.id = q.author_id
       left join message m on m.project_id = q.project_id
            and m.subject_kind = 'line_question' and m.subject_number = q.number
       left join "user" w on w.id = m.author_id
       where q.project_id = :project and q.kind = :kind and q.subject_number = :number
         and q.version <= :version
       order by q.number, m.number""",
    models={"q": LineQuestion, "a": User, "m": Message, "w": User},
)


@dataclass(frozen=True)
class Exchange:
    """One question with what was said to it, oldest first. Each row has its `author`."""

    question: LineQuestion
    messages: list[Message]

    @property
    def words(self):
        """Everything that was written, the question first: (who, text, when)."""
        first = (self.question.author, self.question.text, self.question.asked_at)
        return [first, *((one.author, one.text, one.posted_at) for one in self.messages)]

    @property
    def hashes(self):
        """The SHA-256 (hex) of each of its words."""
        return [canonical.sha256(text) for _, text, _ in self.words]


def about(sign_off):
    """Return what was asked about it up to this version: one query, whatever there is."""
    found = {}
    rows = _TALK.all(
        project=sign_off.project_id,
        kind=sign_off.kind,
        number=sign_off.subject_number,
        version=sign_off.version,
    )
    for question, asker, message, writer in rows:
        question.author = asker
        asked = found.setdefault(question.id, Exchange(question, []))
        if message.id is not None:
            message.author = writer
            asked.messages.append(message)
    return list(found.values())


def hashes(sign_off):
    """Return the SHA-256 (hex) of every question and answer that stands on its page now."""
    return [sha256 for asked in about(sign_off) for sha256 in asked.hashes]


def at_signing(decision):
    """Return what was asked and said before a decision: [Exchange, …], as its record holds it.

    What the record has no hash of was said later, or is not what was said then: it is left out.
    """
    left, stood = Counter(decision.receipts.get().facts.get("questions")), []
    for one in about(decision.sign_off):
        is_asked, *are_said = [_take(left, sha256) for sha256 in one.hashes]
        if is_asked:
            said = zip(one.messages, are_said, strict=True)
            stood.append(Exchange(one.question, [message for message, is_kept in said if is_kept]))
    return stood


def _take(left, sha256):
    is_there = left[sha256] > 0
    left[sha256] -= is_there
    return is_there


def is_copied(reader, addressees):
    """Answer whether a person got a copy: then they read, and neither ask nor answer."""
    return any(one.user_id == reader.id and one.ask == Ask.COPY for one in addressees)


class Talk:
    """The questions of one page, for one reader. Nothing in it leads to what only the studio knows."""

    def __init__(self, sign_off, reader, role, addressees):
        self.sign_off, self.reader, self.role = sign_off, reader, role
        self.addressees = addressees

    @cached_property
    def places(self):
        """What can be asked about in this version: {"line-7": "Recording day"}."""
        return self.sign_off.subject_class.places(self.sign_off.shown)

    @cached_property
    def asked(self):
        return about(self.sign_off)

    def at(self, place):
        """Return what was asked at a place; with the whole, what has no line here any more."""
        if place:
            return [one for one in self.asked if one.question.place == place]
        return [one for one in self.asked if one.question.place not in self.places]

    def reading_path(self, asked):
        """Return where it is told that a question's last answer was before somebody's eyes."""
        thread = f"threads/{LineQuestion.KIND}/{asked.question.number}"
        last = asked.messages[-1].number
        return f"/projects/{self.sign_off.project.slug}/{thread}/readings?message={last}"

    def title(self, place):
        return self.places.get(place) or self.sign_off.title

    @property
    def open_count(self):
        return sum(one.question.is_open for one in self.asked)

    @property
    def is_live(self):
        """False for a preview, and once the project is closed: then it is only read."""
        return self.sign_off.id is not None and self.sign_off.project.closed_at is None

    @property
    def may_ask(self):
        may = self.role.may(Permission.QUESTION_ASK) and not is_copied(self.reader, self.addressees)
        return may and self.is_live and self.sign_off.is_open

    @property
    def may_reply(self):
        may = self.role.may(Permission.MESSAGE_WRITE)
        return may and self.is_live and not is_copied(self.reader, self.addressees)

    @cached_property
    def people(self):
        return audience.readers(LineQuestion, self.sign_off.project)

    @property
    def names(self):
        """Who can be named with an @."""
        return mentions.of_message(self.people)

    @property
    def told_of_question(self):
        """Who is mailed a new question: names as a sentence lists them."""
        return audience.names([one.name for one in self.people if one.role == Role.PRODUCER])

    def told_of_reply(self, asked):
        """Who is mailed what this reader replies to it: names as a sentence lists them."""
        told = audience.of_reply(
            self.people,
            by=self.reader,
            starters=self._awaited | {asked.question.author_id},
            writers={one.author_id for one in asked.messages},
        )
        return audience.names([one.name for one in told])

    @cached_property
    def _awaited(self):
        return awaited(self.sign_off) if self.reader.is_studio else set()
