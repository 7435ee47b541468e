"""The listener that turns facts into letters. It inserts rows; the worker sends them."""

import datetime as dt

from portal.core import clock
from portal.ledger.models import listen
from portal.mail.models import NO_WAIT, Letter, LetterStatus
from portal.notices.models import UNWANTED, habits
from portal.notices.registry import LETTERS
from portal.notices.urgent import TOGETHER, is_urgent


@listen
def post(event):
    """Insert a letter for each person a fact should reach, in the transaction of the fact.

    Whoever was asked or wrote here once, and is not on the project any more, hears nothing.
    """
    letters = list(LETTERS.get(event.verb, no_letters)(event))
    readers = habits(event.project_id) if letters else {}
    for letter in letters:
        for person in letter.to:
            is_actor = person.id == event.actor_id
            if letter.tells_actor if is_actor else person.id in readers:
                write(letter, person, event, readers.get(person.id))


def write(letter, person, event, habit):
    """Insert the letter: for now if somebody waits for it, else for its reader's hour."""
    if habit is None or is_urgent(letter.template, letter.context):
        write_urgent(letter, person, event)
        return
    ready_at = clock.now() + dt.timedelta(minutes=letter.gathers_minutes)
    slot = habit.slot(ready_at)
    if slot is None:
        add(letter, person, event, status=LetterStatus.SKIPPED, error=UNWANTED)
    elif slot == ready_at:
        write_now(letter, person, event, is_urgent=False)
    else:
        write_later(letter, person, event, slot)


def write_urgent(letter, person, event):
    """Insert the letter for now; what may come together, for the sweep of this minute."""
    if letter.template in TOGETHER:
        fate = {"status": LetterStatus.GATHERING, "next_try_at": clock.now()}
        add(letter, person, event, is_urgent=True, **fate)
    else:
        write_now(letter, person, event, is_urgent=True)


def write_now(letter, person, event, *, is_urgent):
    """Insert the letter, unless one like it is still gathering."""
    wait = dt.timedelta(minutes=letter.gathers_minutes)
    if not (wait and Letter.gathers(letter.template, person, event)):
        add(letter, person, event, wait, is_urgent=is_urgent)


def write_later(letter, person, event, slot):
    """Insert the letter for its hour. One that says what the first of its kind will goes with it."""
    first = Letter.gathering(letter.template, person, event) if letter.gathers_minutes else None
    if first:
        fate = {"status": LetterStatus.GATHERED, "carried_by_id": first.id}
    else:
        fate = {"status": LetterStatus.GATHERING, "next_try_at": slot}
    add(letter, person, event, **fate)


def add(letter, person, event, wait=NO_WAIT, **fate):
    fate = {"is_urgent": False} | fate
    Letter.write(letter.template, to=person, context=letter.context, event=event, wait=wait, **fate)


def no_letters(_event):
    return ()
