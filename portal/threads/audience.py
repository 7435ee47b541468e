"""Who hears of a message or a note: one answer for the letters and for the words on the page."""

from portal.access.models import User
from portal.access.permissions import Permission, Role
from portal.core.read import Read

_PEOPLE = Read(
    """select u.id, u.name, u.email, u.title, u.client_id, u.house_role, m.role
       from membership m join "user" u on u.id = m.user_id
       where m.project_id = :project and u.disabled_at is null order by m.id""",
    model=User,
)
_WRITERS = Read(
    """select distinct author_id from message where project_id = :project
       and subject_kind = :kind and subject_number = :number"""
)
_NOTERS = Read(
    """select distinct author_id from note where project_id = :project
       and subject_kind = :kind and subject_number = :number"""
)


def people(project):
    """Return who is on a project, in the order they came, each with a `role`."""
    return _PEOPLE.all(project=project.id)


def readers(topic, project=None):
    """Return who of a project may read a thread on this: nobody else is told, named or offered.

    `topic` is a thing, or the class of one that is to come on that project.
    """
    found = people(project or topic.project)
    return [one for one in found if may_read(Role(one.role), topic)]


def may_read(role, topic):
    """Answer whether a role may read the threads on things of this kind."""
    return role.may(Permission.MESSAGE_READ) and role.may(topic.READ)


def of_reply(people, *, by, starters, writers):
    """Return whom a message by this person is mailed to.

    From the studio: whoever of the client began the thread or wrote in it; if all of them have
    left, everybody of the client. From the client: the producers, and whoever of the studio
    wrote in it.
    """
    others = [person for person in people if person.id != by.id]
    if by.is_studio:
        clients = [person for person in others if not person.is_studio]
        return [one for one in clients if one.id in starters | writers] or clients
    return [
        person
        for person in others
        if person.is_studio and (person.role == Role.PRODUCER or person.id in writers)
    ]


def of_note(people, *, by, assigned, writers):
    """Return whom a note is mailed to: those of the studio who wrote here or have it in hand."""
    heard = assigned | writers
    return [one for one in people if one.is_studio and one.id in heard and one.id != by.id]


def of_message(topic, by):
    """Return whom a message on `topic` is mailed to, read from the database."""
    return of_reply(readers(topic), by=by, starters=topic.starters(), writers=_ids(_WRITERS, topic))


def of_internal(topic, by):
    """Return whom a note on `topic` is mailed to, read from the database."""
    writers = _ids(_WRITERS, topic) | _ids(_NOTERS, topic)
    return of_note(readers(topic), by=by, assigned=topic.assigned(), writers=writers)


def names(people):
    """Return names as a sentence lists them.

    >>> names(["Joris", "Anneke", "Salma"])
    'Joris, Anneke and Salma'
    """
    *most, last = people or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _ids(read, topic):
    rows = read.all(project=topic.project_id, kind=topic.KIND, number=topic.number)
    return {row.author_id for row in rows}
