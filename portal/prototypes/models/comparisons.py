"""Comparison: what differs between two pictures, found once, whatever versions show them."""

import datetime as dt
from enum import StrEnum

import peewee

from portal.core import clock, db
from portal.core.fields import EnumField, JSONTextField, LineField, UTCDateTimeField
from portal.core.read import Read
from portal.projects.models import Project
from portal.prototypes import jobs
from portal.prototypes.comparing import matching
from portal.prototypes.models.screens import Screen
from portal.storage.models import Blob

ROWS_AT_ONCE = 150  # Far below the number of values SQLite takes in one statement.
LEASE_SECONDS = 300  # The workshop ends its child before that.
ATTEMPTS_MOST = 3
CLAIMS = 20  # Looked at in one go, so that a few that were given up do not hide the rest.
TOO_MUCH = "We could not compare these two, though we tried several times."


class ComparisonStatus(StrEnum):
    WAITING = "waiting"  # The worker has not begun.
    WORKING = "working"
    READY = "ready"
    FAILED = "failed"  # `problem` says why.


UNDER_WAY = (ComparisonStatus.WAITING, ComparisonStatus.WORKING)


class Comparison(db.Model):
    """Two pictures of one project, by the copies of them that are shown."""

    project = peewee.ForeignKeyField(Project, backref="comparisons")
    before = peewee.ForeignKeyField(Blob, backref="+")
    after = peewee.ForeignKeyField(Blob, backref="+")
    status = EnumField(ComparisonStatus, default=ComparisonStatus.WAITING)
    changed_bp = peewee.BigIntegerField(default=0)  # How much of the picture.
    regions = JSONTextField(default=list)  # [{x_bp, y_bp, w_bp, h_bp}] of `picture`, as one reads.
    picture = peewee.ForeignKeyField(Blob, backref="+", null=True)  # What changed, in one colour.
    problem = LineField(default="", max_length=400)
    attempts = peewee.IntegerField(default=0)
    claimed_at = UTCDateTimeField(null=True)
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "before", "after"), True), (("status",), False))

    # Asked for ----------------------------------------------------------------------------------

    @classmethod
    def follow(cls, version):
        """Compare a version that is being sent with the one it follows, inside `change()`."""
        earlier = (one for one in version.prototype.sent if one.version < version.version)
        before = next(earlier, None)
        if before:
            cls.queue(version.project, before, version)

    @classmethod
    def ask(cls, before, after):
        """Find what differs between two versions; what failed is tried again."""
        with after.project.change() as project:
            cls.queue(project, before, after)
            failed = (cls.project == project) & (cls.status == ComparisonStatus.FAILED)
            here = (cls.before << shown_in(before)) & (cls.after << shown_in(after))
            again = {"status": ComparisonStatus.WAITING, "attempts": 0, "problem": ""}
            cls.update(again).where(failed & here).execute()
            project.revise(is_internal=before.is_draft or after.is_draft)

    @classmethod
    def queue(cls, project, before, after):
        """Write down which pictures of two versions wait to be compared. Call it in `change()`."""
        olds, news = (_SHOWN.all(version=one.id) for one in (before, after))
        rows = [
            {"project": project, "before": pair.before.shown_id, "after": pair.after.shown_id}
            for pair in matching.pairs(olds, news)
            if pair.differs
        ]
        for some in peewee.chunked(rows, ROWS_AT_ONCE):
            cls.insert_many(some).on_conflict_ignore().execute()
        db.after_commit(jobs.compare.later)

    # Worked on ----------------------------------------------------------------------------------

    @classmethod
    def claim(cls):
        """Take the one that waits longest, or one whose worker died. None if there is none.

        One that has cost a worker its life too often is given up.
        """
        late = clock.now() - dt.timedelta(seconds=LEASE_SECONDS)
        is_due = (cls.status == ComparisonStatus.WAITING) | (
            (cls.status == ComparisonStatus.WORKING) & (cls.claimed_at < late)
        )
        for one in cls.select().where(is_due).order_by(cls.id).limit(CLAIMS):
            if one.attempts >= ATTEMPTS_MOST:
                one.fail(TOO_MUCH)
            elif one.take(is_due):
                return one
        return None

    def take(self, is_due):
        """Mark it as ours, unless another worker was faster. Returns whether it is."""
        cls, tries = type(self), self.attempts + 1
        facts = {"status": ComparisonStatus.WORKING, "attempts": tries, "claimed_at": clock.now()}
        with self.project.change():
            mine = (cls.id == self.id) & (cls.attempts == self.attempts) & is_due
            is_ours = bool(cls.update(**facts).where(mine).execute())
        self.status, self.attempts = ComparisonStatus.WORKING, tries
        return is_ours

    def finish(self, *, changed_bp, regions, picture):
        """Write down what was found."""
        found = {"changed_bp": changed_bp, "regions": regions, "picture": picture}
        self._end(status=ComparisonStatus.READY, **found)

    def fail(self, problem):
        """Say why nothing was found."""
        self._end(status=ComparisonStatus.FAILED, problem=problem)

    def _end(self, **facts):
        with self.project.change() as project:
            type(self).update(**facts).where(type(self).id == self.id).execute()
            ids = {"project": project.id, "before": self.before_id, "after": self.after_id}
            project.revise(is_internal=not _SENT.value(**ids))

    @property
    def is_under_way(self):
        return self.status in UNDER_WAY


def shown_in(version):
    """Return the query for the pictures that a version shows."""
    return Screen.select(Screen.shown).where(Screen.version == version)


_SHOWN = Read(
    """select s.*, r.name as source_name from screen s left join source r on r.id = s.source_id
       where s.version_id = :version order by s.position, s.id""",
    model=Screen,
)
# Whether a client can see both pictures: what the studio does with a draft reaches no client.
_SENT = Read(
    """select 1 as yes from screen a join prototype_version v on v.id = a.version_id
       join prototype p on p.id = v.prototype_id
       join prototype_version w on w.prototype_id = p.id join screen b on b.version_id = w.id
       where p.project_id = :project and v.status != 'draft' and w.status != 'draft'
         and a.shown_id = :after and b.shown_id = :before limit 1"""
)
