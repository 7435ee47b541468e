"""Leaving: what was in the hands of somebody who cannot come in any more is nobody's again."""

from portal.access.models import Membership
from portal.core.read import Read
from portal.feedback.models import Feedback
from portal.ledger.models import listen
from portal.ledger.verbs import Verb
from portal.projects.models import Project

#: What brings back to the studio a thing that may have been done when its holder left.
AGAIN = (
    Verb.FEEDBACK_CONTESTED,
    Verb.FEEDBACK_REOPENED,
    Verb.FEEDBACK_SPLIT,
    Verb.MESSAGE_POSTED,
    Verb.VERDICT_TAKEN_BACK,
)

# What is open and in the hands of somebody who is off the project, or shut out.
_LEFT = """select {what} from handling h join feedback f on f.id = h.feedback_id
           where {where} and h.assignee_id is not null and f.turn in ('studio', 'client')
             and not exists (select 1 from membership m join "user" u on u.id = m.user_id
                             where m.project_id = f.project_id and m.user_id = h.assignee_id
                               and u.disabled_at is null)
           order by {what}"""
_ON = Read(_LEFT.format(what="f.id", where="f.project_id = :project"))
_ONE = Read(_LEFT.format(what="f.id", where="f.project_id = :project and f.number = :number"))
_WHERE = Read(_LEFT.format(what="f.project_id", where="1 = 1"))


@listen
def after_leaving(event):
    """Whoever leaves lets go of it in the same transaction."""
    if event.verb == Verb.MEMBER_REMOVED:
        release(_ON.all(project=event.project_id))
    elif event.verb == Verb.PERSON_DISABLED:
        mine = Membership.select().where(Membership.user == event.subject_number)
        for member in mine.order_by(Membership.project):
            release(_ON.all(project=member.project_id))
    elif event.verb in AGAIN and event.subject_kind == Feedback.KIND:
        release(_ONE.all(project=event.project_id, number=event.subject_number))


def mend_all():
    """Do so wherever something is in the hands of somebody who left before."""
    for id_ in sorted({row.project_id for row in _WHERE.all()}):
        with Project.get_by_id(id_).change():
            release(_ON.all(project=id_))


def release(rows):
    for row in rows:
        Feedback.get_by_id(row.id).release()
