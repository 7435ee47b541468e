"""From a zip to the files of a website. What is wrong is refused, never put right."""

import zipfile
import zlib

from portal.storage.limits import Unusable
from portal.workshop import contents, directory, entries, titles

CHUNK_BYTES = 256 * 1024
TELL_EVERY = 50  # Files.


def work(path, into, tell):
    """Unpack the zip at `path` into numbered files.

    Returns {"files": [{"path", "file", "media_type", "size_bytes"}], "pages": [{"path", "title"}],
    "start", "found": ["2 pages", "12 images", …]}. Paths are relative, in Unicode's composed form
    (NFC). "start" is the path of the page to begin with, or None if that is not plain; the first
    of "pages" is the best guess then.
    """
    with directory.opened(path) as archive:
        listed = entries.checked(archive, path)
        entries.refuse_without_pages(listed)
        files = [_unpack(archive, into, n, one) for n, one in _told(listed, tell)]
    pages = [_page(into, file) for file in files if file["media_type"] == contents.HTML]
    pages.sort(key=lambda page: contents.place(page["path"]))
    return {
        "files": files,
        "pages": pages,
        "start": contents.start([page["path"] for page in pages]),
        "found": contents.found(file["path"] for file in files),
    }


def _told(listed, tell):
    for n, one in enumerate(listed):
        if n % TELL_EVERY == 0:
            tell(n, len(listed))
        yield n, one


def _unpack(archive, into, number, entry):
    """Write one entry to a numbered file, and count what comes out of it."""
    written, target = 0, into / f"{number:05d}"
    try:
        with archive.open(entry.info) as packed, target.open("wb") as file:
            while chunk := packed.read(CHUNK_BYTES):
                written += len(chunk)
                file.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise Unusable(
            f"“{entry.path}” in this zip is damaged. Pack it again and retry."
        ) from error
    if written != entry.info.file_size:
        raise Unusable(f"“{entry.path}” is not as long as this zip says. Pack it again and retry.")
    media_type = contents.media_type(entry.path)
    return {
        "path": entry.path,
        "file": target.name,
        "media_type": media_type,
        "size_bytes": written,
    }


def _page(into, file):
    return {"path": file["path"], "title": titles.title_of(into / file["file"])}
