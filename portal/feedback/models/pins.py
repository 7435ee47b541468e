"""A published batch of pins is one feedback: the pins stay on the prototype, the answer is here."""

from portal.feedback.models.item import Feedback
from portal.prototypes.models import on_published


@on_published
def file(batch):
    """File the pins of somebody of the client. What the studio pins is no feedback."""
    if not batch.author.is_studio:
        Feedback.of_pins(batch, words(batch.version.label, batch.note, batch.in_order()))


def words(label, note, pins):
    """Return the batch as a text: what it is about first, then each pin in a line of a list.

    A single pin without a note speaks for itself.
    """
    said = [f"- Pin {pin.number}, {pin.screen.name}, {pin.place}: {flat(pin.text)}" for pin in pins]
    if note:
        first = flat(note)
    elif len(pins) == 1:
        first = flat(pins[0].text)
    else:
        first = f"{len(pins)} pins on {label}"
    return "\n".join([first, "", *said])


def flat(text):
    """Return a text as one line."""
    return " ".join(text.split())
