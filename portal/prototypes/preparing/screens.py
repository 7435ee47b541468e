"""From an uploaded file to screens, in the workshop. Runs in the worker; takes up to minutes."""

import time
from itertools import count

from portal import workshop
from portal.core.errors import DomainError
from portal.prototypes import models
from portal.prototypes.preparing.pictures import NAME_CHARACTERS, name_of
from portal.storage import store
from portal.storage.base import Damaged
from portal.storage.limits import ANYTHING, NotAccepted
from portal.storage.models import Blob
from portal.storage.sniff import Sniffed

TOLD_SECONDS = 1  # How often the page hears how far it is.
LOST = "We have lost what had arrived of this file. Remove it, then upload it again."
NOTHING_TO_SHOW = (
    "This is not an image, a PDF, a video or a zipped website, so there is nothing to show of it. "
    "It can still be downloaded."
)


def prepare(source):
    """Make screens of a claimed Source, or say on it why there are none."""
    try:
        if source.blob is None:
            shelve(source)
        with store().scratch() as folder:
            judged = workshop.run("judge", source.blob.path(), folder)
            source.blob = source.blob.learn(Sniffed(judged["media_type"]))
            looks = MAKERS[judged["kind"]](source, folder)
            source.finish(looks)
    except DomainError as refused:
        source.fail(refused.message)


def shelve(source):
    """Check what came in by parts, and keep it with the other files."""
    uploads = store().uploads
    try:
        stored = uploads.shelve(
            source.key, source.size_bytes, source.composite or None, told(source)
        )
    except FileNotFoundError as lost:
        raise DomainError(LOST) from lost
    except Damaged:
        uploads.discard(source.key)
        raise
    source.keep(Blob.of(stored, Sniffed(ANYTHING)))
    uploads.discard(source.key)


def work(tool, source, folder):
    """Run a tool of the workshop on the file, telling the page how far it is."""
    return workshop.run(tool, source.blob.path(), folder, on_progress=told(source))


def told(source):
    """Return what tells the page, now and then, how many of how many steps are done."""
    last = 0.0

    def tell(done, total):
        nonlocal last
        if time.monotonic() - last >= TOLD_SECONDS:
            last = time.monotonic()
            source.tell(done, total)

    return tell


def picture(source, folder):
    made = work("picture", source, folder)
    return [look(source, folder, made, name_of(source.name), models.ScreenKind.IMAGE)]


def pages(source, folder):
    name, made = name_of(source.name), work("pages", source, folder)["pages"]
    if len(made) == 1:
        return [
            look(
                source, folder, made[0], name, models.ScreenKind.PAGE, page=1, mark=made[0]["mark"]
            )
        ]
    room = name[: NAME_CHARACTERS - len(", page 999")]
    return [
        look(
            source,
            folder,
            one,
            f"{room}, page {n}",
            models.ScreenKind.PAGE,
            page=n,
            mark=one["mark"],
        )
        for n, one in zip(count(1), made, strict=False)
    ]


def clip(source, folder):
    made = work("clip", source, folder)
    made["shown"] = made["poster"]
    more = {"duration_ms": made["duration_ms"]}
    return [look(source, folder, made, name_of(source.name), models.ScreenKind.CLIP, **more)]


def site(source, folder):
    """Keep each file of a website at its own path."""
    made = work("site", source, folder)
    titles = {page["path"]: page["title"] for page in made["pages"]}
    kept = Blob.keep_all([folder / one["file"] for one in made["files"]])
    models.SiteFile.place(
        source,
        [
            {
                "path": one["path"],
                "blob": blob,
                "media_type": one["media_type"],
                "title": titles.get(one["path"], ""),
            }
            for one, blob in zip(made["files"], kept, strict=True)
        ],
    )
    start = made["start"] or made["pages"][0]["path"]
    name = titles.get(start) or name_of(source.name)
    return [
        models.Look(
            name[:NAME_CHARACTERS],
            models.ScreenKind.SITE,
            source=source,
            original=source.blob,
            address=start,
        )
    ]


def other(_source, _folder):
    raise NotAccepted(NOTHING_TO_SHOW)


MAKERS = {"image": picture, "pdf": pages, "clip": clip, "site": site, "other": other}


def look(source, folder, made, name, kind, **more):
    """Return the Look of a picture that the workshop made in its sizes."""
    copies = {size: kept(folder, made.get(size)) for size in ("thumb", "shown", "fine")}
    size = {"width": made["width"], "height": made["height"]}
    return models.Look(name, kind, source=source, original=source.blob, **copies, **size, **more)


def kept(folder, made):
    """Keep one picture that the workshop made; None stays None."""
    if made is None:
        return None
    with (folder / made["file"]).open("rb") as file:
        stored = store().put(file, workshop.MADE_BYTES)
    return Blob.of(stored, Sniffed("image/webp", made["width"], made["height"]))
