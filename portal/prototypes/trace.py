"""What a prototype knows of a scope item: the versions that show it, and who accepted them."""

from portal.core.read import Read
from portal.scope.trace import Link, Step, traces

# Of each prototype the newest version that may be seen, and whatever was approved.
_VERSIONS = Read(
    """select t.number, v.version, v.title, v.status, coalesce(s.requested_at, v.created_at)
              as shown_at, d.made_at as accepted_at, u.name as accepted_by, r.public_id as receipt
       from prototype_item p join scope_item i on i.id = p.item_id
       join prototype t on t.id = p.prototype_id
       join prototype_version v on v.prototype_id = t.id
       left join sign_off s on s.kind = 'prototype' and s.subject_id = v.id
       left join decision d on d.id = (select max(n.id) from decision n where n.sign_off_id = s.id)
                           and v.status = 'approved'
       left join "user" u on u.id = d.user_id left join receipt r on r.decision_id = d.id
       where i.project_id = :project and i.number = :item
         and (v.status != 'draft' or :drafts = 1)
         and (v.status = 'approved'
              or v.version = (select max(n.version) from prototype_version n
                              where n.prototype_id = t.id
                                and (n.status != 'draft' or :drafts = 1)))
       order by t.number, v.version"""
)


@traces
def versions(project, item, role):
    """The versions that show it; a yes to one of them accepts what it shows."""
    rows = _VERSIONS.all(project=project.id, item=item, drafts=int(role.is_studio))
    accepted = [_acceptance(row) for row in rows if row.receipt]
    return [*(_version(project, row) for row in rows), *accepted]


def _version(project, row):
    return Link(
        step=Step.SHOWN,
        what=f"Prototype {row.number}, version {row.version}",
        path=f"/projects/{project.slug}/prototypes/{row.number}/versions/{row.version}",
        at=row.shown_at,
        note=row.title,
        state=str(row.status),
    )


def _acceptance(row):
    return Link(
        step=Step.ACCEPTED,
        what=f"Prototype {row.number}, version {row.version}",
        path=f"/receipts/{row.receipt}",
        at=row.accepted_at,
        note=row.accepted_by,
        state="approved",
    )
