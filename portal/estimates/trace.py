"""What an estimate knows of a scope item: the line it was priced in."""

import json

from portal.core import money
from portal.core.read import Read
from portal.estimates import pricing
from portal.scope.trace import Link, Step, traces

_LINES = Read(
    """select e.line, s.number, s.subject_number, s.version, s.snapshot, s.currency, d.options,
              s.requested_at
       from scope_edit e join scope_item i on i.id = e.item_id
       join amendment a on a.id = e.amendment_id join decision d on d.id = a.decision_id
       join sign_off s on s.id = d.sign_off_id
       where i.project_id = :project and i.number = :item and a.kind = 'estimate'
         and e.line is not null order by e.id"""
)


@traces
def lines(project, item, _role):
    """The line as it was sent, with its quantity and its price."""
    return [_link(project, row) for row in _LINES.all(project=project.id, item=item)]


def _link(project, row):
    sheet = pricing.price(json.loads(row.snapshot), tuple(json.loads(row.options)))
    every = (line for section in sheet.sections for line in section.lines)
    line = next(one for one in every if one.number == row.line)
    return Link(
        step=Step.PRICED,
        what=f"Estimate {row.subject_number}, version {row.version}",
        path=f"/projects/{project.slug}/sign-offs/{row.number}#line-{row.line}",
        at=row.requested_at,
        note=f"“{line.what}”, {_price(line, row.currency)}",
    )


def _price(line, currency):
    if line.rate_minor is None:
        return f"a fixed price of {money.show(line.price_minor, currency, brief=True)} {currency}"
    quantity = money.show_thousandths(line.quantity_thousandths)
    rate = money.show(line.rate_minor, currency, brief=True)
    return f"{quantity} {line.unit_word} × {rate} {currency}"
