"""What the page of care and its job read."""

from portal.core import clock
from portal.core.read import Read
from portal.feedback.inbox.triage import instant_key

_MINE = (
    "exists (select 1 from membership m where m.project_id = f.project_id and m.user_id = :user)"
)
_FACTS = """select f.id, f.filed_at, f.status, p.id as project_id, p.name as project,
                   c.id as client_id, c.name as client, u.id as producer_id, u.name as producer,
                   h.respond_by_at, h.responded_at, h.resolve_by_at,
                   (select max(s.taken_at) from feedback_step s
                    where s.feedback_id = f.id and s.kind = 'resolved') as resolved_at,
                   coalesce(a.answered, 0) as answered, coalesce(a.good, 0) as good
            from feedback f join handling h on h.feedback_id = f.id
            join project p on p.id = f.project_id join client c on c.id = p.client_id
            left join membership l on l.id = (select min(m.id) from membership m
                                              where m.project_id = p.id and m.role = 'producer')
            left join "user" u on u.id = l.user_id
            left join (select feedback_id, count(*) as answered,
                              count(case when is_good then 1 end) as good
                       from care_answer group by feedback_id) a on a.feedback_id = f.id
            where f.kind <> 'praise' and f.filed_at >= :since and {whose}
              and not exists (select 1 from feedback_merge g where g.feedback_id = f.id)"""
_ALL = Read(_FACTS.format(whose="1 = 1"))
_OWN = Read(_FACTS.format(whose=_MINE))
# Words of clients are for whoever is on their project.
_NOT_GOOD = Read(
    """select f.number, p.slug, p.name as project, u.name, a.why, a.answered_at
        from care_answer a join feedback f on f.id = a.feedback_id
        join project p on p.id = f.project_id join "user" u on u.id = a.user_id
        where not a.is_good and exists (select 1 from membership m
                      where m.project_id = f.project_id and m.user_id = :user)
        order by a.answered_at desc, a.id desc limit 10"""
)
_COMPLAINTS = Read(
    """select f.number, p.slug, p.name as project, f.filed_at, f.turn, h.respond_by_at,
               h.responded_at, e.cause, e.told_at, u.name as told,
               case when m.id is null then 0 else 1 end as is_on_it
        from feedback f join handling h on h.feedback_id = f.id
        join project p on p.id = f.project_id
        left join escalation e on e.id = (select max(x.id) from escalation x
                                          where x.feedback_id = f.id)
        left join "user" u on u.id = e.person_id
        left join membership m on m.project_id = f.project_id and m.user_id = :user
        where f.kind = 'complaint' and f.turn in ('studio', 'client') and p.closed_at is null
          and f.status in ('new', 'triaged') and (m.id is not null or exists
               (select 1 from escalation t where t.feedback_id = f.id and t.person_id = :user))
        order by f.filed_at, f.id limit 50"""
)
_NAMED = Read(
    """select c.id, c.name, u.name as person, u.disabled_at, r.first_response_minutes,
              r.resolution_minutes from client c
       left join promise r on r.client_id = c.id left join "user" u on u.id = r.complaints_to_id
       order by lower(c.name), c.id"""
)
_UNANSWERED = Read(
    """select f.id
       from promise r cross join "user" u cross join project p cross join feedback f
       cross join handling h
       where u.id = r.complaints_to_id and p.client_id = r.client_id and f.project_id = p.id
         and h.feedback_id = f.id
         and f.kind = 'complaint' and f.turn = 'studio' and h.responded_at is null
         and h.respond_by_at < :now and p.closed_at is null and u.disabled_at is null
         and not exists (select 1 from escalation e
                         where e.feedback_id = f.id and e.cause = 'unanswered')
       order by f.id"""
)
_COLLEAGUES = Read(
    """select id, name from "user" where house_role is not null and disabled_at is null
       order by lower(name), id"""
)


def facts(since, reader=None):
    """Return what figures are made of, a row for each feedback filed since an instant.

    With a reader, of their projects only.
    """
    at = instant_key(since)
    return _OWN.all(since=at, user=reader.id) if reader else _ALL.all(since=at)


def not_good(reader):
    """Return the last answers that were not good on the projects of a reader, the newest first."""
    return _NOT_GOOD.all(user=reader.id)


def complaints(reader):
    """Return the open complaints that a reader is on the project of, or was told of, oldest first."""
    return _COMPLAINTS.all(user=reader.id)


def named():
    """Return every client with what it is promised and who hears of its complaints, or none."""
    return _NAMED.all()


def colleagues():
    """Return who can be named: (id, name) of everybody in the studio."""
    return _COLLEAGUES.all()


def unanswered():
    """Return the complaints of whose silence somebody named does not know yet."""
    return _UNANSWERED.all(now=instant_key(clock.now()))
