"""What the page of care and its job read."""

from functools import cache

from portal.core import clock, db
from portal.core.read import Read

LAST = 2**31 - 1  # No number is higher.

_FACTS = Read(
    """select f.id, f.project_id, f.filed_at, f.status, h.respond_by_at, h.responded_at,
              h.resolve_by_at,
              (select max(s.taken_at) from feedback_step s
               where s.feedback_id = f.id and s.kind = 'resolved') as resolved_at,
              (select count(*) from care_answer a where a.feedback_id = f.id) as answered,
              (select count(*) from care_answer a where a.feedback_id = f.id and a.is_good) as good
       from feedback f join handling h on h.feedback_id = f.id
       where f.project_id = :project and f.number between :first and :last
         and f.kind <> 'praise'
         and not exists (select 1 from feedback_merge g where g.feedback_id = f.id)"""
)
_FILED_WITH = Read(
    """select number from feedback where project_id = :project and source_kind = 'prototype'
         and source_number = :batch"""
)
# What is neither done nor late is not decided: it counts for nothing yet.
_SPEED = """{gather} as {what}_minutes,
            count(case when (m.{what}_by_at is not null and m.{what}_minutes is not null)
                         or m.{what}_by_at < :now then 1 end) as {what}_promised,
            count(case when m.is_{what}_kept then 1 end) as {what}_kept"""
_CELLS = """select k.*, p.name as project, c.id as client_id, c.name as client,
                   u.id as producer_id, u.name as producer
            from (select m.project_id, m.month_on, count(*) as filed, {response}, {resolution},
                         sum(m.answered) as answered, sum(m.good) as good
                  from care_measure m where m.month_on >= :since and {whose}
                  group by m.project_id, m.month_on) k
            join project p on p.id = k.project_id join client c on c.id = p.client_id
            left join membership l on l.id = (select min(i.id) from membership i
                                              where i.project_id = p.id and i.role = 'producer')
            left join "user" u on u.id = l.user_id"""
_GATHER = {True: "group_concat({})", False: "string_agg(cast({} as text), ',')"}  # Of SQLite, not.
_WHOSE = {
    True: "m.project_id in (select i.project_id from membership i where i.user_id = :user)",
    False: "m.project_id in (select i.id from project i)",
}
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
        from feedback f cross join handling h cross join project p
        left join escalation e on e.id = (select max(x.id) from escalation x
                                          where x.feedback_id = f.id)
        left join "user" u on u.id = e.person_id
        left join membership m on m.project_id = f.project_id and m.user_id = :user
        where f.kind = 'complaint' and f.turn in ('studio', 'client') and h.feedback_id = f.id
          and p.id = f.project_id and p.closed_at is null
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


def facts(project_id, first, last):
    """Return what measures are made of, a row for each feedback of a project that counts."""
    return _FACTS.all(project=project_id, first=first, last=last)


def filed_with(project_id, batch):
    """Return the number of the feedback that a published batch of pins is, or None."""
    return _FILED_WITH.value(project=project_id, batch=batch)


def cells(since, reader=None):
    """Return a row for each project and each month from the one that begins on a day.

    How much was filed, how much of it was promised and kept, the minutes that each took in
    order, who answered. With a reader, of their projects only.
    """
    whose = {"user": reader.id} if reader else {}
    rows = _cells(db.is_sqlite(), bool(reader)).all(
        since=since.isoformat(), now=clock.key(clock.now()), **whose
    )
    return [
        row._replace(
            response_minutes=_numbers(row.response_minutes),
            resolution_minutes=_numbers(row.resolution_minutes),
        )
        for row in rows
    ]


@cache
def _cells(is_sqlite, is_own):
    speeds = {
        what: _SPEED.format(what=what, gather=_GATHER[is_sqlite].format(f"m.{what}_minutes"))
        for what in ("response", "resolution")
    }
    return Read(_CELLS.format(whose=_WHOSE[is_own], **speeds))


def _numbers(text):
    return sorted(map(int, text.split(","))) if text else []


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
    return _UNANSWERED.all(now=clock.key(clock.now()))
