"""The projects of one person, a row each, with all that their first page says of them."""

from portal.core.read import Read
from portal.signoff.models.stand_ins import studio_day

_MINE = """select p.id, p.slug, p.name, p.currency, p.phase, p.health, p.health_note, p.next_on,
                  p.next_what, p.launch_on, p.closed_at, c.name as client,
                  cast((select sum(a.amount_minor) from amendment a where a.project_id = p.id)
                       as bigint) as approved_minor,
                  cast((select sum(s.amount_minor) from sign_off s
                        where s.project_id = p.id and s.status = 'open' and s.is_binding)
                       as bigint) as waiting_minor,
                  n.used_minor, n.forecast_minor, n.as_of_on, {more}
           from membership m join project p on p.id = m.project_id
           join client c on c.id = p.client_id
           left join statement n on n.project_id = p.id and n.number =
                     (select max(l.number) from statement l where l.project_id = p.id) {joined}
           where m.user_id = :user
           order by case when p.next_on is null then 1 else 0 end, p.next_on, p.name, p.id"""
# Whom the client calls: who runs the project, and came first.
_FOR_CLIENT = Read(
    _MINE.format(
        more="u.name as producer, u.email as producer_email, u.phone as producer_phone",
        joined="""left join "user" u on u.id =
                  (select r.user_id from membership r join "user" y on y.id = r.user_id
                   where r.project_id = p.id and r.role = 'producer' and y.disabled_at is null
                   order by r.id limit 1)""",
    )
)
# With what tells of a project that drifts: `home.drift` says it in words.
_FOR_STUDIO = Read(
    _MINE.format(
        more="""p.starts_on, cast((select sum(a.amount_minor) from amendment a
                      where a.project_id = p.id and a.kind = 'change' and not exists
                            (select 1 from amendment x where x.cancels_id = a.id))
                     as bigint) as changes_minor,
                (select min(s.due_on) from sign_off s
                 where s.project_id = p.id and s.status = 'open' and s.due_on < :today) as silent_on,
                (select count(*) from objection o join decision d on d.id = o.decision_id
                 join sign_off s on s.id = d.sign_off_id
                 where d.project_id = p.id and o.withdrawn_at is null
                   and s.cancelled_by_id is null) as disputed,
                (select count(*) from prototype t join round r on r.prototype_id = t.id
                 where t.project_id = p.id and r.number > t.included_rounds
                   and r.status <> 'closed') as beyond""",
        joined="",
    )
)


def of(user):
    """Return (open, closed) projects of a person, the next date first; amounts in minor units.

    A client's rows name the producer; those of the studio say what drifts.
    """
    if user.is_studio:
        rows = _FOR_STUDIO.all(user=user.id, today=studio_day())
    else:
        rows = _FOR_CLIENT.all(user=user.id)
    closed = [row for row in rows if row.closed_at]
    return [row for row in rows if row.closed_at is None], closed
