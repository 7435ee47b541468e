"""A project with forty signed things in it, and sign-offs that wait for an answer."""

import secrets
from urllib.parse import urlencode

from portal.access.permissions import HouseRole, Role
from tests import make

WAITING = 150  # Approvals each client may give before it runs out.


class World:
    """What the ladder asks for: one project to read, one project per approving client."""

    def __init__(self, app, approvers):
        self.app = app
        self.sam = make.user("Sam Moreau", house_role=HouseRole.PRODUCER)
        self.museum = make.client("Harbour Museum")
        self.cleo = make.user("Cleo Janssen", client=self.museum)
        self.project = self._project("harbour")
        for _ in range(10):
            self._signed(self.project)
        self.queues = [self._queue(n) for n in range(approvers)]

    def draft(self):
        """A prototype's draft that shows nothing yet."""
        return make.prototype(self.project, by=self.sam, pictures=0)

    def _project(self, slug):
        project = make.project(slug, by=self.sam, client=self.museum)
        make.member(self.cleo, project, Role.APPROVER)
        return project

    def _sent(self, project):
        lines = [(f"Part {n}", 1_000_00 + n) for n in range(4)]
        draft = make.estimate(project, by=self.sam, lines=lines)
        return draft.send(by=self.sam, deciders=[self.cleo])

    def _signed(self, project):
        make.answer(self._sent(project), by=self.cleo)

    def _queue(self, n):
        project = self._project(f"queue-{n}")
        return [self._sent(project) for _ in range(WAITING)]


def form(sign_off, baseline, token):
    """Return the body of an approval, as the page would post it."""
    return urlencode(
        {
            "csrf_token": token,
            "answer": "approve",
            "version": sign_off.version,
            "digest": sign_off.digest,
            "baseline": baseline,
            "total": sign_off.amount_minor,
            "key": secrets.token_hex(8),
            "name": "Cleo Janssen",
            "consent": "y",
        }
    )
