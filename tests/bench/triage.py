"""A producer with two hundred projects and ten thousand open items, written straight into tables.

What filing one does to the ledger and to letters is measured elsewhere; here only its rows count.
"""

import datetime as dt

from portal.access.models import Membership
from portal.access.permissions import HouseRole, Role
from portal.core import clock, db
from portal.feedback.models import Feedback, Handling, Verdict
from portal.feedback.words import FeedbackStatus, Kind, Severity, Turn, VerdictKind
from portal.projects.models import Project
from tests import make

PROJECTS = 200
OPEN_EACH = 50  # Ten thousand in all.
DONE_EACH = 100  # What was verified, which the inbox must not pay for.
AT_ONCE = 500
KINDS = tuple(Kind)


class Triage:
    """Tess runs all of it; `tess` is who asks."""

    def __init__(self, projects=PROJECTS, open_each=OPEN_EACH, done_each=DONE_EACH, prefix="block"):
        self.now, self.prefix = clock.now(), prefix
        self.tess = make.user(f"Tess {prefix.title()}", house_role=HouseRole.PRODUCER)
        self.client = make.client(f"Zuidzoom {prefix.title()}")
        self.wim = make.user(f"Wim {prefix.title()}", client=self.client)
        with db.change():
            for n in range(projects):
                self._fill(self._project(n), open_each, done_each)

    def _project(self, n):
        project = Project.create(
            client=self.client, slug=f"{self.prefix}-{n}", name=f"Block {n}", currency="EUR"
        )
        Membership.create(user=self.tess, project=project, role=Role.PRODUCER)
        return project

    def _fill(self, project, open_each, done_each):
        rows = [self._row(project, n, n > done_each) for n in range(1, open_each + done_each + 1)]
        for batch in chunks(rows):
            Feedback.insert_many(batch).execute()
        numbers = {one.number: one.id for one in project.feedback}
        for model, make_row in ((Handling, self._handling), (Verdict, self._verdict)):
            made = filter(None, (make_row(row, numbers[row["number"]]) for row in rows))
            for batch in chunks(list(made)):
                model.insert_many(batch).execute()

    def _row(self, project, number, is_open):
        status = FeedbackStatus.NEW if number % 2 else FeedbackStatus.TRIAGED
        turn = Turn.CLIENT if number % 5 == 0 else Turn.STUDIO
        at = self.now - dt.timedelta(minutes=37 * number + project.id)
        return {
            "project": project,
            "number": number,
            "kind": KINDS[number % len(KINDS)],
            "text": f"Door {number} of {project.name} does not close.\n" + "It sticks. " * 40,
            "filed_by": self.wim,
            "filed_at": at,
            "status": status if is_open else FeedbackStatus.VERIFIED,
            "turn": turn if is_open else Turn.NOBODY,
            "turned_at": at,
            "is_contested": is_open and number % 20 == 2,
            "verdicts": 1 - number % 2,
            "place": {},
        }

    def _handling(self, row, feedback):
        number = row["number"]
        later = dt.timedelta(days=2)
        return {
            "feedback": feedback,
            "assignee": self.tess if number % 7 == 0 else None,
            "severity": Severity.HIGH if number % 9 == 0 else Severity.NORMAL,
            "wakes_at": self.now + later if number % 25 == 0 else None,
            "respond_by_at": row["filed_at"] + later,
            "responded_at": row["filed_at"] if number % 2 == 0 else None,
            "resolve_by_at": row["filed_at"] + 5 * later,
        }

    def _verdict(self, row, feedback):
        facts = {"kind": VerdictKind.DEFECT, "reason": "It is ours.", "by": self.tess}
        return {"feedback": feedback, **facts} if row["verdicts"] else None


def chunks(rows):
    """Yield the rows in lots that one statement can hold."""
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
