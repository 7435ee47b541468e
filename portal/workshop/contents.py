"""What the files of a website are by their extension, and what to say of all of them together."""

from collections import Counter
from pathlib import PurePosixPath

from portal.storage.limits import ANYTHING

HTML = "text/html"
_SCRIPT, _SHEET = "text/javascript", "text/css"
# Browsers run a module and apply a style only under its own type, so each is spelt out.
MEDIA_TYPES = {
    **dict.fromkeys((".html", ".htm"), HTML),
    **dict.fromkeys((".js", ".mjs", ".cjs"), _SCRIPT),
    ".xhtml": "application/xhtml+xml",
    ".css": _SHEET,
    **dict.fromkeys((".json", ".map", ".geojson", ".topojson"), "application/json"),
    ".webmanifest": "application/manifest+json",
    ".wasm": "application/wasm",
    ".xml": "application/xml",
    ".rss": "application/rss+xml",
    ".xsl": "application/xml",
    **dict.fromkeys((".txt", ".glsl", ".vert", ".frag", ".obj", ".mtl"), "text/plain"),
    ".md": "text/markdown",
    ".csv": "text/csv",
    ".vtt": "text/vtt",
    ".pdf": "application/pdf",
    **dict.fromkeys((".jpg", ".jpeg", ".jfif"), "image/jpeg"),
    ".png": "image/png",
    ".apng": "image/apng",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".svg": "image/svg+xml",
    ".bmp": "image/bmp",
    **dict.fromkeys((".ico", ".cur"), "image/x-icon"),
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".eot": "application/vnd.ms-fontobject",
    **dict.fromkeys((".mp4", ".m4v"), "video/mp4"),
    ".webm": "video/webm",
    ".ogv": "video/ogg",
    ".mov": "video/quicktime",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".wav": "audio/wav",
    **dict.fromkeys((".ogg", ".oga", ".opus"), "audio/ogg"),
    ".flac": "audio/flac",
    ".weba": "audio/webm",
    ".glb": "model/gltf-binary",
    ".gltf": "model/gltf+json",
    ".hdr": "image/vnd.radiance",
}
# media type, or how it begins: one, several
_FAMILIES = {
    HTML: ("page", "pages"),
    _SHEET: ("style sheet", "style sheets"),
    _SCRIPT: ("script", "scripts"),
    "image/": ("image", "images"),
    "font/": ("font", "fonts"),
    "video/": ("video", "videos"),
    "audio/": ("sound", "sounds"),
    "": ("other file", "other files"),
}
_FIRST_PAGES = ("index.html", "index.htm", "default.html", "home.html")


def media_type(path):
    """Return the media type that a file of a website is served as.

    >>> media_type("js/App.MJS"), media_type("LICENSE")
    ('text/javascript', 'application/octet-stream')
    """
    return MEDIA_TYPES.get(PurePosixPath(path).suffix.lower(), ANYTHING)


def found(paths):
    """Return what there is, in words and in a fixed order.

    >>> found(["a.png", "b.svg", "c.css"])
    ['1 style sheet', '2 images']
    """
    families = Counter(
        next(f for f in _FAMILIES if media_type(path).startswith(f)) for path in paths
    )
    return [
        f"{families[family]:,} {several if families[family] > 1 else one}"
        for family, (one, several) in _FAMILIES.items()
        if families[family]
    ]


def start(pages):
    """Return the page a site begins with, or None if that is not plain.

    It is the only page, or the one called index.html that lies highest.

    >>> start(["about.html", "index.html", "de/index.html"]), start(["a/index.html", "b/index.html"])
    ('index.html', None)
    """
    if len(pages) == 1:
        return pages[0]
    for name in _FIRST_PAGES:
        named = [page for page in pages if PurePosixPath(page).name.lower() == name]
        highest = min((page.count("/") for page in named), default=0)
        first = [page for page in named if page.count("/") == highest]
        if first:
            return first[0] if len(first) == 1 else None
    return None


def place(page):
    """Return the sort key of a page: highest first, and there first what a folder begins with.

    >>> sorted(["a/index.html", "work.html", "index.html"], key=place)
    ['index.html', 'work.html', 'a/index.html']
    """
    return page.count("/"), PurePosixPath(page).name.lower() not in _FIRST_PAGES, page
