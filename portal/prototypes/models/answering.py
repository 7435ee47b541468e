"""What becomes of a published pin: addressed, or not, and what the client says to that."""

from enum import StrEnum

from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.core.fields import plain
from portal.ledger.models import record
from portal.ledger.verbs import Verb


class PinStatus(StrEnum):
    OPEN = "open"
    ADDRESSED = "addressed"
    WONT_CHANGE = "wont_change"
    VERIFIED = "verified"


class Answering:
    """Mixed into Pin."""

    @property
    def is_addressed(self):
        return self.status != PinStatus.OPEN

    def address(self, answer, *, by):
        """Say what was done about it. The client reads the sentence.

        It can be said of every published pin, on a replaced version too: the work shows in the
        next one. Raises DomainError without a sentence, Conflict if a colleague was faster.
        """
        if not plain(answer).strip():
            raise DomainError("Say what was done about it; the client reads it.")
        with self.version.project.change():
            pin = type(self).get_by_id(self.id)
            if pin.is_addressed:
                raise Conflict("A colleague has answered this pin already.")
            pin.move("status", was=PinStatus.OPEN, to=PinStatus.ADDRESSED)
            pin.answer, pin.answered_by, pin.answered_at = answer, by, clock.now()
            pin.save()
            version = self.version
            facts = {"version": version.version, "pin": pin.number}
            record(Verb.PIN_ADDRESSED, version, by=by, **facts)
        self.__data__.update(pin.__data__)
