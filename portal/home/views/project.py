"""One project on one page."""

from flask import current_app, g, request, url_for

from portal.access.permissions import Permission
from portal.core.web import render
from portal.home.page import ProjectPage
from portal.home.views.room import bp
from portal.home.waiting import document_label, document_path
from portal.threads import news, unread

#: What can be begun here: label, endpoint, who may. A room that is not built yet offers nothing.
OFFERS = (
    ("New estimate", "estimates.create", Permission.ESTIMATE_WRITE),
    ("New change request", "changes.create", Permission.CHANGE_WRITE),
    ("Add prototype", "prototypes.new", Permission.PROTOTYPE_WRITE),
    ("Leave feedback", "feedback.new", Permission.FEEDBACK_FILE),
    ("New change request", "changes.new", Permission.CHANGE_ASK),
)


@bp.get("/projects/<slug>", allow=Permission.PROJECT_READ)
def project():
    new = news.by_thing(g.project, unread.on_project(g.project, g.user))
    return render(
        "home/project.html",
        project=g.project,
        page=ProjectPage(g.project, g.user),
        offers=list(offers()),
        document_label=document_label,
        document_path=document_path,
        new=new,
        few=len(new) if request.args.get("new") == "all" else news.FEW,
    )


def offers():
    """Yield (label, address, whether it is made at once) for what this reader may begin."""
    for label, endpoint, permission in OFFERS:
        if endpoint in current_app.view_functions and g.membership.role.may(permission):
            yield label, url_for(endpoint), endpoint.endswith(".create")
