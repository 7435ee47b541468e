"""What a link to a sign-off, a receipt or anything that is signed says of it."""

from portal.threads.links import linkable

_SUBJECT = """select cast(s.subject_number as text) as ref, s.title, s.status as state,
                     false as is_internal
              from sign_off s where s.project_id = :project and s.kind = '{kind}'
                and cast(s.subject_number as text) in ({{refs}})
                and s.id = (select max(n.id) from sign_off n where n.project_id = s.project_id
                            and n.kind = s.kind and n.subject_number = s.subject_number)
              union all
              select cast(d.number as text), d.title,
                     case when d.is_internal then 'draft' else 'being priced' end, d.is_internal
              from ({drafts}) d where cast(d.number as text) in ({{refs}})
                and not exists (select 1 from sign_off n where n.project_id = :project
                                and n.kind = '{kind}' and n.subject_number = d.number)"""


def signed(kind, place, noun, drafts):
    """Let addresses of a kind of subject be read: as it was sent last, and to the studio as drafted.

    `drafts` selects number, title and is_internal of those of `:project`: false for what a client
    asked for, whose title is in their own words.
    """
    linkable(place, noun, _SUBJECT.format(kind=kind, drafts=drafts))


linkable(
    "sign-offs",
    "Sign-off",
    """select cast(s.number as text) as ref, s.title, s.status as state, false as is_internal
       from sign_off s
       where s.project_id = :project and cast(s.number as text) in ({refs})""",
)
linkable(
    "questions",
    "Question",
    """select cast(q.number as text) as ref, substr(q.text, 1, 80) as title, q.status as state,
              false as is_internal
       from line_question q
       where q.project_id = :project and cast(q.number as text) in ({refs})""",
)
linkable(
    "receipts",
    "Receipt",
    """select r.public_id as ref, s.title, '' as state, false as is_internal
       from receipt r join decision d on d.id = r.decision_id join sign_off s on s.id = d.sign_off_id
       where r.project_id = :project and r.public_id in ({refs})""",
)
