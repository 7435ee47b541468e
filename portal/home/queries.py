"""What the pages around the heart read: a constant number of questions, whatever the size."""

from portal.access.models import User
from portal.core.read import Read
from portal.signoff.models.stand_ins import studio_day

# One open sign-off that a person has not answered, as the person finds it on the first page.
_WAITING_FOR = Read(
    """select s.id, s.number, s.kind, s.subject_id, s.subject_number, s.version, s.noun, s.title,
              s.status, s.rule, s.snapshot, s.currency, s.amount_minor, s.due_on, s.silence,
              s.holds_what, s.holds_on, s.day_cost_minor,
              s.requested_at, a.ask, a.user_id as asked_id,
              (select u.name from "user" u where u.id = a.user_id) as asked_name,
              p.id as project_id, p.slug, p.name as project, p.launch_on as launch_before_on
       from addressee a join sign_off s on s.id = a.sign_off_id
       join project p on p.id = s.project_id
       join membership m on m.project_id = p.id and m.user_id = :user
       where s.status = 'open' and a.ask <> 'copy' and a.asked_at is not null
         and (a.user_id = :user or a.ask = 'decision' and m.role in ('approver', 'sponsor')
              and exists (select 1 from stand_in t
                          where t.project_id = p.id and t.absent_id = a.user_id
                            and t.person_id = :user and t.ended_at is null
                            and t.from_on <= :today and t.until_on >= :today)
              and not exists (select 1 from addressee b where b.sign_off_id = s.id
                              and b.user_id = :user and b.ask = 'decision'))
         and not exists (select 1 from decision d where d.sign_off_id = s.id
                         and (d.user_id = :user or d.seat_id = a.id))
         and not (a.ask = 'opinion' and exists
                  (select 1 from opinion o where o.sign_off_id = s.id and o.user_id = :user))
       order by case when s.due_on is null then 1 else 0 end, s.due_on, s.requested_at, s.id"""
)
# What the studio waits for, over all the projects a person is on.
_SENT_BY_STUDIO = Read(
    """select s.id, s.number, s.kind, s.subject_number, s.version, s.noun, s.title, s.status, s.rule,
              s.currency, s.amount_minor, s.due_on, s.holds_what, s.holds_on, s.day_cost_minor,
              s.requested_at, p.slug, p.name as project,
              (select count(*) from line_question q
               where q.project_id = s.project_id and q.kind = s.kind
                 and q.subject_number = s.subject_number and q.status = 'open') as questions
       from sign_off s join project p on p.id = s.project_id
       join membership m on m.project_id = p.id and m.user_id = :user
       where s.status = 'open'
       order by case when s.due_on is null then 1 else 0 end, s.due_on, s.requested_at, s.id"""
)
# What clients want of the studio and no open sign-off shows: a new version, or an answer to what
# they asked about something that has ended since.
_WANTED = Read(
    """select s.number, s.kind, s.subject_number, s.version, s.noun, s.title, p.slug, p.name as project,
              r.text as wish, r.requested_at, u.name as wisher,
              (select count(*) from line_question q
               where q.project_id = s.project_id and q.kind = s.kind
                 and q.subject_number = s.subject_number and q.status = 'open') as questions
       from sign_off s join project p on p.id = s.project_id
       join membership m on m.project_id = p.id and m.user_id = :user
       left join version_request r on r.sign_off_id = s.id
       left join "user" u on u.id = r.user_id
       where p.closed_at is null
         and not exists (select 1 from sign_off n
                         where n.project_id = s.project_id and n.kind = s.kind
                           and n.subject_number = s.subject_number and n.version > s.version)
         and (r.id is not null or s.status <> 'open' and exists
              (select 1 from line_question q
               where q.project_id = s.project_id and q.kind = s.kind
                 and q.subject_number = s.subject_number and q.status = 'open'))
       order by s.requested_at, s.id"""
)
# The newest sent version of everything that a project ever asked about.
_DOCUMENTS = Read(
    """select s.id, s.number, s.kind, s.subject_number, s.version, s.noun, s.title, s.status, s.rule,
              case when s.status = 'open' then s.snapshot end as snapshot, s.currency,
              s.amount_minor, s.due_on, s.silence,
              s.holds_what, s.holds_on, s.day_cost_minor, s.requested_at, s.closed_at,
              (select max(d.amount_minor) from decision d where d.sign_off_id = s.id) as signed_minor,
              (select count(*) from line_question q
               where q.project_id = s.project_id and q.kind = s.kind
                 and q.subject_number = s.subject_number and q.status = 'open') as questions
       from sign_off s
       where s.project_id = :project
         and not exists (select 1 from sign_off n
                         where n.project_id = s.project_id and n.kind = s.kind
                           and n.subject_number = s.subject_number and n.version > s.version)
       order by s.requested_at desc, s.id desc"""
)
# Who was asked about whatever is open on the projects of a person, and what became of it.
_ASKED = Read(
    """select a.sign_off_id, a.user_id, a.ask, a.asked_at, a.opened_at, u.name, d.answer,
              o.view as opinion,
              coalesce(d.made_at, o.given_at) as answered_at
       from membership m join sign_off s on s.project_id = m.project_id and s.status = 'open'
       join addressee a on a.sign_off_id = s.id join "user" u on u.id = a.user_id
       left join decision d on d.seat_id = a.id
       left join opinion o on o.sign_off_id = s.id and o.user_id = a.user_id
       where m.user_id = :user and a.ask <> 'copy' order by a.position, a.id"""
)
_ASKED_ON = Read(
    """select a.sign_off_id, a.user_id, a.ask, a.asked_at, a.opened_at, u.name, d.answer,
              o.view as opinion,
              coalesce(d.made_at, o.given_at) as answered_at
       from sign_off s join addressee a on a.sign_off_id = s.id join "user" u on u.id = a.user_id
       left join decision d on d.seat_id = a.id
       left join opinion o on o.sign_off_id = s.id and o.user_id = a.user_id
       where s.project_id = :project and s.status = 'open' and a.ask <> 'copy'
       order by a.position, a.id"""
)
# What the studio has begun and not sent. No client's page ever asks this.
_DRAFTS = Read(
    """select 'estimate' as kind, e.number, v.version, v.title, v.edited_at, p.slug,
              p.id as project_id, p.name as project
       from estimate_version v join estimate e on e.id = v.estimate_id
       join project p on p.id = e.project_id
       join membership m on m.project_id = p.id and m.user_id = :user
       where v.status = 'draft'
       union all
       select 'change', c.number, v.version, v.title, coalesce(v.edited_at, v.created_at), p.slug,
              p.id, p.name
       from change_version v join change_request c on c.id = v.change_id
       join project p on p.id = c.project_id
       join membership m on m.project_id = p.id and m.user_id = :user
       where v.status = 'draft'
       union all
       select 'prototype', t.number, v.version, v.title, v.created_at, p.slug, p.id, p.name
       from prototype_version v join prototype t on t.id = v.prototype_id
       join project p on p.id = t.project_id
       join membership m on m.project_id = p.id and m.user_id = :user
       where v.status = 'draft'
       order by edited_at desc"""
)
# The first screen of the newest sent version of each prototype, the last sent at the end.
_PICTURES = Read(
    """select t.project_id, t.number, v.id as version_id, v.version, v.title, b.sha256,
              b.media_type, b.width, b.height, s.requested_at
       from membership m join prototype t on t.project_id = m.project_id
       join prototype_version v on v.prototype_id = t.id
       join sign_off s on s.kind = 'prototype' and s.subject_id = v.id
       join screen c on c.version_id = v.id and c.position = 1 join blob b on b.id = c.thumb_id
       where m.user_id = :user
         and not exists (select 1 from sign_off n
                         where n.project_id = s.project_id and n.kind = s.kind
                           and n.subject_number = s.subject_number and n.version > s.version)
       order by s.requested_at, s.id"""
)
# Feedback about which the client has the word: to verify, or a question of the studio's.
_FEEDBACK_FOR = Read(
    """select f.number, f.text, f.status, f.turned_at, p.slug, p.name as project
       from feedback f join project p on p.id = f.project_id
       join membership m on m.project_id = p.id and m.user_id = :user
       where f.turn = 'client' and p.closed_at is null order by f.turned_at, f.id"""
)
# What clients asked for in their own words and the studio has not priced yet.
_ASKED_CHANGES = Read(
    """select c.number, c.asked_title as title, c.created_at from change_request c
       where c.project_id = :project and c.asked_title <> ''
         and not exists (select 1 from sign_off s
                         where s.project_id = c.project_id and s.kind = 'change'
                           and s.subject_number = c.number)
       order by c.number desc"""
)
_LAST_ANSWER = Read(
    """select s.title, d.answer, d.made_at, r.public_id from decision d
       join membership m on m.project_id = d.project_id and m.user_id = d.user_id
       join sign_off s on s.id = d.sign_off_id join receipt r on r.decision_id = d.id
       where d.user_id = :user order by d.made_at desc, d.id desc limit 1"""
)
# Who was here last, with how many there are of each sort: the windows count before the limit.
_PEOPLE = Read(
    """select q.*, count(*) over () as everybody,
              count(case when q.house_role is not null then 1 end) over () as in_house,
              count(q.disabled_at) over () as disabled,
              count(case when q.last_used_at is null and q.invited_at is not null
                         then 1 end) over () as never_came,
              count(q.bounced) over () as unreached
       from (select u.id, u.name, u.email, u.house_role, u.disabled_at, c.name as company,
                    b.said as bounced,
                    (select max(s.last_used_at) from session s
                     where s.user_id = u.id) as last_used_at,
                    (select max(i.created_at) from invitation i
                     where i.user_id = u.id and i.accepted_at is null
                       and i.revoked_at is null) as invited_at
             from "user" u left join client c on c.id = u.client_id
             left join bounce b on b.address = u.email) q
       order by case when q.last_used_at is null then 1 else 0 end, q.last_used_at desc,
                q.name, q.id
       limit :rows""",
    model=User,
)
_FAILED = Read(
    """select id, name, address, template, error, created_at from letter
       where status = 'failed' order by id desc limit 20"""
)
_HEADS = Read(
    """select chain, seq, hash, moved_at, count(*) over () as chains, sum(seq) over () as entries
       from head order by moved_at desc, chain limit :rows"""
)


def waiting_for(user):
    """Return what a person was asked and has not answered, the earliest due first.

    What somebody was asked for whom they answer today is among it.
    """
    found = _WAITING_FOR.all(user=user.id, today=studio_day())
    return list({row.id: row for row in reversed(found)}.values())[::-1]


def sent_from_projects_of(user):
    """Return what is open on the projects of a person of the studio, the earliest due first."""
    return _SENT_BY_STUDIO.all(user=user.id)


def wanted_by_clients(user):
    """Return what clients ask of the studio that no open sign-off shows, the oldest first."""
    return _WANTED.all(user=user.id)


def feedback_for(user):
    """Return the feedback that waits for the client's word, the longest waiting first."""
    return _FEEDBACK_FOR.all(user=user.id)


def pictures_for(user):
    """Return the first screens of what was shown last: ({version id: row}, {project id: row})."""
    rows = _PICTURES.all(user=user.id)
    return {row.version_id: row for row in rows}, {row.project_id: row for row in rows}


def documents(project):
    """Return the newest sent version of each thing, the last sent first."""
    return _DOCUMENTS.all(project=project.id)


def asked_on_projects_of(user):
    """Return who was asked about what is open: {sign-off id: [person, …]}."""
    return _by_sign_off(_ASKED.all(user=user.id))


def asked_on(project):
    """The same for one project."""
    return _by_sign_off(_ASKED_ON.all(project=project.id))


def drafts_of(user):
    """Return the drafts on the projects of a person of the studio, the last touched first."""
    return _DRAFTS.all(user=user.id)


def asked_changes(project):
    return _ASKED_CHANGES.all(project=project.id)


def last_answer_of(user):
    return _LAST_ANSWER.one(user=user.id)


def people(rows):
    """Return who was here last, each with how many are known, in the house, disabled, and so on."""
    return _PEOPLE.all(rows=rows)


def failed_letters():
    return _FAILED.all()


def chains(rows):
    """Return the chains that moved last, each with how many there are and how long they all are."""
    return _HEADS.all(rows=rows)


def _by_sign_off(rows):
    found = {}
    for row in rows:
        found.setdefault(row.sign_off_id, []).append(row)
    return found
