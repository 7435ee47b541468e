"""What the page of one project shows one reader, gathered once."""

from functools import cached_property

from portal.budget.standing import Standing
from portal.home import queries, timeline
from portal.home.waiting import Waiting
from portal.notices import feed
from portal.scope import baseline

ACTIVITY_ROWS = 5


class ProjectPage:
    """One project, one reader. Each part asks the database once, or not at all."""

    def __init__(self, project, reader):
        self.project, self.reader = project, reader

    @cached_property
    def documents(self):
        return queries.documents(self.project)

    @cached_property
    def open(self):
        """The open sign-offs, the earliest due first."""
        asked = queries.asked_on(self.project)
        rows = [row for row in self.documents if row.status == "open"]
        rows.sort(key=lambda row: (row.due_on is None, row.due_on or row.requested_at.date()))
        slug, reader_id = self.project.slug, self.reader.id
        return [Waiting(row, tuple(asked.get(row.id, ())), slug, reader_id) for row in rows]

    @cached_property
    def waiting(self):
        """(title, rows) for each side that something waits for."""
        mine = [one for one in self.open if one.awaits_reader]
        theirs = [one for one in self.open if not one.awaits_reader]
        other = "Waiting for them" if self.reader.is_studio else "Waiting for others"
        return [(t, rows) for t, rows in (("Waiting for you", mine), (other, theirs)) if rows]

    @cached_property
    def drafts(self):
        """What only the studio sees; a client's page never asks for it."""
        if not self.reader.is_studio:
            return []
        mine = queries.drafts_of(self.reader)
        return [draft for draft in mine if draft.project_id == self.project.id]

    @cached_property
    def asked_changes(self):
        return [] if self.reader.is_studio else queries.asked_changes(self.project)

    @cached_property
    def baseline(self):
        return baseline.of(self.project)

    @cached_property
    def waiting_minor(self):
        """What the open sign-offs would add, as sent, in minor units."""
        return sum(one.amount_minor or 0 for one in self.open if one.offer.is_binding)

    @cached_property
    def launches(self):
        """The other launches that open sign-offs would bring, in the order of days."""
        offered = {one.offer.launch_on for one in self.open if one.offer.is_binding}
        return sorted(offered - {None, self.project.launch_on})

    @cached_property
    def money(self):
        last = self.launches[-1] if self.launches else None
        return Standing.of(self.project, self.baseline, self.waiting_minor, last)

    @cached_property
    def dates(self):
        return timeline.rows(self.project, self.baseline, self.launches)

    @cached_property
    def sections(self):
        """The scope by section: (name, how many items, sum in minor units)."""
        found = []
        for name, items in self.baseline.sections.items():
            kept = [item for item in items if not item.is_removed]
            found.append((name or "Scope", len(kept), sum(item.price_minor for item in items)))
        return found

    @cached_property
    def news(self):
        return feed.latest(self.project, self.reader, ACTIVITY_ROWS)
