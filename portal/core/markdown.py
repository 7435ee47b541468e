"""What people write, as safe HTML: a small Markdown, escaped first and then sieved."""

import html
import re
from collections.abc import Iterable

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_TAG = re.compile("(<[^>]*>)")
_CODE = {"<code>": 1, "<pre>": 1, "</code>": -1, "</pre>": -1}
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "del"}
_read = MarkdownIt("zero", {"html": False, "breaks": True, "linkify": False}).enable(
    ["emphasis", "list", "link", "newline", "backticks", "blockquote", "escape", "strikethrough"]
)


def render(text: str, names: Iterable[str] = ()) -> Markup:
    """Return the text as HTML that holds only paragraphs, lists, emphasis, code and links.

    Where one of `names` stands behind an @, both are bold.
    """
    clean = nh3.clean(
        _read.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    # Bold after the sieve, between its tags only: names come from people, too, so they are escaped.
    return Markup(_bold(clean, names) if names else clean)  # noqa: S704 - the one place; sieved.


def parse(text: str) -> list[Token]:
    """Return the text as tokens, for what is no page: the same rules, nothing escaped."""
    return _read.parse(text)


def called(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds each of `names` behind an @, the longest first; group 1 is it.

    >>> called(["mo", "mo lee"]).findall("@Mo Lee, mo@example.test and @Moritz")
    ['Mo Lee']
    """
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<![\w@.])@({longest_first})(?!\w)", re.IGNORECASE)


def _bold(clean: str, names: Iterable[str]) -> str:
    pattern = called(html.escape(name, quote=False) for name in names)
    parts, code = _TAG.split(clean), 0
    for i, part in enumerate(parts):
        if i % 2:  # A tag: what stands in code stays as it is.
            code += _CODE.get(part, 0)
        elif not code:
            parts[i] = pattern.sub(r"<strong>\g<0></strong>", part)
    return "".join(parts)
