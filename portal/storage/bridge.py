"""The script that goes into every page of a website, and how it gets there. Pure.

Without it nobody could say which element of a page a pin is on: the page is a stranger to ours.
"""

import codecs
import hashlib
import re
from html import escape

from portal.core import assets
from portal.settings import ROOT

PARTS = ("address.js", "stand-ins.js", "places.js", "bridge.js", "pinning.js")
HEAD_BYTES = 256 * 1024  # A page whose comments before the first tag are longer is not looked into.
CHUNK_BYTES = 64 * 1024
DECLARED_BYTES = 4 * 1024  # Browsers look this far, or less, for what a page says of its encoding.
_LONGEST = 128  # Bytes of a match of _FROM_ROOT.

_QUOTED = r"""(?:[^>"']|"[^"]*"|'[^']*')*+"""
#: What comes before the first tag that could run anything: then the bridge is the first to run.
_BEFORE = (
    r"(?:\s+|<!--(?:-?>|.*?--!?>)|<!(?!--)[^>]*>|<\?[^>]*>"
    rf"|<html(?=[\s>/]){_QUOTED}>|<head(?=[\s>/]){_QUOTED}>)*+"
)
_BEFORE_TEXT = re.compile(_BEFORE, re.DOTALL | re.IGNORECASE)
_BEFORE_BYTES = re.compile(_BEFORE.encode(), re.DOTALL | re.IGNORECASE)
#: An address that begins at the root, where a page names one. "//" begins a host.
_FROM_ROOT = re.compile(
    rb"""([\s"'](?:xlink:)?(?:href|src|srcset|poster|action|data|data-src)"""
    rb"""(?:=|\s{0,8}=\s{0,8}["'])|\burl\(\s{0,8}["']?|\b(?:from|import)\s{0,8}\(?\s{0,8}["'])"""
    rb"""/(?=[^/])""",
    re.IGNORECASE,
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def _script():
    """Return the parts as one script in one scope."""
    folder = ROOT / "static" / "js" / "content"
    code = "\n".join(assets.tight_js((folder / part).read_text("utf-8")) for part in PARTS)
    return f'(() => {{\n"use strict"\n{code}\n}})()\n'.encode()


SCRIPT = _script()
HASH = hashlib.sha256(SCRIPT).hexdigest()[:8]
NAME = f"bridge.{HASH}.js"  # No token is spelt so: it has no `~` before it.
PATH = f"/~{NAME}"


def tag(portal, root, **facts):
    """Return the element that loads the script. `root` is the path of the website's folder."""
    told = {"portal": portal, "root": root, **facts}
    said = "".join(f' data-{name}="{escape(value)}"' for name, value in told.items())
    return f'<script src="{PATH}"{said}></script>'


def streamed(opened, tag, root):
    """Yield a page with `tag` in front of whatever it runs, and its addresses below `root`.

    Everything else stays as it came, in whatever encoding. The file is `opened()` with the
    first piece: nobody closes it for an answer that is never begun.
    """
    with opened() as file:
        head = file.read(HEAD_BYTES)
        encoding = _UTF16.get(head[:2])
        if encoding:
            yield from _utf16(head, file, tag, encoding)
            return
        begin = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
        end = _BEFORE_BYTES.match(head, begin).end()
        yield head[:end] + tag.encode()
        yield from _below(root.encode(), head[end:], file)


def charset(head):
    """Return what a page is written in, for its Content-Type, or None to let the browser guess.

    The script in front moves what the page says of it; so it is said where nothing comes before.
    """
    if head[:2] in _UTF16:
        return None  # Its first bytes say so, and win.
    declared = _DECLARED.search(head[:DECLARED_BYTES])
    if declared:
        name = declared[1].decode().lower()
        return "utf-8" if name.startswith("utf-16") else name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _below(root, text, file):
    """Yield `text` and the rest of `file`; a match over the end of a piece waits for the next."""
    while True:
        piece = file.read(CHUNK_BYTES)
        safe = len(text) if not piece else max(0, len(text) - _LONGEST)
        done = 0
        for match in _FROM_ROOT.finditer(text):
            if match.start() >= safe:
                break
            yield text[done : match.start()] + match[1] + root
            done = match.end()
        safe = max(safe, done)
        yield text[done:safe]
        text = text[safe:] + piece
        if not piece and not text:
            return


def _utf16(head, file, tag, encoding):
    text = head[2:].decode(encoding, "replace")
    before = text[: _BEFORE_TEXT.match(text).end()]
    end = 2 + len(before.encode(encoding, "surrogatepass"))
    yield head[:end] + tag.encode(encoding)
    yield head[end:]
    while piece := file.read(CHUNK_BYTES):
        yield piece
