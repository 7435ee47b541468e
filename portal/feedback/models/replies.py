"""SavedReply: what the studio writes often, with fields that are filled in for each feedback."""

import re

from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import LineField, ProseField, UTCDateTimeField, capital, line, plain
from portal.core.read import Read
from portal.ledger.models import record
from portal.ledger.verbs import Verb

NAME_CHARACTERS = 80
TEXT_CHARACTERS = 4_000
FIELD = re.compile(r"\{([^{}]*)\}")
#: What can stand in braces, and what it is filled in with.
FIELDS = {
    "first name": "Who filed it: Anneke",
    "item": "What it is called: feedback 12",
    "title": "Its first line",
    "project": "The name of the project",
    "due": "The day by which an answer is promised; without one, the reply cannot be used there",
    "my name": "Whoever sends the reply",
}


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

    def filled(self, facts):
        """Return the text with its FIELDS filled in, or None if a fact that it needs is empty."""
        if any(not facts[name] for name in FIELD.findall(self.text)):
            return None
        return FIELD.sub(lambda field: _begun(field, facts[field[1]]), self.text)


def _begun(field, fact):
    """Return a fact as it stands in its line: what begins one has a capital."""
    is_first = field.start() == 0 or field.string[field.start() - 1] == "\n"
    return capital(fact) if is_first else fact


_EVERY = Read("select * from saved_reply order by lower(name), id", model=SavedReply)


def _check(name, text):
    if not name or not text:
        raise DomainError("Give it a name, and write the reply.")
    if len(text) > TEXT_CHARACTERS:
        raise DomainError(f"A saved reply has at most {TEXT_CHARACTERS:,} characters.")
    wrong = unknown_field(text)
    if wrong:
        raise DomainError(wrong)


def unknown_field(text):
    """Return what is wrong with the first field of a text that there is none such; or ""."""
    unknown = [one for one in FIELD.findall(text) if one not in FIELDS]
    known = ", ".join(f"{{{one}}}" for one in FIELDS)
    return f"There is no field {{{unknown[0]}}}. There are {known}." if unknown else ""
