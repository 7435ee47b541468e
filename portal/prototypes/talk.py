"""The thread of one pin as one reader sees it. This is all that a client's page can reach of it."""

from functools import cached_property

from portal.access.models import User
from portal.core.read import Read
from portal.prototypes.models import Pin, PinStatus
from portal.threads import audience, mentions, queries
from portal.threads.models import is_settled

_TALK = Read(
    """select u.id, u.name, u.title, u.client_id, u.house_role, m.text as said, m.number, m.did,
              m.posted_at, m.edited_at,
              exists (select 1 from message_file f where f.written_id = m.id) as has_files
       from message m join "user" u on u.id = m.author_id
       where m.project_id = :project and m.subject_kind = 'pin' and m.subject_number = :number
       order by m.number""",
    model=User,
)
#: How a step reads after the name of whoever took it.
DID = {
    "": "",
    PinStatus.ADDRESSED: "addressed it",
    PinStatus.WONT_CHANGE: "decided against it",
    PinStatus.VERIFIED: "verified it",
    PinStatus.OPEN: "reopened it",
}


class Talk:
    """What both sides read. It has no attribute that leads to what only the studio knows."""

    is_aside = False

    def __init__(self, pin: Pin, reader: User):
        self.pin, self.reader = pin, reader

    @cached_property
    def entries(self):
        """The messages and steps, oldest first, each by its author with `said` and `words`.

        The answer that counts stands with the pin already, so it is not said again.
        """
        found = _TALK.all(project=self.pin.project_id, number=self.pin.number)
        for entry in found:
            entry.words = DID[entry.did]
        answers = [one for one in found if one.did in ("addressed", "wont_change")]
        if answers and self.pin.is_addressed:
            answers[-1].said = ""
        return found

    @cached_property
    def files(self):
        """The files of its messages, by the number of the message."""
        has_files = any(entry.has_files for entry in self.entries)
        return queries.files(self.pin) if has_files else {}

    @cached_property
    def first_new(self):
        """The number of the first message that is new to this reader, or None."""
        mark = queries.mark(self.pin, self.reader) if self.entries else None
        mine = self.reader.id
        new = (e.number for e in self.entries if mark and e.id != mine)
        return next((number for number in new if number > mark.message_number), None)

    @property
    def last_message(self):
        return self.entries[-1].number if self.entries else 0

    last_note = None

    def can_edit(self, entry):
        is_mine = not entry.did and entry.id == self.reader.id
        return is_mine and not is_settled(entry.posted_at)

    @cached_property
    def people(self):
        return audience.readers(self.pin)

    @property
    def messages(self):
        """How many entries there are besides the answers, which stand with the pin."""
        return sum(entry.did in ("", PinStatus.OPEN) for entry in self.entries)

    @property
    def writers(self):
        return {entry.id for entry in self.entries}

    @property
    def names(self):
        """Who can be named with an @ in a message."""
        return mentions.of_message(self.people)

    @property
    def told(self):
        """Who is mailed when this reader writes: names as a sentence lists them."""
        told = audience.of_reply(
            self.people, by=self.reader, starters=self.pin.starters(), writers=self.writers
        )
        return audience.names([person.name for person in told])
