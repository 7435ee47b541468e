"""The first page: what waits for the reader, then their projects."""

from flask import g

from portal.access.permissions import SIGNED_IN, Permission
from portal.core.filters import READER
from portal.core.web import render
from portal.home import queries
from portal.home.views.room import bp
from portal.home.waiting import Waiting, count, document_label, document_path


@bp.get("/", allow=SIGNED_IN)
def index():
    mine = queries.projects_of(g.user)
    context = {
        "today": READER.get().today,
        "count": count,
        "projects": [project for project in mine if project.closed_at is None],
        "closed": [project for project in mine if project.closed_at],
    }
    return studio(context) if g.user.is_studio else client(context)


def client(context):
    asked = queries.asked_on_projects_of(g.user)
    rows = queries.waiting_for(g.user)
    return render(
        "home/client.html",
        waiting=[Waiting(row, tuple(asked[row.id]), row.slug, g.user.id) for row in rows],
        producers=queries.producers_for(g.user),
        last=None if rows else queries.last_answer_of(g.user),
        **context,
    )


def studio(context):
    asked = queries.asked_on_projects_of(g.user)
    rows = queries.sent_from_projects_of(g.user)
    is_admin = g.user.may(Permission.STUDIO_WRITE)
    return render(
        "home/studio.html",
        waiting=[Waiting(row, tuple(asked.get(row.id, ())), row.slug, g.user.id) for row in rows],
        drafts=queries.drafts_of(g.user),
        document_label=document_label,
        document_path=document_path,
        people=queries.people() if is_admin else None,
        failed=queries.failed_letters() if is_admin else None,
        chains=queries.chains() if is_admin else None,
        **context,
    )
