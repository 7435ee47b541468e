"""How a statement reads in the activity, and who is told of it."""

import datetime as dt

from portal.access.permissions import Role
from portal.budget.models import Statement
from portal.core import dates
from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.signoff.asking.addressing import in_words


@sentence(Verb.BUDGET_STATED)
def stated(event, slug):
    used, on = in_words(event.body["used"]), day(event.body)
    what = f"that {used} of {in_words(event.body['approved'])} is used"
    return Sentence("stated", what, f"/projects/{slug}/budget", f"on {on}")


@letters(Verb.BUDGET_STATED)
def tell_who_signs(event):
    """Whoever signs for money hears how much of it is used."""
    statement = Statement.get(project=event.project_id, number=event.subject_number)
    project, body = statement.project, event.body
    context = {
        "approved": in_words(body["approved"]),
        "by": statement.author.name,
        "day": day(body),
        "forecast": body["forecast"] and in_words(body["forecast"]),
        "note": statement.note,
        "path": f"/projects/{project.slug}/budget",
        "project": project.name,
        "used": in_words(body["used"]),
    }
    yield Post("budget-stated", project.people(Role.APPROVER, Role.SPONSOR), context)


def day(body):
    return dates.day(dt.date.fromisoformat(body["as_of"]))
