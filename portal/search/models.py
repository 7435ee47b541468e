"""Entry: one thing that can be found, as it reads now. SavedSearch: a search that has a name."""

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import DomainError
from portal.core.fields import LineField, ProseField, UTCDateTimeField, line
from portal.projects.models import Project
from portal.search import engines

SAVED_MOST = 20
FULL = f"You have {SAVED_MOST} saved searches. Remove one first."


class Entry(db.Model):
    """One thing that can be found. It is a copy: `portal search rebuild` makes all of them again.

    `is_internal` decides who finds it, and every search asks for it together with the membership.
    """

    project = peewee.ForeignKeyField(Project, backref="+")
    place = peewee.CharField(unique=True, max_length=160)  # harbour/message/feedback/3/2
    kind = peewee.CharField(max_length=40)  # "message": what it is.
    topic = peewee.CharField(max_length=40)  # "feedback": what it stands at; its own kind if alone.
    number = peewee.IntegerField()  # Of that, in the project.
    part = peewee.IntegerField(default=0)  # The number of a message, the version of a draft.
    is_internal = peewee.BooleanField()
    title = LineField(default="", max_length=300)
    text = ProseField(default="")
    person = peewee.ForeignKeyField(User, null=True, backref="+")  # Who said or sent it.
    happened_at = UTCDateTimeField()

    class Meta:
        table_name = "search_entry"
        indexes = ((("project", "kind", "number"), False), (("happened_at",), False))

    @classmethod
    def create_table(cls, safe=True, **options):
        super().create_table(safe=safe, **options)
        engines.drop_tables()
        engines.make_tables()

    @classmethod
    def drop_table(cls, safe=True, **options):
        engines.drop_tables()
        super().drop_table(safe=safe, **options)


class SavedSearch(db.Model):
    """A search that a person gave a name. Only they see it."""

    user = peewee.ForeignKeyField(User, backref="saved_searches", on_delete="CASCADE")
    number = peewee.IntegerField()  # Counts from 1 for each person.
    name = LineField(max_length=60)
    text = LineField(max_length=300)
    saved_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("user", "number"), True),)

    @classmethod
    def of(cls, user):
        """Return a person's saved searches by name."""
        return sorted(cls.select().where(cls.user == user), key=lambda one: one.name.casefold())

    @classmethod
    def keep(cls, user, *, name, text):
        """Save a search; one of the same name is replaced. Raises DomainError without words."""
        name, text = line(name), line(text)
        if not name or not text:
            raise DomainError("Search for something, then give it a name.")
        with db.change():
            db.queue_up(f"saved searches {user.id}")
            known = {one.name.casefold(): one for one in cls.of(user)}
            if name.casefold() in known:
                saved = known[name.casefold()]
                saved.name, saved.text = name, text
                saved.save()
                return saved
            if len(known) >= SAVED_MOST:
                raise DomainError(FULL)
            number = max((one.number for one in known.values()), default=0) + 1
            return cls.create(user=user, number=number, name=name, text=text)

    @classmethod
    def remove(cls, user, number):
        """Forget one. Answer whether there was one of that number."""
        with db.change():
            gone = cls.delete().where(cls.user == user, cls.number == number)
            return bool(gone.execute())
