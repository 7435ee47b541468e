"""The first page: what waits for the reader, then their projects."""

from flask import current_app, g

from portal.access.permissions import SIGNED_IN, Permission
from portal.core.filters import READER
from portal.core.web import render
from portal.feedback.inbox import triage
from portal.feedback.inbox.shows import SHOWS
from portal.home import day, drift, queries
from portal.home.house import House
from portal.home.views.room import bp
from portal.home.waiting import Waiting, count, document_label, document_path
from portal.prototypes import gathered
from portal.storage.links import content_url
from portal.threads import unread

ROWS = 40  # Of what waits and of drafts: a screen that somebody still reads.
PROJECTS = 12  # Each with its picture; the page of projects has all.


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
        "new": unread.by_project(g.user),
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
    drifting, drift_count = drift.of(g.user)
    return render(
        "home/studio.html",
        waiting=[Waiting(row, tuple(asked.get(row.id, ())), row.slug, g.user.id) for row in rows],
        drafts=queries.drafts_of(g.user),
        wanted=queries.wanted_by_clients(g.user),
        document_label=document_label,
        inbox=inbox() if g.user.may(Permission.INBOX_READ) else None,
        day=day.of(g.user, context["projects"]),
        drifting=drifting,
        drift_count=drift_count,
        shown_rows=ROWS,
        shown_projects=PROJECTS,
        house=House() if g.user.may(Permission.STUDIO_WRITE) else None,
        **context,
    )


def inbox():
    """Return the ways to look at the inbox that hold something, with how much that is."""
    counts = triage.counts(g.user)
    g.our_turn = counts["ours"]  # The head of the page shows it too: one reading.
    held = [(show, counts[key]) for key, show in SHOWS.items() if counts.get(key)]
    return {"held": held, "total": sum(number for _, number in held)}


def picture_of(row):
    """Return where this reader's browser finds the first screen of a prototype."""
    settings, session_id = current_app.extensions["settings"], g.session.id
    return content_url(settings, row, row.title, session_id=session_id, project_id=row.project_id)
