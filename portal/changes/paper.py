"""A change request on paper: why, what becomes of each item, the price and the dates."""

from portal.changes import sheet
from portal.core import money
from portal.documents.paper import (
    Fact,
    Group,
    Part,
    Prose,
    Row,
    Table,
    between,
    dates_part,
    day,
    paper,
)

DID = {"added": "Added to", "changed": "Changed in", "removed": "Removed from"}


@paper("change")
def parts(snapshot, _options):
    body, currency = sheet.read(snapshot), snapshot["currency"]
    found = [Part("Why", [Prose.of(body.why)])]
    if body.effects:
        note = f"Against what is signed so far, {currency}, excluding tax"
        found.append(Part("What changes", [_table(body, currency)], note))
    return [*found, dates_part(snapshot, _launch(body)), between(snapshot)]


def _table(body, currency):
    rows = [_row(effect, currency) for effect in body.effects]
    sum_ = (money.show_signed(body.total_minor, currency, brief=False),)
    totals = [Row(f"This change request, {currency}", sum_, look="grand")]
    return Table(("Item", "Was", "Becomes", "Change"), [Group("", rows)], totals)


def _row(effect, currency):
    cells = (
        money.show(effect.was.price_minor, currency) if effect.was else "",
        money.show(effect.becomes_minor, currency),
        money.show_signed(effect.price_minor, currency, brief=False),
    )
    look = "gone" if effect.action == "removed" else ""
    return Row(effect.title, cells, tuple(_notes(effect)), look)


def _notes(effect):
    yield f"{DID[effect.action]} {effect.section or 'the scope'}"
    if effect.is_renamed:
        yield f"Was called “{effect.was.title}”"
    if effect.detail and effect.action != "removed":
        yield effect.detail
    if effect.is_reworded:
        yield f"Before: {effect.was.detail or 'nothing said'}"


def _launch(body):
    before = body.launch_before_on and day(body.launch_before_on.isoformat())
    if body.launch_on:
        more = (f"Before: {before}, {body.launch_move}",) if before else ()
        return Fact("Launch", day(body.launch_on.isoformat()), more)
    if before:
        return Fact("Launch", f"{before}, unchanged")
    return Fact("Launch", "Not touched by this", look="quiet")
