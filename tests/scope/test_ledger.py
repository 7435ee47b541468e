"""The ledger says of each amendment what the fold is made of, so the one proves the other."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.scope import baseline
from portal.scope.models import Edit, ScopeEdit, ScopeItem, words_sha256
from tests import make
from tests.scope.histories import histories

launches = st.none() | st.dates(dt.date(2026, 5, 1), dt.date(2026, 7, 1))


def replayed(project):
    """What the events alone say: ({item: (price, action)}, total, launch, hashes of words)."""
    mine = Event.project_id == project.id, Event.verb == Verb.AMENDMENT_MADE
    events = list(Event.select().where(*mine).order_by(Event.seq))
    items, hashes = {}, []
    for edit in (edit for event in events for edit in event.body["edits"]):
        price = items.get(edit["item"], (0, ""))[0] + edit["price_minor"]
        items[edit["item"]] = (price, edit["action"])
        hashes.append(edit["words_sha256"])
    total = sum(event.body["amount"]["minor"] for event in events)
    return items, total, launch_of(events), hashes


def launch_of(events):
    """The last launch that was signed and not undone."""
    undoing = {
        event.subject_number: event.body["cancels"] for event in events if "cancels" in event.body
    }
    undone = {*undoing, *undoing.values()}
    standing = [event.body["launch"] for event in events if event.subject_number not in undone]
    moved = [launch for launch in standing if launch]
    return dt.date.fromisoformat(moved[-1]) if moved else None


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories(), st.lists(launches, min_size=5, max_size=5))
def test_replaying_the_ledger_gives_the_fold(cast, history, days):
    project = make.project(Project.free_slug("Any"), by=cast.sam, client=cast.client)
    for edits, launch in zip(history, days, strict=False):
        made = [_edit(project, edit) for edit in edits]
        make.amendment(project, *made, by=cast.cleo, launch_on=launch)

    check_equal(project)


def test_it_does_so_when_something_was_cancelled(cast):
    days = dt.date(2026, 5, 22), dt.date(2026, 6, 5)
    sign_offs = []
    for day in days:
        draft = make.estimate(cast.project, by=cast.sam, launch_on=day)
        sign_offs.append(draft.send(by=cast.sam, deciders=[cast.cleo]))
        make.answer(sign_offs[-1], by=cast.cleo)
    undo = make.cancellation(sign_offs[-1], by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    make.answer(undo, by=cast.cleo)

    assert baseline.of(cast.project).launch_on == days[0]
    check_equal(cast.project)


def check_equal(project):
    """The fold of the rows is what the events come to."""
    found = baseline.of(project)
    items, total, launch, hashes = replayed(project)
    assert items == {one.number: (one.price_minor, str(one.last.action)) for one in found.items}
    assert (total, launch) == (found.total_minor, found.launch_on)
    rows = ScopeEdit.select().join(ScopeItem).where(ScopeItem.project == project)
    kept = [(row.section, row.title, row.detail) for row in rows.order_by(ScopeEdit.id)]
    assert hashes == [words_sha256(*words) for words in kept]


def _edit(project, drawn):
    number, action, title, detail, price_minor = drawn
    item = ScopeItem.get_or_none(project=project, number=number)
    return Edit(action, item=item, title=title, detail=detail, price_minor=price_minor)
