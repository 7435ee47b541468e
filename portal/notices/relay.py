"""The listener that turns facts into letters. It inserts rows; the worker sends them."""

from portal.ledger.models import listen
from portal.mail.models import Letter
from portal.notices.registry import LETTERS


@listen
def post(event):
    """Insert a letter for each person a fact should reach, in the transaction of the fact."""
    for letter in LETTERS.get(event.verb, no_letters)(event):
        for person in letter.to:
            if letter.tells_actor or person.id != event.actor_id:
                Letter.write(letter.template, to=person, context=letter.context, event=event)


def no_letters(_event):
    return ()
