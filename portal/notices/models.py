"""How often one person wants letters, and about which project otherwise."""

import dataclasses

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import DomainError
from portal.core.fields import EnumField, UTCDateTimeField
from portal.core.read import Read
from portal.mail.models import Letter, LetterStatus
from portal.notices.pacing import MONDAY, MORNING_HOUR, Habit, Pace
from portal.projects.models import Project

UNWANTED = "They want no letters about this project."

_HABITS = Read(
    """select m.project_id, m.user_id, u.zone, u.house_role, r.pace, r.hour, r.weekday,
              r.quiet_from_hour, r.quiet_until_hour, r.last_batch_at, p.pace as project_pace
       from membership m join "user" u on u.id = m.user_id
       left join rhythm r on r.user_id = u.id
       left join project_pace p on p.user_id = u.id and p.project_id = m.project_id
       where u.disabled_at is null and (m.project_id = :project or m.user_id = :person)"""
)


class Rhythm(db.Model):
    """What a person chose for all their projects; hours are those of their clock, 0 to 23.

    Whoever makes a batch for the person holds this row.
    """

    user = peewee.ForeignKeyField(User, unique=True, on_delete="CASCADE")
    pace = EnumField(Pace, default=Pace.AT_ONCE)
    hour = peewee.SmallIntegerField(default=MORNING_HOUR)
    weekday = peewee.SmallIntegerField(default=MONDAY)
    quiet_from_hour = peewee.SmallIntegerField(null=True)
    quiet_until_hour = peewee.SmallIntegerField(null=True)
    last_batch_at = UTCDateTimeField(null=True)

    @classmethod
    def of(cls, user):
        """Return what the person chose; the usual, not saved, if they never did."""
        return cls.get_or_none(user=user) or cls(user=user)

    @classmethod
    def held(cls, user_id):
        """Return the person's row, held until the transaction ends."""
        cls.insert(user=user_id).on_conflict_ignore().execute()
        return db.lock(cls.get(user=user_id))

    @classmethod
    def choose(cls, user, *, pace, hour, weekday, quiet, projects):
        """Keep how often a person wants letters, and time anew what waits for them.

        `quiet` is (from hour, until hour) or None; `projects` is a pace, or None for the usual one,
        by the id of each project that is chosen for. Raises DomainError if there is no quiet hour.
        """
        quiet_from, quiet_until = quiet or (None, None)
        if quiet and quiet_from == quiet_until:
            raise DomainError("Quiet hours start and end at the same hour.")
        with db.change():
            rhythm = cls.held(user.id)
            rhythm.pace, rhythm.hour, rhythm.weekday = pace, hour, weekday
            rhythm.quiet_from_hour, rhythm.quiet_until_hour = quiet_from, quiet_until
            rhythm.save()
            for project_id, wanted in projects.items():
                ProjectPace.put(user.id, project_id, wanted)
            retime(user.id)

    @classmethod
    def put_all(cls, user_id, pace):
        """Let one pace hold for all projects of a person, whatever was chosen for one."""
        with db.change():
            rhythm = cls.held(user_id)
            rhythm.pace = pace
            rhythm.save()
            ProjectPace.delete().where(ProjectPace.user == user_id).execute()
            retime(user_id)


class ProjectPace(db.Model):
    """How often a person wants letters about one project; without a row, as about all."""

    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    pace = EnumField(Pace)

    class Meta:
        indexes = ((("user", "project"), True),)

    @classmethod
    def choose(cls, user_id, project_id, pace):
        """Keep a pace for one project; None: the usual one."""
        with db.change():
            Rhythm.held(user_id)
            cls.put(user_id, project_id, pace)
            retime(user_id)

    @classmethod
    def put(cls, user_id, project_id, pace):
        """Write the row while the person's rhythm is held."""
        mine = (cls.user == user_id) & (cls.project == project_id)
        if pace is None:
            cls.delete().where(mine).execute()
        elif not cls.update(pace=pace).where(mine).execute():
            cls.create(user=user_id, project=project_id, pace=pace)


def habits(project_id):
    """Return the habit of everyone who may read about a project, by the person's id."""
    return {row.user_id: _habit(row) for row in _HABITS.all(project=project_id, person=None)}


def habits_of(user_id):
    """Return the habits of one person, by the project's id."""
    return {row.project_id: _habit(row) for row in _HABITS.all(project=None, person=user_id)}


def retime(user_id):
    """Give what can wait for a person the hour that their choice now asks for."""
    now, waiting = clock.now(), LetterStatus.GATHERING
    for project_id, habit in habits_of(user_id).items():
        mine = (
            (Letter.user_id == user_id)
            & (Letter.project_id == project_id)
            & (Letter.status == waiting)
            & ~Letter.is_urgent
        )
        slot = habit.slot(now)
        if slot is None:
            changed = Letter.update(status=LetterStatus.SKIPPED, error=UNWANTED)
        else:
            changed = Letter.update(next_try_at=slot)
        changed.where(mine).execute()


def _habit(row):
    usual = {field.name: getattr(row, field.name, None) for field in dataclasses.fields(Habit)}
    kept = {name: value for name, value in usual.items() if value is not None}
    kept["pace"] = Pace(row.project_pace or row.pace or Pace.AT_ONCE)
    return Habit(**kept | {"is_contact": row.house_role is None})
