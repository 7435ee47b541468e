"""A published batch of pins is one feedback: the pins stay on the prototype, the answer is here."""

from portal.feedback.models.item import Feedback
from portal.feedback.models.parts import FeedbackChange
from portal.prototypes.models import on_published


@on_published
def file(batch):
    """File the pins of somebody of the client. What the studio pins is no feedback.

    Of a round beyond the included ones, the change request that asks for it is known already.
    """
    if batch.author.is_studio:
        return
    text = words(batch.version.label, batch.note, batch.in_order(), batch.folded())
    item = Feedback.of_pins(batch, text)
    if batch.round and batch.round.change:
        FeedbackChange.create(feedback=item, change=batch.round.change)


def words(label, note, pins, folded):
    """Return the batch as a text: what it is about first, then each pin in a line of a list.

    A single pin without a note speaks for itself. What is folded under a pin says the same.
    """
    said = []
    for pin in pins:
        said.append(f"- Pin {pin.number}, {pin.screen.name}, {pin.place}: {flat(pin.text)}")
        said += [f"  - The same: {flat(one.text)}" for one in folded.get(pin.id, ())]
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
