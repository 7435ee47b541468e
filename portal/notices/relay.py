"""The listener that turns facts into letters. It inserts rows; the worker sends them."""

import datetime as dt

from portal.core.read import Read
from portal.ledger.models import listen
from portal.mail.models import Letter
from portal.notices.registry import LETTERS

_READERS = Read(
    """select m.user_id from membership m join "user" u on u.id = m.user_id
       where m.project_id = :project and u.disabled_at is null"""
)


@listen
def post(event):
    """Insert a letter for each person a fact should reach, in the transaction of the fact.

    Whoever was asked or wrote here once, and is not on the project any more, hears nothing.
    """
    letters = list(LETTERS.get(event.verb, no_letters)(event))
    readers = readers_of(event) if letters else ()
    for letter in letters:
        for person in letter.to:
            is_actor = person.id == event.actor_id
            if letter.tells_actor if is_actor else person.id in readers:
                write(letter, person, event)


def write(letter, person, event):
    """Insert the letter, unless one like it is still gathering."""
    wait = dt.timedelta(minutes=letter.gathers_minutes)
    if not (wait and Letter.gathers(letter.template, person, event)):
        Letter.write(letter.template, to=person, context=letter.context, event=event, wait=wait)


def readers_of(event):
    """Return the ids of the people who may read about a fact of a project."""
    return {row.user_id for row in _READERS.all(project=event.project_id)}


def no_letters(_event):
    return ()
