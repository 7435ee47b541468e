"""What an admin looks at: people, letters, files, the ledger and its upkeep. Each asked once."""

import shutil
from functools import cached_property

from portal.core.read import Read
from portal.documents.models import SealKey
from portal.home import queries
from portal.mail.health import health
from portal.signoff.models import Seal
from portal.storage import store
from portal.studio.models import Studio
from portal.studio.upkeep import Upkeep

SHOWN = 12  # Of people and of chains: the rest is counted, and has pages of its own.

_UNHEARD = Read(
    """select c.id, c.name from promise r join client c on c.id = r.client_id
       join "user" u on u.id = r.complaints_to_id
       where u.disabled_at is not null order by lower(c.name), c.id"""
)
_KEPT = Read("select count(*) as files, coalesce(sum(size_bytes), 0) as size_bytes from blob")


class House:
    """The state of this installation."""

    @cached_property
    def people(self):
        """Who was here last; each row knows how many there are of every sort."""
        return queries.people(SHOWN)

    @property
    def needing(self):
        """[(how many, what they are, state)] of the people an admin should look at."""
        first = self.people[0]
        found = (
            (first.never_came, "invited and not here yet", "invited"),
            (first.unreached, "whose letters bounce", "bounced"),
            (first.disabled, "disabled", "disabled"),
        )
        return [one for one in found if one[0]]

    @cached_property
    def unheard(self):
        """The clients whose complaints reach nobody at once: who was named is shut out."""
        return _UNHEARD.all() if self.people[0].disabled else []

    @property
    def is_new(self):
        """True until somebody said whose portal this is."""
        return Studio.here().id is None

    @cached_property
    def mail(self):
        return health()

    @cached_property
    def failed(self):
        return queries.failed_letters()

    @cached_property
    def chains(self):
        """The chains that moved last; each row knows how many there are, and their length."""
        return queries.chains(SHOWN)

    @cached_property
    def kept(self):
        """`files` and `size_bytes` of what is stored, without what the database itself takes."""
        return _KEPT.one()

    @property
    def free_bytes(self):
        """What is left on the disk of the files; None if it cannot be asked."""
        root = store().root  # It is made with the first file.
        found = next((folder for folder in (root, *root.parents) if folder.is_dir()), root)
        try:
            return shutil.disk_usage(found).free
        except OSError:
            return None

    @cached_property
    def upkeep(self):
        return Upkeep.latest()

    @property
    def troubles(self):
        """How many things of this page want a look."""
        mail, deeds = self.mail, (self.upkeep.get("verify"), self.upkeep.get("backup"))
        found = [mail.late, mail.held, mail.failed, self.late_seals, self.unheard]
        return sum(map(bool, found)) + sum(deed is None or not deed.is_well for deed in deeds)

    @cached_property
    def late_seals(self):
        return Seal.late()

    @cached_property
    def key(self):
        return SealKey.current()
