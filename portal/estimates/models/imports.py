"""EstimateImport: the rows of a file, kept from its upload until somebody takes them over."""

import datetime as dt

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import Conflict
from portal.core.fields import JSONTextField, LineField, UTCDateTimeField
from portal.estimates.models.versions import Estimate
from portal.projects.models import Project

KEPT_DAYS = 1  # Then whoever comes back uploads the file again.


class EstimateImport(db.Model):
    """One file that somebody uploaded. Its rows go as soon as they are lines, or are old."""

    project = peewee.ForeignKeyField(Project, backref="estimate_imports", on_delete="CASCADE")
    number = peewee.IntegerField()
    user = peewee.ForeignKeyField(User)
    file_name = LineField(default="", max_length=200)
    rows = JSONTextField(null=True)  # Lists of cells, the first row first; None: they are gone.
    has_decimal_comma = peewee.BooleanField(default=False)  # What the file itself suggests.
    into = peewee.ForeignKeyField(Estimate, null=True, on_delete="SET NULL")  # None: a new one.
    is_done = peewee.BooleanField(default=False)
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def keep(cls, project, *, by, rows, file_name="", has_decimal_comma=False, into=None):
        """Keep the rows of a file, and let those go that nobody came back for."""
        with project.change() as held:
            before = clock.now() - dt.timedelta(days=KEPT_DAYS)
            cls.update(rows=None).where(cls.created_at < before, cls.rows.is_null(False)).execute()
            held.revise(is_internal=True)
            return cls.create(
                project=held,
                number=held.next_number(cls),
                user=by,
                rows=rows,
                file_name=file_name,
                has_decimal_comma=has_decimal_comma,
                into=into,
            )

    @property
    def is_there(self):
        return self.rows is not None

    def finish(self, estimate):
        """Let the rows go: they are lines of `estimate` now. Call it inside `project.change()`.

        Raises Conflict if they are gone already: two presses make one estimate.
        """
        cls = type(self)
        mine = (cls.id == self.id) & cls.rows.is_null(False)
        if not cls.update(rows=None, is_done=True, into=estimate).where(mine).execute():
            raise Conflict("The rows of this file were imported already, or let go after a day.")
