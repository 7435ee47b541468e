"""What the pages about projects, companies and people read."""

from portal.access.models import Membership, User
from portal.core.paging import PAGE_ROWS, page
from portal.core.read import Read
from portal.projects.models import Project

#: How things stand with a person -> how it is said.
STATES = {
    "active": "Active",
    "invited": "Invited, not here yet",
    "known": "Not here yet",
    "bounced": "Letters bounce",
    "disabled": "Disabled",
    "erased": "Erased",
}

# The closed ones last; of each the next date first, and those without one after all others.
_MINE = Read(
    """with mine as (
         select p.id, p.slug, p.name, p.phase, p.health, p.health_note, p.next_on, p.next_what,
                p.launch_on, p.closed_at, c.name as client,
                case when p.closed_at is null then 0 else 1 end as rank,
                coalesce(p.next_on, '9999-12-31') as day
         from membership m join project p on p.id = m.project_id join client c on c.id = p.client_id
         where m.user_id = :user)
       select id, slug, name, phase, health, health_note, next_on, next_what, launch_on, closed_at,
              client
       from mine where (lower(name) like :like or lower(client) like :like)
         and (:after = 0 or (rank, day, name, id) > (select a.rank, a.day, a.name, a.id from mine a
                                                     where a.id = :after))
       order by rank, day, name, id limit :rows"""
)
_CLIENTS = Read(
    """select c.id, c.name, c.kind,
              (select count(*) from project p where p.client_id = c.id) as projects,
              (select count(*) from "user" u where u.client_id = c.id) as people
       from client c order by lower(c.name)"""
)
_PEOPLE_AT = Read(
    """select u.id, u.name, u.email, u.title, u.phone, u.house_role, u.disabled_at from "user" u
       where u.client_id = :client order by u.name""",
    model=User,
)
_PROJECTS_FOR = Read(
    """select p.id, p.slug, p.name, p.health, p.closed_at, m.id as membership from project p
       left join membership m on m.project_id = p.id and m.user_id = :user
       where p.client_id = :client order by p.id desc"""
)
_MEMBERS = Read(
    """select u.id, u.name, u.email, u.title, u.phone, u.house_role, u.disabled_at, m.id as member, m.role,
              i.id as invitation, i.created_at as invited_at, i.accepted_at, i.revoked_at,
              b.name as invited_by, d.said as bounced,
              (select max(s.last_used_at) from session s where s.user_id = u.id) as last_used_at
       from membership m join "user" u on u.id = m.user_id
       left join bounce d on d.address = u.email
       left join invitation i on i.id = (select max(n.id) from invitation n
                                         where n.user_id = u.id and n.project_id = m.project_id)
       left join "user" b on b.id = i.invited_by_id
       where m.project_id = :project
       order by case when u.house_role is null then 0 else 1 end, m.id""",
    model=User,
)
_EVERYONE = Read(
    """select * from (
         select u.id, u.name, u.email, u.title, u.phone, u.house_role, u.disabled_at,
                u.erased_at, c.name as company,
                (select max(s.last_used_at) from session s where s.user_id = u.id) as last_used_at,
                case when u.erased_at is not null then 'erased'
                     when u.disabled_at is not null then 'disabled'
                     when exists (select 1 from bounce b where b.address = u.email) then 'bounced'
                     when exists (select 1 from session s where s.user_id = u.id)
                       or exists (select 1 from invitation i where i.user_id = u.id
                                  and i.accepted_at is not null) then 'active'
                     when exists (select 1 from invitation i where i.user_id = u.id
                                  and i.revoked_at is null) then 'invited'
                     else 'known' end as state
         from "user" u left join client c on c.id = u.client_id) one
       where (:user = 0 or one.id = :user) and (:state = 'all' or one.state = :state)
         and (lower(one.name) like :like or lower(one.email) like :like
              or lower(one.company) like :like)
         and (:after = 0 or (one.name, one.id) > (select a.name, a.id from "user" a
                                                  where a.id = :after))
       order by one.name, one.id limit :rows""",
    model=User,
)
_OUTSIDERS = Read(
    """select u.id, u.name, u.title, c.name as company from "user" u
       left join client c on c.id = u.client_id
       where (u.client_id = :client or u.house_role is not null) and u.disabled_at is null
         and not exists (select 1 from membership m
                         where m.user_id = u.id and m.project_id = :project)
       order by case when c.name is null then 1 else 0 end, u.name"""
)


def projects_of(user, *, words="", after=0):
    """Return a page of the projects a person is on, open ones with the next date first.

    With words, those in whose name or client's name they stand; after the project of that id.
    """
    rows = _MINE.all(user=user.id, like=_like(words), after=after, rows=PAGE_ROWS + 1)
    return page(rows, lambda one: one.id)


def clients():
    """Return every company with how many projects and people it has."""
    return _CLIENTS.all()


def people_at(client):
    return _PEOPLE_AT.all(client=client.id)


def projects_for(client, reader):
    """Return a company's projects; `membership` is none where the reader has no place."""
    return _PROJECTS_FOR.all(client=client.id, user=reader.id)


def members(project):
    """Return who is on a project, the client's first, each with the last invitation."""
    return _MEMBERS.all(project=project.id)


def everyone(*, state="all", words="", after=0, number=0):
    """Return a page of the people of the house and of every client, by name.

    Each has a `state` of `STATES`, and `parts`: the projects they are on, with their role.
    With `number` only that person.
    """
    where = {"state": state, "like": _like(words), "after": after, "user": number}
    rows = _EVERYONE.all(**where, rows=PAGE_ROWS + 1)
    found = page(rows, lambda one: one.id)
    parts = parts_of([one.id for one in found])
    for one in found:
        one.parts = parts.get(one.id, [])
    return found


def _like(words):
    return f"%{words.strip().lower()}%"


def parts_of(ids):
    """Return the memberships of people with their projects, by the person's id, open ones first."""
    query = Membership.select(Membership, Project).join(Project).where(Membership.user << ids)
    parts = {}
    for part in query.order_by(Project.closed_at.is_null(False), Project.name):
        parts.setdefault(part.user_id, []).append(part)
    return parts


def outsiders(project):
    """Return who could be added: the client's people and the studio's, those on it left out."""
    return _OUTSIDERS.all(project=project.id, client=project.client_id)
