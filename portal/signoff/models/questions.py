"""LineQuestion: what a client asks at one place of what they are to sign, and the talk about it.

VersionRequest: the wish for a new version of what was sent.
"""

import datetime as dt
from enum import StrEnum

import peewee

from portal.access.models import Membership, User
from portal.access.permissions import Permission
from portal.core import canonical, clock, db
from portal.core.errors import Conflict, DomainError, Forbidden
from portal.core.fields import EnumField, LineField, ProseField, UTCDateTimeField, plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.signoff.models.addressees import Addressee, Ask
from portal.signoff.models.sign_off import SignOff, SignOffStatus
from portal.signoff.subject import SUBJECTS
from portal.threads.models import AGAIN_SECONDS, reply
from portal.threads.topic import Topic, topic

QUESTIONS_MOST = 200  # About one thing, over its versions: more is a meeting.
#: Where something that was sent can be asked for anew. An approved one is final.
RENEWABLE = {
    SignOffStatus.OPEN,
    SignOffStatus.DECLINED,
    SignOffStatus.EXPIRED,
    SignOffStatus.SUPERSEDED,
    SignOffStatus.WITHDRAWN,
}


class QuestionStatus(StrEnum):
    """Whose turn it is: a word of the studio's answers it, one of the client's opens it again."""

    OPEN = "open"
    ANSWERED = "answered"


@topic
class LineQuestion(Topic, db.Model):
    """A question at a line, an effect, or about all of it. Both sides go on below it."""

    KIND = "line_question"
    NOUN = "question"
    PLACE = "questions"
    READ = Permission.SIGN_OFF_READ
    is_record = True

    project = peewee.ForeignKeyField(Project, backref="line_questions")
    number = peewee.IntegerField()
    sign_off = peewee.ForeignKeyField(SignOff, backref="questions")
    kind = peewee.CharField(max_length=40)  # These three as its sign-off has them.
    subject_number = peewee.IntegerField()
    version = peewee.IntegerField()
    place = peewee.CharField(max_length=40, default="")  # "line-7"; empty: about all of it.
    title = LineField()  # What stood there, from the sealed snapshot.
    author = peewee.ForeignKeyField(User)
    text = ProseField()
    status = EnumField(QuestionStatus, default=QuestionStatus.OPEN)
    asked_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("project", "kind", "subject_number"), False),
        )

    @classmethod
    def ask(cls, sign_off, *, by, text, place=""):
        """Ask about a place of what is sealed, and return the question.

        The same words again within a minute are the same question. Raises DomainError without
        words or at a place that is not there, Forbidden for whoever may only read, and Conflict
        once there is an outcome.
        """
        words = required(text, "Write your question.")
        with sign_off.project.change() as project:
            now = as_it_is(sign_off, project, by, Permission.QUESTION_ASK)
            if not now.is_open:
                raise Conflict(f"There is an outcome already for {now.label}.")
            made = cls._made_before(now, by, place, words)
            return made or cls._write(now, by, place, words)

    @classmethod
    def _made_before(cls, sign_off, by, place, words):
        since = clock.now() - dt.timedelta(seconds=AGAIN_SECONDS)
        same = {"sign_off": sign_off, "author": by, "place": place, "text": words}
        return cls.select().where(cls.asked_at >= since).filter(**same).first()

    @classmethod
    def _write(cls, sign_off, by, place, words):
        title, project = words_at(sign_off, place), sign_off.project
        if cls.about(sign_off).count() >= QUESTIONS_MOST:
            raise Conflict("There are so many questions here that a call will help more.")
        made = cls.create(
            project=project,
            number=project.next_number(cls),
            sign_off=sign_off,
            kind=sign_off.kind,
            subject_number=sign_off.subject_number,
            version=sign_off.version,
            place=place,
            title=title,
            author=by,
            text=words,
        )
        record(Verb.QUESTION_ASKED, made, by=by, **made.facts())
        return made

    def facts(self):
        """Return what the ledger says of it."""
        return {
            "kind": self.kind,
            "subject_number": self.subject_number,
            "version": self.version,
            "digest": self.sign_off.digest,
            "sign_off": self.sign_off.number,
            "place": self.place,
            "text_sha256": canonical.sha256(self.text),
        }

    def reply(self, sign_off, *, by, text):
        """Go on about it, on the page of this version. Returns the message.

        Raises DomainError without words, Forbidden for whoever may only read, and Conflict if the
        project is closed.
        """
        with sign_off.project.change() as project:
            as_it_is(sign_off, project, by, Permission.MESSAGE_WRITE)
            return reply(self, by=by, text=text)

    @classmethod
    def about(cls, sign_off):
        """Return what was asked about the same thing, on any version, as a query."""
        return cls.select().where(
            cls.project == sign_off.project_id,
            cls.kind == sign_off.kind,
            cls.subject_number == sign_off.subject_number,
        )

    @classmethod
    def homes(cls, project, numbers):
        asked = cls.select(cls, SignOff).join(SignOff)
        found = asked.where(cls.project == project, cls.number.in_(numbers))
        here = f"/projects/{project.slug}/sign-offs"
        return {
            one.number: (
                f"{SUBJECTS[one.kind].NOUN} {one.subject_number}",
                f"{here}/{one.sign_off.number}",
            )
            for one in found
        }

    @property
    def is_open(self):
        return self.status == QuestionStatus.OPEN

    def starters(self):
        """Whoever asked, and whoever still has to decide: an answer may be what they wait for."""
        return {self.author_id} | awaited(self)

    def replied(self, message):
        """The studio's word answers it; whatever the client adds waits for the studio again."""
        now = LineQuestion.get_by_id(self.id)
        to = QuestionStatus.ANSWERED if message.author.is_studio else QuestionStatus.OPEN
        if now.status != to:
            now.move("status", was=now.status, to=to)


class VersionRequest(db.Model):
    """The wish for a new version, with a sentence. It is open until a newer version is sent."""

    project = peewee.ForeignKeyField(Project, backref="version_requests")
    sign_off = peewee.ForeignKeyField(SignOff, backref="version_requests", unique=True)
    user = peewee.ForeignKeyField(User)
    text = ProseField()
    requested_at = UTCDateTimeField(default=clock.now)

    @classmethod
    def make(cls, sign_off, *, by, text):
        """Ask for a new version of what was sent, and return the request.

        Raises DomainError without a sentence, Forbidden for whoever may only read, and Conflict
        if it is asked already, if there is a newer version, or if it is approved.
        """
        words = required(text, "Say in a sentence what the new version should be like.")
        with sign_off.project.change() as project:
            now = as_it_is(sign_off, project, by, Permission.VERSION_REQUEST)
            newest = newest_of(now)
            if newest.id != now.id:
                raise Conflict(f"Version {newest.version} was sent already.")
            if now.status not in RENEWABLE:
                raise Conflict("What was decided stays. Ask for a change request instead.")
            made = cls.get_or_none(sign_off=now)
            if made:
                raise Conflict(f"{made.user.name} has asked for a new version already.")
            made = cls.create(project=project, sign_off=now, user=by, text=words)
            facts = {"words_sha256": canonical.sha256(words)}
            record(Verb.VERSION_REQUESTED, now, by=by, **now.facts(), **facts)
        return made

    @classmethod
    def open_about(cls, project, kind, number):
        """Return the open request for a new version of that thing with who asked, or None."""
        newer = SignOff.alias()
        later = newer.select().where(
            newer.project == SignOff.project,
            newer.kind == SignOff.kind,
            newer.subject_number == SignOff.subject_number,
            newer.version > SignOff.version,
        )
        query = cls.select(cls, SignOff, User).join(SignOff).switch(cls).join(User)
        query = query.where(SignOff.project == project.id, ~peewee.fn.EXISTS(later))
        return query.where(SignOff.kind == kind, SignOff.subject_number == number).first()


def awaited(about):
    """Return the ids of those whose turn it is to decide about the thing that `about` names."""
    names = {"kind": about.kind, "subject_number": about.subject_number}
    found = SignOff.get_or_none(project=about.project_id, status=SignOffStatus.OPEN, **names)
    asked = found.addressees if found else ()
    seats = [one for one in asked if one.is_seat and one.asked_at and not one.vacated_at]
    return {one.user_id for one in seats if not one.has_answered}


def words_at(sign_off, place):
    """Return what stands at a place of the sealed snapshot. Raises DomainError if nothing does."""
    if not place:
        return sign_off.title
    places = sign_off.subject_class.places(sign_off.shown)
    if place not in places:
        raise DomainError("There is no such line in this version. Open the page again.")
    return places[place]


def newest_of(sign_off):
    """Return the newest sent version of the same thing."""
    return (
        SignOff.select()
        .where(
            SignOff.project == sign_off.project_id,
            SignOff.kind == sign_off.kind,
            SignOff.subject_number == sign_off.subject_number,
        )
        .order_by(SignOff.version.desc())
        .first()
    )


def as_it_is(sign_off, project, by, permission):
    """Return the sign-off as it is now, for someone who, now, may do this.

    Raises Forbidden for anyone else and for whoever got a copy, Conflict if the project is closed.
    """
    membership = Membership.of(by, project.slug)
    may = membership is not None and membership.role.may(permission)
    if not may or Addressee.get_or_none(sign_off=sign_off, user=by, ask=Ask.COPY):
        raise Forbidden("You can read this. Asking is for whoever answers it.")
    if project.closed_at is not None:
        raise Conflict("The project is closed. The studio can open it again.")
    now = SignOff.get_by_id(sign_off.id)
    now.project = project
    return now


def required(text, sentence):
    """Return typed words as they are kept. Raises DomainError(sentence) if there are none."""
    words = plain(text).strip()
    if not words:
        raise DomainError(sentence)
    return words
