"""What is:… and has:… mean: conditions on an entry `e`, found by the person `:user`.

They read the rooms as they are now. What only the studio may know is named in no condition that a
client's search asks for.
"""

from portal.feedback.inbox.shows import DUE

_SAID = "e.kind = 'feedback' and exists (select 1 from feedback f {more} where {same} and {where})"
_SAME = "f.project_id = e.project_id and f.number = e.number"
_SIGNED = """not e.is_internal and e.kind in ('cancellation', 'change', 'estimate', 'prototype', 'sign_off')
    and exists (select 1 from sign_off s where s.project_id = e.project_id and {where}
                and (e.kind = 'sign_off' and s.number = e.number
                     or s.kind = e.kind and s.subject_number = e.number))"""
_ASKED = "exists (select 1 from addressee a where a.sign_off_id = s.id and a.user_id = :user)"
_PIN = """e.kind = 'pin' and exists (select 1 from pin n where n.project_id = e.project_id
    and n.number = e.number and n.status = 'open')"""
_QUESTION = """e.kind = 'line_question' and exists (select 1 from line_question q
    where q.project_id = e.project_id and q.number = e.number and q.status = 'open')"""
HANDLED = "join handling h on h.feedback_id = f.id"
_CLOSED = """e.kind = 'project' and exists
    (select 1 from project x where x.id = e.project_id and x.closed_at is not null)"""
_FILE = """e.kind = '{kind}' and exists (select 1 from {kind} m join {kind}_file x on x.written_id = m.id
    where m.project_id = e.project_id and m.subject_kind = e.topic and m.subject_number = e.number
      and m.number = e.part {more})"""
_PICTURE = "x.small_id is not null"


def said(where, more=""):
    return _SAID.format(more=more, same=_SAME, where=where)


def signed(where):
    return _SIGNED.format(where=where)


#: is:…, for everybody; below, what it means besides for the studio.
STATES = {
    "closed": (_CLOSED,),
    "contested": (said("f.is_contested"),),
    "declined": (signed("s.status = 'declined'"),),
    "done": (said("f.turn = 'nobody'"),),
    "mine": ("e.person_id = :user", signed(f"s.status = 'open' and {_ASKED}")),
    "new": (said("f.status = 'new'"),),
    "open": (said("f.turn <> 'nobody'"), signed("s.status = 'open'"), _PIN, _QUESTION),
    "overdue": (signed("s.status = 'open' and s.due_on < :today"),),
    "resolved": (said("f.status = 'resolved'"),),
    "signed": (signed("s.status = 'approved'"), "e.kind = 'receipt'"),
    "verified": (said("f.status = 'verified'"),),
    "waiting": (said("f.turn = 'client'"), signed("s.status = 'open'"), _QUESTION),
}
STUDIO_STATES = {
    "draft": ("e.is_internal and e.kind in ('cancellation', 'change', 'estimate', 'prototype')",),
    "mine": (said("h.assignee_id = :user", HANDLED),),
    "overdue": (said(f"f.turn = 'studio' and {DUE} < :now", HANDLED),),
    "snoozed": (said("h.wakes_at > :now", HANDLED),),
}
#: has:…, and below what it means besides for the studio.
PARTS = {
    "file": (
        said("true", "join feedback_picture x on x.feedback_id = f.id"),
        _FILE.format(kind="message", more=""),
    ),
    "picture": (
        said("true", "join feedback_picture x on x.feedback_id = f.id"),
        _FILE.format(kind="message", more=f"and {_PICTURE}"),
    ),
}
STUDIO_PARTS = {
    "file": (_FILE.format(kind="note", more=""),),
    "picture": (_FILE.format(kind="note", more=f"and {_PICTURE}"),),
}
