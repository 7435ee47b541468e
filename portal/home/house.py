"""What an admin looks at: people, letters, files, the ledger and its upkeep. Each asked once."""

import shutil
from functools import cached_property

from portal.core.read import Read
from portal.documents.models import SealKey
from portal.home import queries
from portal.mail.health import health
from portal.signoff.models import Seal
from portal.storage import store
from portal.studio.upkeep import Upkeep

_KEPT = Read("select count(*) as files, coalesce(sum(size_bytes), 0) as size_bytes from blob")


class House:
    """The state of this installation."""

    @cached_property
    def people(self):
        return queries.people()

    @property
    def never_came(self):
        """How many were invited and have not been here."""
        return sum(1 for one in self.people if one.invited_at and not one.last_used_at)

    @property
    def disabled(self):
        return sum(1 for one in self.people if one.disabled_at)

    @cached_property
    def mail(self):
        return health()

    @cached_property
    def failed(self):
        return queries.failed_letters()

    @cached_property
    def chains(self):
        return queries.chains()

    @cached_property
    def kept(self):
        """`files` and `size_bytes` of what is stored, without what the database itself takes."""
        return _KEPT.one()

    @property
    def free_bytes(self):
        """What is left on the disk of the files; None if it cannot be asked."""
        try:
            return shutil.disk_usage(store().root).free
        except OSError:
            return None

    @cached_property
    def upkeep(self):
        return Upkeep.latest()

    @cached_property
    def late_seals(self):
        return Seal.late()

    @cached_property
    def key(self):
        return SealKey.current()
