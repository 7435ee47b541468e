"""Websites on the pages about them: the start page of a draft, the frame of a sent version."""

from dataclasses import dataclass
from functools import cached_property

from flask import current_app, g, redirect, request

from portal.access.permissions import Permission
from portal.prototypes import sites
from portal.prototypes.models.sites import choose_start
from portal.prototypes.review import Review
from portal.prototypes.views.room import bp, find
from portal.storage.links import site_url


@bp.post(
    "/<int:number>/versions/<int:version>/screens/<int:screen>/start",
    allow=Permission.PROTOTYPE_WRITE,
)
def create_start(number, version, screen):
    draft = find(number, version)
    choose_start(draft, screen, request.form.get("page", ""))
    return redirect(f"{draft.path}#screen-{screen}", code=303)


@bp.app_template_global("site_pages")
def site_pages(draft):
    """Return the pages of each website of a draft, by the id of its source; asked once a page."""
    if "site_pages" not in g:
        g.site_pages = sites.pages(draft)
    return g.site_pages


@bp.app_template_global("site_root")
def site_root(source_id):
    """Return where this reader's browser finds the folder of a website of this project."""
    settings = current_app.extensions["settings"]
    return site_url(settings, source_id, session_id=g.session.id, project_id=g.project.id)


@bp.app_template_global("site_frame")
def site_frame(review):
    """Return what the stage of a website is made of."""
    width = request.args.get("width", "")
    width = width if width in sites.WIDTHS else ""
    return Frame(review, site_root(review.screen.source_id), width, request.args.get("route", ""))


@dataclass
class Frame:
    """A website before one reader: at a width, at a page."""

    review: Review
    root: str
    width: str  # "": as wide as the stage; the script then chooses.
    asked: str  # The page that the address names, if it names one.

    widths = sites.WIDTHS

    @property
    def route(self):
        return self.asked or self.review.screen.address

    @property
    def url(self):
        return sites.page_url(self.root, self.route)

    @cached_property
    def pins(self):
        """(pin, what the frame is told of it) of each pin on this website."""
        return [(pin, facts(pin)) for pin in self.review.here]


def facts(pin):
    """Return where a pin is, as the script in the website reads it."""
    names = ("route", "element", "in_x_bp", "in_y_bp", "x_bp", "y_bp")
    return {"number": pin.shown_number} | {name: getattr(pin, name) for name in names}
