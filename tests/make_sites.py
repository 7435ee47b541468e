"""Plain functions that put websites before people, without a zip: rows as the workshop leaves them."""

import io

from portal.prototypes.models import Look, Prototype, ScreenKind, SiteFile, Source, SourceStatus
from portal.settings import ROOT
from portal.storage import store
from portal.storage.limits import ANYTHING
from portal.storage.models import Blob
from portal.storage.sniff import Sniffed
from portal.workshop import contents
from tests import make_files

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


# A website as studios deliver them ---------------------------------------------------------------

HEAD = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/css/site.css">
<script src=/js/classic.js></script></head><body>
<header><a class="logo" href="/">Harbour Museum</a>
<nav><a href="about.html">About</a> <a href="/visit/">Visit</a> <a href="lost.html">Lost</a></nav>
</header>
"""
CSS = """@font-face { font-family: Own; src: url(/fonts/own.woff2) format("woff2"); }
* { box-sizing: border-box } body { margin: 0; font: 18px/1.5 Own, serif; color: #15303d }
header { display: flex; gap: 24px; justify-content: space-between; padding: 20px 5%; background: #15303d }
header a { color: #fff } nav { display: flex; gap: 16px }
.hero { padding: 12% 5%; color: #fff; background: #2b6c8f url(/img/sea.png) center / cover }
.hero h1 { font-size: clamp(32px, 6vw, 72px); margin: 0 }
.cards { display: grid; gap: 24px; padding: 40px 5%; grid-template-columns: repeat(3, 1fr) }
.card { border: 1px solid #b9ccd4; padding: 24px } .card img { width: 100%; display: block }
@media (max-width: 700px) { .cards { grid-template-columns: 1fr } }
"""
BODY = """<script type="module" crossorigin src="js/main.js"></script>
<section class="hero"><h1>The sea, from inside</h1><p>Open until six.</p></section>
<main class="cards">
<article class="card"><img src="/img/sea.png" alt="The sea"><h2>Tides</h2><p id="tide">…</p></article>
<article class="card"><h2>Tickets</h2><p>Children come in free.</p>
<button type="button">Book</button></article>
<article class="card"><h2>Café</h2><p>Soup of the day.</p><p id="visits"></p></article></main>
<p id="works"></p></body></html>"""
MAIN = """import { say } from "./say.js"
import { hours } from "/js/hours.js"
const { high } = await (await fetch("data/tides.json")).json()
const { opens } = await (await fetch("/data/hours.json")).json()
say("tide", `High water at ${high}.`)
localStorage.visits = Number(localStorage.getItem("visits") ?? 0) + 1
document.cookie = "seen=yes; path=/"
say("visits", `Visit ${localStorage.visits}, ${document.cookie}.`)
await document.fonts.load("18px Own")
const fonts = document.fonts.check("18px Own")
const works = { classic: window.classic, hours, opens, fonts, picture: true }
const picture = new Image()
picture.src = "/img/sea.png"
await picture.decode()
const worker = new Worker("js/double.js")
works.doubled = await new Promise((resolve) => {
  worker.onmessage = ({ data }) => resolve(data)
  worker.postMessage(21)
})
say("works", JSON.stringify(works))
"""


def template():
    """Return a site of three pages with a face, modules, data, storage, pictures and a worker."""
    face = ROOT / "static" / "fonts" / "countersign-serif-latin.woff2"
    return {
        "index.html": (HEAD.format(title="Harbour Museum") + BODY).encode(),
        "about.html": (HEAD.format(title="About us") + "<h1>About us</h1>").encode(),
        "visit/index.html": (HEAD.format(title="Visit") + "<h1>How to get here</h1>").encode(),
        "css/site.css": CSS.encode(),
        "js/main.js": MAIN.encode(),
        "js/say.js": b"export const say = (id, words) => { document.getElementById(id).textContent = words }",
        "js/hours.js": b"export const hours = 6",
        "js/classic.js": b"window.classic = true",
        "js/double.js": b"onmessage = ({ data }) => postMessage(2 * data)",
        "data/tides.json": b'{"high": "06:12"}',
        "data/hours.json": b'{"opens": "10:00"}',
        "fonts/own.woff2": face.read_bytes(),
        "img/sea.png": make_files.image(960, 400),
    }
