"""Leaving: what was in the hands of somebody who cannot come in any more is nobody's again."""

from portal.core.read import Read
from portal.feedback.models import Feedback
from portal.projects.hooks import on_left
from portal.projects.models import Project

# What is open and in the hands of somebody who is off the project, or shut out.
_LEFT = """select {what} from handling h join feedback f on f.id = h.feedback_id
           where {where} and h.assignee_id is not null and f.turn in ('studio', 'client')
             and not exists (select 1 from membership m join "user" u on u.id = m.user_id
                             where m.project_id = f.project_id and m.user_id = h.assignee_id
                               and u.disabled_at is null)
           order by {what}"""
_ON = Read(_LEFT.format(what="f.id", where="f.project_id = :project"))
_WHERE = Read(_LEFT.format(what="f.project_id", where="1 = 1"))


@on_left
def let_go(project):
    """Take what is open from whoever is off the project; what is done stays theirs."""
    for row in _ON.all(project=project.id):
        Feedback.get_by_id(row.id).release()


def mend_all():
    """Do so wherever something is in the hands of somebody who left before."""
    for id_ in sorted({row.project_id for row in _WHERE.all()}):
        with Project.get_by_id(id_).change() as project:
            let_go(project)
