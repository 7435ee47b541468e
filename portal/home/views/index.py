"""The first page: what waits for the reader, then their projects."""

from flask import current_app, g, request

from portal.access.permissions import SIGNED_IN, Permission
from portal.core.filters import READER
from portal.core.web import render
from portal.feedback.inbox import triage
from portal.feedback.inbox.shows import SHOWS
from portal.home import day, drift, portfolio, queries
from portal.home.house import House
from portal.home.views.room import bp
from portal.home.waiting import Waiting, count, document_label, document_path
from portal.prototypes import gathered
from portal.storage.links import content_url
from portal.threads import unread

ROWS = 15  # Of what waits, of drafts and of what drifts: a screen that somebody still reads.
PROJECTS = 12  # Each with its picture; the page of projects has all.
ALL = 10_000
#: On no project nothing waits, and nobody has to be asked.
NOTHING = {"waiting": [], "checks": [], "gathers": []}
NO_DESK = {"waiting": [], "drafts": [], "wanted": [], "inbox": None, "day": []}


@bp.get("/", allow=SIGNED_IN)
def index():
    projects, closed = portfolio.of(g.user)
    is_all = request.args.get("all") == "1"
    context = {
        "today": READER.get().today,
        "count": count,
        "projects": projects,
        "closed": closed,
        "picture_of": picture_of,
        "document_path": document_path,
        "shown_rows": ALL if is_all else ROWS,
        "shown_projects": PROJECTS,
    }
    return studio(context) if g.user.is_studio else client(context)


def client(context):
    work = what_waits() if context["projects"] or context["closed"] else NOTHING
    is_idle = not (work["waiting"] or work["checks"] or work["gathers"])
    last = queries.last_answer_of(g.user) if is_idle else None
    return render("home/client.html", last=last, **work, **seen(context), **context)


def what_waits():
    """Return what a person of a client is asked for, in the order of the page."""
    rows = queries.waiting_for(g.user)
    return {
        "waiting": waiting(rows),
        "checks": queries.feedback_for(g.user),
        "gathers": gathered.to_gather(g.user),
    }


def studio(context):
    projects = context["projects"]
    work = desk(projects) if projects or context["closed"] else NO_DESK
    return render(
        "home/studio.html",
        document_label=document_label,
        drifting=drift.of(projects),
        house=House() if g.user.may(Permission.STUDIO_WRITE) else None,
        **work,
        **seen(context),
        **context,
    )


def desk(projects):
    """Return what a person of the studio has before them, in the order of the page."""
    return {
        "waiting": waiting(queries.sent_from_projects_of(g.user)),
        "drafts": queries.drafts_of(g.user),
        "wanted": queries.wanted_by_clients(g.user),
        "inbox": inbox() if g.user.may(Permission.INBOX_READ) else None,
        "day": day.of(g.user, projects),
    }


def waiting(rows):
    asked = queries.asked_on_projects_of(g.user) if rows else {}
    return [Waiting(row, tuple(asked.get(row.id, ())), row.slug, g.user.id) for row in rows]


def seen(context):
    """Return the first screens of what was shown last, and what is new; nothing of no projects."""
    if not (context["projects"] or context["closed"]):
        return {"pictures": {}, "latest": {}, "new": {}}
    pictures, latest = queries.pictures_for(g.user)
    return {"pictures": pictures, "latest": latest, "new": unread.by_project(g.user)}


def inbox():
    """Return the ways to look at the inbox that hold something, with how much that is."""
    counts = triage.counts(g.user)
    g.our_turn = counts["ours"]  # The head of the page shows it too: one reading.
    held = [(show, counts[key]) for key, show in SHOWS.items() if counts.get(key)]
    return {"held": held, "total": sum(number for _, number in held), "ours": counts["ours"]}


def picture_of(row):
    """Return where this reader's browser finds the first screen of a prototype."""
    settings, session_id = current_app.extensions["settings"], g.session.id
    return content_url(settings, row, row.title, session_id=session_id, project_id=row.project_id)
