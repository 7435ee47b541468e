"""Why an answer was not recorded, in words for whoever gave it."""

from portal.core.errors import Conflict, DomainError
from portal.signoff.models import SignOffStatus

ALTERED = "What was sealed has been altered since, so nobody can sign it. Please tell the studio."


class Incomplete(DomainError):
    """Something is missing from the form; `context["field"]` says where."""


class Misread(DomainError):
    """A choice cannot be taken as it was typed. `context`: "errors", a sentence by field, and
    "options", what else was chosen."""


class Closed(Conflict):
    """There is an outcome already, or the version was replaced."""


class Stale(Conflict):
    """The form was made for another version or another text."""


class Moved(Conflict):
    """The project moved meanwhile: the question stands, but its sums are new."""

    advice = "The sums below are new; read them, then answer. What you typed is kept."


class OverMandate(Moved):
    """It is more than this person may decide alone; who can is asked on the page."""

    advice = "What you chose is kept."


class NotYet(Conflict):
    """Somebody else answers first."""


class Overtaken(Conflict):
    """What it would change has changed itself; the question was taken back."""


def closed_words(sign_off):
    """Return why a sign-off cannot be answered any more, for whoever still has it open."""
    if sign_off.status == SignOffStatus.SUPERSEDED:
        return f"A newer version replaced {sign_off.label}."
    if sign_off.status == SignOffStatus.WITHDRAWN:
        return f"The studio took it back: {sign_off.reason}"
    if sign_off.status == SignOffStatus.EXPIRED:
        return "It was valid until a day that has passed."
    if sign_off.status == SignOffStatus.CANCELLED:
        return f"It was approved once, and {sign_off.cancelled_by.subject_label} undid that."
    last = max(sign_off.decisions, key=lambda made: made.id)
    did = {SignOffStatus.APPROVED: "approved it", SignOffStatus.DECLINED: "declined it"}
    return f"{last.user.name} {did.get(sign_off.status, 'asked for changes')} already."
