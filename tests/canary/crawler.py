"""Reads all that one person can reach: every address there is, and whatever leads from there."""

import html
import re
from urllib.parse import urljoin

from portal.access.guard import OPEN_ENDPOINTS
from portal.access.permissions import ANYONE, SIGNED_IN, Role
from portal.core.web import ALLOWED
from portal.signoff.models import Receipt
from portal.signoff.subject import SUBJECTS
from portal.threads.topic import TOPICS
from tests.canary import reading

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
MOST = 2_000  # Addresses of one reader; more, and it walks in a circle.
NUMBERS = 7  # As far as the story counts anything.
NOT_OURS = (
    "/static/",
    "/demo",
)  # The same for everybody; the demo's mailbox, on this machine only.
OWN = ("Date", "Set-Cookie")  # A browser gets its cookie at its first form.
_LINK = re.compile(r'\s(?:href|src|hx-get|poster|data-src)="([^"]+)"')
_GET_FORM = re.compile(r'<form[^>]*method="get"[^>]*action="([^"]+)"')
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_LATER = re.compile(r"/[2-9](?:/|$)")


def addresses(app, *elsewhere):
    """Return every address that answers to GET, with values that there are and some too many.

    Of the projects `elsewhere`, in which there is little, those of the first of everything.
    """
    values = {
        "slug": ["harbour"],
        "about": ["1"],
        "kind": sorted({*TOPICS, *SUBJECTS}),
        "version": ["1", "2"],
        "public_id": [one.public_id for one in Receipt.select()],
        "key": ["1"],
        "token": ["x"],
    }
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and not rule.rule.startswith(NOT_OURS):
            last = NUMBERS if _is_for_clients(app, rule) and "about" not in rule.arguments else 1
            numbers = {"number": [str(n) for n in range(1, last + 1)]}
            found |= set(_filled(rule.rule, values | numbers))
    first = [one for one in found if "/harbour" in one and not _LATER.search(one)]
    return sorted(
        found | {one.replace("/harbour", f"/{slug}") for one in first for slug in elsewhere}
    )


def _is_for_clients(app, rule):
    """True if somebody of a client may; of what none may, one address tells as much as ten."""
    allowed = app.extensions[ALLOWED].get(rule.endpoint)
    is_open = rule.endpoint in OPEN_ENDPOINTS or allowed in (ANYONE, SIGNED_IN)
    return is_open or any(role.may(allowed) for role in Role if not role.is_studio)


def _filled(rule, values):
    part = _PART.search(rule)
    if part is None:
        return [rule]
    return [
        address
        for value in values.get(part[1], ["1", "2"])
        for address in _filled(rule.replace(part[0], value, 1), values)
    ]


class Crawler:
    """One person in one browser. Papers are printed once, not for each reader of the same."""

    def __init__(self, browser, settings, *, prints=True):
        self.browser, self.prints = browser, prints
        self.portal, self.content = settings.base_url, settings.content_url

    def crawl(self, beginnings):
        """Yield (address, answer) of each beginning, and of all that leads on from there."""
        waiting = sorted(beginnings)
        seen = set(waiting)
        while waiting:
            address = waiting.pop()
            if address.endswith("/pdf") and not self.prints:
                continue
            answer = self.get(address)
            yield address, answer
            new = self.links(address, answer) - seen
            seen |= new
            waiting += sorted(new)
            assert len(seen) < MOST, sorted(seen)[:: MOST // 50]

    def get(self, address, **headers):
        host = self.content if address.startswith(self.content) else self.portal
        return self.browser.get(address.removeprefix(host), base_url=host, headers=headers)

    def again(self, address, answer):
        """Yield what else there is at that address: the part that htmx asks for, and a 304."""
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield self.get(address, **PARTIAL)
            if "ETag" in answer.headers:
                yield self.get(address, **{"If-None-Match": answer.headers["ETag"]})

    def links(self, address, answer):
        """Return where a page leads, on either of our origins."""
        if answer.mimetype != "text/html":
            return set()
        page = answer.get_data(as_text=True)
        found = [*_LINK.findall(page), *_GET_FORM.findall(page), answer.location or ""]
        return {self._here(address, html.unescape(link)) for link in found} - {""}

    def _here(self, address, link):
        whole = urljoin(urljoin(self.portal, address), link).partition("#")[0]
        if whole.startswith(f"{self.content}/"):
            return whole
        path = whole.removeprefix(self.portal) or "/"
        is_ours = path.startswith("/") and not path.startswith(NOT_OURS)
        return path if is_ours else ""


def fingerprint(answer):
    """Return all that can be told of an answer: status, headers, bytes."""
    headers = sorted(pair for pair in answer.headers if pair[0] not in OWN)
    return answer.status_code, headers, reading.bare(answer.data)
