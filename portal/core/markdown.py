"""What people write, as safe HTML: a small Markdown, escaped first and then sieved."""

import html
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

_KEPT = 256  # Texts: a long one of nothing but brackets takes half a second, so it takes it once.
_TAG = re.compile("(<[^>]*>)")
_CODE = {"<code>": 1, "<pre>": 1, "</code>": -1, "</pre>": -1}
_LINK = _CODE | {"<a>": 1, "</a>": -1}
_BOLD = r"<strong>\g<0></strong>"
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "code", "pre", "blockquote", "del"}
_ours: list[re.Pattern[str]] = []
_read = MarkdownIt("zero", {"html": False, "breaks": True, "linkify": False}).enable(
    ["emphasis", "list", "link", "newline", "backticks", "blockquote", "escape", "strikethrough"]
)


def know_ours(base_url: str) -> None:
    """Say where this portal stands: its addresses become links also where nobody made them one."""
    _ours[:] = [re.compile(re.escape(html.escape(base_url)) + r"/[\w/#.-]*[\w/]")]


def render(text: str, names: Iterable[str] = ()) -> Markup:
    """Return the text as HTML that holds only paragraphs, lists, emphasis, code and links.

    Where one of `names` stands behind an @, both are bold.
    """
    clean = _sieved(text)
    # After the sieve, between its tags only: names come from people, too, so they are escaped.
    linked = _between(clean, _ours[0], _link, _LINK) if _ours else clean
    names = [html.escape(name, quote=False) for name in names]
    bold = _between(linked, called(names), _BOLD, _CODE) if names else linked
    return Markup(bold)  # noqa: S704 - the one place; sieved.


@lru_cache(_KEPT)
def _sieved(text: str) -> str:
    return nh3.clean(
        _read.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )


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


def _link(found: re.Match[str]) -> str:
    return f'<a class="ours" href="{found[0]}">{found[0]}</a>'


def _between(clean: str, pattern: re.Pattern[str], put: Any, closed: dict[str, int]) -> str:
    """Put what stands between tags otherwise, but not inside of those that `closed` counts."""
    parts, depth = _TAG.split(clean), 0
    for i, part in enumerate(parts):
        if i % 2:
            depth += closed.get(part.split(" ", 1)[0].rstrip(">") + ">", 0)
        elif not depth:
            parts[i] = pattern.sub(put, part)
    return "".join(parts)
