"""A cancellation on paper: why, what it cancels, what goes back."""

from portal.cancellations import sheet
from portal.core import dates, money
from portal.documents.paper import Fact, Facts, Group, Part, Prose, Row, Table, between, paper


@paper("cancellation")
def parts(snapshot, _options):
    body, currency = sheet.read(snapshot), snapshot["currency"]
    return [
        Part("Why", [Prose.of(body.why)]),
        Part("What is cancelled", [Facts(list(_cancelled(body, snapshot)))]),
        Part("What goes back", [_table(body, currency)], f"{currency}, excluding tax"),
        Part("Dates", [Facts([_launch(body)])]),
        between(snapshot),
    ]


def _cancelled(body, snapshot):
    amount = f"{money.show(body.amount_minor, snapshot['currency'])}\u00a0{snapshot['currency']}"
    yield Fact("What", f"{body.label.capitalize()}, {body.title}")
    yield Fact("Approved", dates.day(body.approved_on), (f"Receipt {body.receipt}",))
    yield Fact("Amount", f"{amount}, excluding tax")
    yield Fact.hash("Digest", snapshot["cancels"]["digest"], "Of what was approved")


def _table(body, currency):
    rows = [_row(undo, currency) for undo in body.undone]
    sum_ = (money.show_signed(body.total_minor, currency, brief=False),)
    totals = [Row(f"This cancellation, {currency}", sum_, look="grand")]
    return Table(("Item", "Change"), [Group("", rows)], totals)


def _row(undo, currency):
    cells = (money.show_signed(undo.price_minor, currency, brief=False),)
    if undo.action == "removed":
        note = f"Removed from {undo.section or 'the scope'}"
        return Row(undo.title_before, cells, (note,), look="gone")
    notes = ["Back to what it was"]
    if undo.title != undo.title_before:
        notes.append(f"Before the cancellation: “{undo.title_before}”")
    return Row(undo.title, cells, (*notes, *filter(None, (undo.detail,))))


def _launch(body):
    before = body.launch_before_on and dates.day(body.launch_before_on)
    if not body.moves_launch:
        return Fact("Launch", f"{before}, unchanged" if before else "Not touched", look="quiet")
    now = dates.day(body.launch_on) if body.launch_on else "No date any more"
    return Fact("Launch", now, (f"Before: {before}",) if before else ())
