"""Where something was noticed: the page somebody came from, and what they looked with.

Both are shown in words to whoever files, and stay behind if they take the tick away.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import g, request

from portal.access import agent
from portal.core.read import Read
from portal.threads import links

VIEWPORT = re.compile(r"\d{2,5} × \d{2,5}")
RECEIPT = re.compile(r"/receipts/[\w-]+")
VERSION = re.compile(r"prototypes/(\d{1,9})/versions/(\d{1,9})")
SCREEN = re.compile(r"screen=(\d{1,4})")
OWN = ("feedback", "feedback/new")  # Whoever comes from there looked at nothing.

#: The screens of what was sent: of a draft the client learns nothing.
_SCREENS = Read(
    """select s.position, s.name from screen s join prototype_version v on v.id = s.version_id
       join prototype p on p.id = v.prototype_id
       where p.project_id = :project and p.number = :prototype and v.version = :version
         and v.status <> 'draft' order by s.position"""
)


@dataclass(frozen=True)
class Page:
    """A page of this project, and what it is called."""

    path: str
    title: str


def came_from():
    """Return the Page from which somebody came to this one, or None."""
    return page(request.args.get("page") or _referrer())


def page(address):
    """Return the Page at a path of this project, or None if there is none that can be named."""
    path, _, query = address.partition("?")
    if RECEIPT.fullmatch(path):
        name = links.name_of(path)
        return Page(path, name) if name else None
    inside = re.fullmatch(rf"/projects/{re.escape(g.project.slug)}((?:/[\w-]+)*)", path)
    if inside is None or inside[1][1:] in OWN:
        return None
    step = inside[1][1:]
    version, screen = VERSION.match(step), SCREEN.search(query)
    if version:
        return _looked_at(path, version, int(screen[1]) if screen else 1)
    return Page(path, links.name_of(path) or _list(step))


def noted(form):
    """Return what goes along with a filing: page and its title, device and viewport."""
    found, facts = page(form.page.data or ""), {}
    if found:
        facts = {"page": found.path, "title": found.title}
    if form.device.data:
        facts["device"] = device()
        if VIEWPORT.fullmatch(form.viewport.data or ""):
            facts["viewport"] = form.viewport.data
    return facts


def device():
    """Return the browser and the machine that ask, in words."""
    return agent.words(request.user_agent.string)


def _referrer():
    """Return path and query of the page of ours that led here, as the browser tells it."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:  # No address at all.
        return ""
    if parts.netloc != request.host:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _looked_at(path, version, position):
    """Return the screen of a prototype that is at a place, counted from 1."""
    name = links.name_of(path)
    prototype, number = int(version[1]), int(version[2])
    rows = _SCREENS.all(project=g.project.id, prototype=prototype, version=number)
    screen = next((row for row in rows if row.position == position), None)
    if not name or screen is None:
        return None
    at = f"?screen={position}" if len(rows) > 1 else ""
    return Page(path + at, f"{name}, version {number}, {screen.name}")


def _list(step):
    """Return what a page is called that shows more than one thing."""
    return step.split("/")[0].capitalize() or "The project"
