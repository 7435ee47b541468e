"""The first page: what waits for the reader, then their projects."""

from flask import current_app, g

from portal.access.permissions import SIGNED_IN, Permission
from portal.core.filters import READER
from portal.core.web import render
from portal.home import queries
from portal.home.views.room import bp
from portal.home.waiting import Waiting, count, document_label, document_path
from portal.mail.health import health
from portal.prototypes import gathered
from portal.storage.links import content_url


@bp.get("/", allow=SIGNED_IN)
def index():
    mine = queries.projects_of(g.user)
    pictures, latest = queries.pictures_for(g.user)
    context = {
        "today": READER.get().today,
        "count": count,
        "projects": [project for project in mine if project.closed_at is None],
        "closed": [project for project in mine if project.closed_at],
        "pictures": pictures,
        "latest": latest,
        "picture_of": picture_of,
        "document_path": document_path,
    }
    return studio(context) if g.user.is_studio else client(context)


def client(context):
    rows, checks = queries.waiting_for(g.user), queries.feedback_for(g.user)
    gathers = gathered.to_gather(g.user)
    asked = queries.asked_on_projects_of(g.user) if rows else {}
    return render(
        "home/client.html",
        waiting=[Waiting(row, tuple(asked[row.id]), row.slug, g.user.id) for row in rows],
        checks=checks,
        gathers=gathers,
        producers=queries.producers_for(g.user),
        last=None if rows or checks or gathers else queries.last_answer_of(g.user),
        **context,
    )


def studio(context):
    rows = queries.sent_from_projects_of(g.user)
    asked = queries.asked_on_projects_of(g.user) if rows else {}
    is_admin = g.user.may(Permission.STUDIO_WRITE)
    return render(
        "home/studio.html",
        waiting=[Waiting(row, tuple(asked.get(row.id, ())), row.slug, g.user.id) for row in rows],
        drafts=queries.drafts_of(g.user),
        wanted=queries.wanted_by_clients(g.user),
        document_label=document_label,
        people=queries.people() if is_admin else None,
        failed=queries.failed_letters() if is_admin else None,
        mail=health() if is_admin else None,
        chains=queries.chains() if is_admin else None,
        **context,
    )


def picture_of(row):
    """Return where this reader's browser finds the first screen of a prototype."""
    settings, session_id = current_app.extensions["settings"], g.session.id
    return content_url(settings, row, row.title, session_id=session_id, project_id=row.project_id)
