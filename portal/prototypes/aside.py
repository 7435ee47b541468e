"""What only the studio sees of pins: its notes.

A client's page never comes here: it is made of `talk.Talk`, which knows nothing of this module.
"""

from portal.core.read import Read
from portal.prototypes.talk import Talk
from portal.threads.desk import AllNotes

_NOTED = Read(
    """select n.subject_number as pin, count(*) as notes
       from note n join pin p on p.project_id = n.project_id and p.number = n.subject_number
       join prototype_version v on v.id = p.version_id
       where n.project_id = :project and n.subject_kind = 'pin' and v.prototype_id = :prototype
       group by n.subject_number"""
)


class Aside(AllNotes, Talk):
    """The thread of a pin with the studio's notes beside it."""

    is_aside = True

    @property
    def topic(self):
        return self.pin


def noted(version):
    """Return how many notes each pin of the version's prototype has, by the pin's number."""
    rows = _NOTED.all(project=version.project.id, prototype=version.prototype_id)
    return {row.pin: row.notes for row in rows}
