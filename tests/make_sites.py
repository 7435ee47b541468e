"""Plain functions that put websites before people, without a zip: rows as the workshop leaves them."""

import io

from portal.prototypes.models import Look, Prototype, ScreenKind, SiteFile, Source, SourceStatus
from portal.storage import store
from portal.storage.limits import ANYTHING
from portal.storage.models import Blob
from portal.storage.sniff import Sniffed
from portal.workshop import contents

SMALL = {
    "index.html": b'<!doctype html><title>Tides</title><h1>Tides</h1><a href="about.html">About</a>',
    "about.html": b"<!doctype html><title>About us</title><h1>About us</h1>",
    "css/site.css": b"body { font: 1rem/1.5 sans-serif }",
}


def site(project, *, by, files=None, start="index.html", title="The visitor site"):
    """A draft with one screen: the website of these files, their paths mapped to their bytes."""
    files = files or SMALL
    draft = Prototype.add(project, by=by, title=title)
    packed = kept(b"PK" + title.encode())
    facts = {"name": "site.zip", "size_bytes": 1, "status": SourceStatus.READY}
    source = Source.create(version=draft, blob=packed, created_by=by, **facts)
    SiteFile.place(source, [row(path, content) for path, content in files.items()])
    look = Look("Website", ScreenKind.SITE, source=source, original=packed, address=start)
    draft.add_screens([look])
    return draft


def sent_site(project, *, by, deciders, **more):
    """The same, sent to these people."""
    version = site(project, by=by, **more)
    version.send(by=by, deciders=deciders)
    return version


def row(path, content):
    return {
        "path": path,
        "blob": kept(content),
        "media_type": contents.media_type(path),
        "title": title_of(content) if path.endswith(".html") else "",
    }


def title_of(page):
    return page.partition(b"<title>")[2].partition(b"</title>")[0].decode(errors="replace")[:120]


def kept(content):
    return Blob.of(store().put(io.BytesIO(content), len(content)), Sniffed(ANYTHING))
