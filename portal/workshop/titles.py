"""The title of an HTML page, from its first kilobytes."""

import codecs
import re
from html.parser import HTMLParser

PIECE = 2_048  # Characters; most titles stand in the first.
WITHIN_BYTES = 32 * 1024  # What stands in a page's head before its title, and then some.
MAX_TITLE = 120
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,40})")


def title_of(path):
    """Return the words between <title> and </title>, or "" if there are none."""
    with path.open("rb") as file:
        head = file.read(WITHIN_BYTES)
    reader = _Title()
    try:
        text = _decoded(head)
        for begin in range(0, len(text), PIECE):
            reader.feed(text[begin : begin + PIECE])
            if reader.is_done:
                break
    except AssertionError:  # The parser's own word for a declaration it cannot make sense of.
        return ""
    return " ".join("".join(reader.words).split())[:MAX_TITLE]


class _Title(HTMLParser):
    """Collects the first title that is the page's own, not that of a drawing in it."""

    def __init__(self):
        super().__init__()
        self.words, self._is_open, self.is_done = [], False, False

    def handle_starttag(self, tag, attrs):
        if tag == "svg":
            self.is_done = True
        self._is_open = tag == "title" and not self.is_done

    def handle_endtag(self, tag):
        if tag == "title":
            self.is_done, self._is_open = True, False

    def handle_data(self, data):
        if self._is_open:
            self.words.append(data)


def _decoded(head):
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16")):
        if head.startswith(mark):
            return head.decode(name, "replace")
    named = _CHARSET.search(head)
    try:
        return head.decode(named[1].decode() if named else "utf-8", "replace")
    except (LookupError, UnicodeError):
        return head.decode("utf-8", "replace")
