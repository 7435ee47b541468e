"""What a client is promised: by whom it can be said, what it may be, and that it is on record."""

import re

import pytest

from portal.core.errors import DomainError
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.projects.promises import MOST_MINUTES, Promise

HOUR = 60


def give(cast, first, whole):
    return Promise.give(
        cast.client, by=cast.sam, first_response_minutes=first, resolution_minutes=whole
    )


def facts():
    return [event.body for event in Event.select().where(Event.verb == Verb.PROMISE_GIVEN)]


def test_the_last_one_counts_and_each_is_on_record(cast):
    give(cast, 8 * HOUR, None)
    give(cast, 4 * HOUR, 40 * HOUR)

    held = Promise.to(cast.client)
    assert (held.first_response_minutes, held.resolution_minutes) == (240, 2400)
    assert facts()[-1] == {"first_response_minutes": 240, "resolution_minutes": 2400}
    assert Promise.to(cast.rival) is None


def test_the_same_again_is_no_new_fact(cast):
    give(cast, 4 * HOUR, None)
    give(cast, 4 * HOUR, None)

    assert len(facts()) == 1


@pytest.mark.parametrize(
    ("first", "whole"), [(0, None), (-60, None), (None, MOST_MINUTES + 1), (8 * HOUR, 4 * HOUR)]
)
def test_a_promise_that_is_none_is_refused(cast, first, whole):
    with pytest.raises(DomainError):
        give(cast, first, whole)

    assert Promise.select().count() == 0


def test_it_is_said_on_the_page_of_the_client_in_hours(cast, as_):
    path = f"/clients/{cast.client.id}"
    sam = as_(cast.sam)

    response = sam.post(f"{path}/promise", data={"first_response": "4", "resolution": ""})

    assert response.status_code == 303
    assert Promise.to(cast.client).first_response_minutes == 240
    assert re.search(r'<input[^>]*name="first_response"[^>]*value="4"', sam.get(path).text)


@pytest.mark.parametrize("typed", ["half a day", "0", "1001", "-2"])
def test_what_is_no_number_of_hours_comes_back(cast, as_, typed):
    path = f"/clients/{cast.client.id}/promise"

    response = as_(cast.sam).post(path, data={"first_response": typed})

    assert response.status_code == 422
    assert typed in response.text
    assert Promise.to(cast.client) is None
