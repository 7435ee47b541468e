"""Where words are asked for, signs that nobody sees are none."""

import pytest

from portal.changes.models import ChangeRequest
from portal.core.errors import DomainError
from portal.projects.models import Client, Project
from tests import make

NOTHING = "\u202e \x01"


@pytest.mark.parametrize(
    "say",
    [
        lambda cast: Client.add(by=cast.sam, name=NOTHING),
        lambda cast: cast.client.describe(name=NOTHING),
        lambda cast: Project.start(by=cast.sam, client=cast.client, name=NOTHING, currency="EUR"),
        lambda cast: ChangeRequest.ask(cast.project, by=cast.cleo, title=NOTHING, why="Time."),
        lambda cast: ChangeRequest.ask(cast.project, by=cast.cleo, title="Less", why=NOTHING),
        lambda cast: (
            make.estimate(cast.project, by=cast.sam)
            .send(by=cast.sam, deciders=[cast.cleo])
            .withdraw(by=cast.sam, reason=NOTHING)
        ),
    ],
    ids=["client", "new name", "project", "change", "why a change", "why taken back"],
)
def test_what_nobody_can_read_is_refused(cast, say):
    with pytest.raises(DomainError, match=r"Write|Say"):
        say(cast)
