"""EstimateTemplate: what estimates of one kind begin with. It belongs to the studio, to no client."""

import peewee

from portal.access.models import User
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import JSONTextField, LineField, UTCDateTimeField, line
from portal.core.read import Read
from portal.ledger.models import record
from portal.ledger.verbs import Verb

NAME_CHARACTERS = 80
NAME_IT = "Name the template, for example Website with a shop."


class EstimateTemplate(db.Model):
    """An outline under a name. Retired, it is offered no more, and what it made stays."""

    name = LineField(max_length=NAME_CHARACTERS)
    outline = JSONTextField()  # As `library.outline` makes it.
    created_by = peewee.ForeignKeyField(User)
    created_at = UTCDateTimeField(default=clock.now)
    retired_at = UTCDateTimeField(null=True)

    @classmethod
    def keep(cls, outline, *, name, by):
        """Keep an outline under a name of its own, and return the template."""
        with db.change():
            template = cls.create(name=cls._free(name), outline=outline, created_by=by)
            record(Verb.TEMPLATE_SAVED, template, by=by, lines=template.lines)
        return template

    @classmethod
    def offered(cls):
        """Return the templates that an estimate can begin with, by name."""
        return [one for one in cls.every() if one.retired_at is None]

    @classmethod
    def every(cls):
        """Return all of them by name, the retired ones last."""
        return _EVERY.all()

    @property
    def lines(self):
        """How many lines it has."""
        return sum(len(section["lines"]) for section in self.outline["sections"])

    def rename(self, name, *, by):
        with db.change():
            self.name = self._free(name, besides=self.id)
            self.save()
            record(Verb.TEMPLATE_RENAMED, self, by=by)

    def retire(self, *, by):
        self._set_retired(clock.now(), Verb.TEMPLATE_RETIRED, by)

    def restore(self, *, by):
        """Offer it again. Raises Conflict if another has its name meanwhile."""
        self._set_retired(None, Verb.TEMPLATE_RESTORED, by)

    def _set_retired(self, at, verb, by):
        with db.change():
            held = db.lock(self)
            if bool(held.retired_at) == bool(at):
                raise Conflict("A colleague did that a moment ago.")
            if at is None:
                self._free(held.name, besides=self.id)
            self.retired_at = at
            self.save()
            record(verb, self, by=by)

    @classmethod
    def _free(cls, name, besides=None):
        """Return a name as it is kept. Raises Conflict if a template that is offered has it."""
        db.queue_up("estimate templates")
        name = line(name)
        if not name:
            raise DomainError(NAME_IT)
        if len(name) > NAME_CHARACTERS:
            raise DomainError(f"A name has at most {NAME_CHARACTERS} characters.")
        alike = [one for one in cls.offered() if one.name.casefold() == name.casefold()]
        if any(one.id != besides for one in alike):
            raise Conflict(f"There is a template called {alike[0].name} already.")
        return name


_EVERY = Read(
    """select * from estimate_template
       order by case when retired_at is null then 0 else 1 end, lower(name), id""",
    model=EstimateTemplate,
)
