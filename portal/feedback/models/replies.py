"""SavedReply: what the studio writes often, with fields that are filled in for each feedback."""

import re

from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import LineField, ProseField, UTCDateTimeField, line, plain
from portal.core.read import Read
from portal.ledger.models import record
from portal.ledger.verbs import Verb

NAME_CHARACTERS = 80
TEXT_CHARACTERS = 4_000
FIELD = re.compile(r"\{(\w+)\}")
FIELDS = ("name", "project", "number")


class SavedReply(db.Model):
    """One of the studio's own list. No client sees it before it is sent as a message."""

    name = LineField(max_length=NAME_CHARACTERS)
    text = ProseField()
    created_at = UTCDateTimeField(default=clock.now)

    @classmethod
    def keep(cls, *, by, name, text):
        """Put one on the list, or change what stands under that name; return it.

        Raises DomainError without a name or words, or with a field that we do not know.
        """
        name, text = line(name), plain(text).strip()
        _check(name, text)
        with db.change():
            db.queue_up("saved replies")
            known = {one.name.casefold(): one for one in cls.every()}
            reply = known.get(name.casefold()) or cls()
            reply.name, reply.text = name, text
            reply.save()
            record(Verb.REPLY_SAVED, reply, by=by)
        return reply

    def remove(self, *, by):
        """Take it off the list. Raises Conflict if it is gone."""
        with db.change():
            if not self.delete_instance():
                raise Conflict("A colleague took it off the list already.")
            record(Verb.REPLY_REMOVED, self, by=by)

    @classmethod
    def every(cls):
        """Return the list, by name."""
        return _EVERY.all()

    def filled(self, **facts):
        """Return the text with its fields filled in: `name`, `project`, `number`."""
        return FIELD.sub(lambda field: str(facts.get(field[1], field[0])), self.text)


_EVERY = Read("select * from saved_reply order by lower(name)", model=SavedReply)


def _check(name, text):
    if not name or not text:
        raise DomainError("Give it a name, and write the reply.")
    if len(text) > TEXT_CHARACTERS:
        raise DomainError(f"A saved reply has at most {TEXT_CHARACTERS:,} characters.")
    unknown = [one for one in FIELD.findall(text) if one not in FIELDS]
    if unknown:
        known = ", ".join(f"{{{one}}}" for one in FIELDS)
        raise DomainError(f"We do not know the field {{{unknown[0]}}}. There are {known}.")
