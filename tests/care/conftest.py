"""Something that the museum filed and the studio resolved, and who looks after them."""

import pytest

from portal.feedback.words import Kind
from portal.projects.promises import Promise
from tests import make


@pytest.fixture
def promised(cast):
    """Two working hours to a first word, eight to the end, and Kim hears of complaints."""
    kim = make.producer("Kim")
    Promise.give(
        cast.project.client, by=cast.sam, first_response_minutes=120, resolution_minutes=480
    )
    return Promise.name_for_complaints(cast.project.client, kim, by=cast.sam)


@pytest.fixture
def resolved(cast):
    """A question of Cleo's that Sam has answered."""
    item = make.feedback(cast.project, by=cast.cleo, kind=Kind.QUESTION)
    item.resolve(by=cast.sam, words="It does now.")
    return item
