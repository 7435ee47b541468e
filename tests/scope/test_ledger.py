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
    items, total, launch, hashes = {}, 0, None, []
    events = Event.select().where(Event.project_id == project.id, Event.verb == Verb.AMENDMENT_MADE)
    for event in events.order_by(Event.seq):
        for edit in event.body["edits"]:
            price = items.get(edit["item"], (0, ""))[0] + edit["price_minor"]
            items[edit["item"]] = (price, edit["action"])
            hashes.append(edit["words_sha256"])
        total += event.body["amount"]["minor"]
        launch = event.body["launch"] or launch
    return items, total, launch and dt.date.fromisoformat(launch), hashes


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(histories(), st.lists(launches, min_size=5, max_size=5))
def test_replaying_the_ledger_gives_the_fold(cast, history, days):
    project = make.project(Project.free_slug("Any"), by=cast.sam, client=cast.client)
    for edits, launch in zip(history, days, strict=False):
        made = [_edit(project, edit) for edit in edits]
        make.amendment(project, *made, by=cast.cleo, launch_on=launch)

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
