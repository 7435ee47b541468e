"""What people answered when they were asked to sign, and the receipts of it."""

from collections import defaultdict

from portal.core.read import Read
from portal.search.sources.registry import Found, joined, searchable

_SIGN_OFFS = Read(
    """select s.number, s.title, s.holds_what, s.reason, s.requested_at, s.requested_by_id
       from sign_off s where s.project_id = :project and s.number between :first and :last"""
)
_ANSWERS = Read(
    """select s.number, d.notes from decision d join sign_off s on s.id = d.sign_off_id
       where s.project_id = :project and s.number between :first and :last
       union all
       select s.number, o.note from opinion o join sign_off s on s.id = o.sign_off_id
       where s.project_id = :project and s.number between :first and :last
       union all
       select s.number, b.reason from objection b join decision d on d.id = b.decision_id
       join sign_off s on s.id = d.sign_off_id
       where s.project_id = :project and s.number between :first and :last
         and b.withdrawn_at is null
       union all
       select s.number, r.text from version_request r join sign_off s on s.id = r.sign_off_id
       where s.project_id = :project and s.number between :first and :last"""
)
_RECEIPTS = Read(
    """select r.number, s.title, d.purchase_order, d.made_at, d.user_id
       from receipt r join decision d on d.id = r.decision_id
       join sign_off s on s.id = d.sign_off_id
       where r.project_id = :project and r.number between :first and :last"""
)


@searchable("sign_off")
def sign_off(project_id, first, last):
    some = {"project": project_id, "first": first, "last": last}
    said = defaultdict(list)
    for row in _ANSWERS.all(**some):
        said[row.number].append(row.notes)
    for row in _SIGN_OFFS.all(**some):
        text = joined(*said[row.number], row.holds_what, row.reason)
        at, by = row.requested_at, row.requested_by_id
        yield Found(row.number, row.title, text, at, by)


@searchable("receipt")
def receipt(project_id, first, last):
    for row in _RECEIPTS.all(project=project_id, first=first, last=last):
        yield Found(row.number, row.title, row.purchase_order, row.made_at, row.user_id)
