"""What the pages about projects, companies and people read."""

from portal.access.models import User
from portal.core.read import Read

_MINE = Read(
    """select p.slug, p.name, p.phase, p.health, p.health_note, p.next_on, p.next_what,
              p.launch_on, p.closed_at, c.name as client
       from membership m join project p on p.id = m.project_id join client c on c.id = p.client_id
       where m.user_id = :user
       order by case when p.next_on is null then 1 else 0 end, p.next_on, p.name"""
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
    """select p.slug, p.name, p.health, p.closed_at, m.id as membership from project p
       left join membership m on m.project_id = p.id and m.user_id = :user
       where p.client_id = :client order by p.id desc"""
)
_MEMBERS = Read(
    """select u.id, u.name, u.email, u.title, u.phone, u.house_role, m.id as member, m.role,
              i.id as invitation, i.created_at as invited_at, i.accepted_at, i.revoked_at,
              b.name as invited_by, d.said as bounced
       from membership m join "user" u on u.id = m.user_id
       left join bounce d on d.address = u.email
       left join invitation i on i.id = (select max(n.id) from invitation n
                                         where n.user_id = u.id and n.project_id = m.project_id)
       left join "user" b on b.id = i.invited_by_id
       where m.project_id = :project and u.disabled_at is null
       order by case when u.house_role is null then 0 else 1 end, m.id""",
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


def projects_of(user):
    """Return the projects a person is on, the next date first."""
    return _MINE.all(user=user.id)


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


def outsiders(project):
    """Return who could be added: the client's people and the studio's, those on it left out."""
    return _OUTSIDERS.all(project=project.id, client=project.client_id)
