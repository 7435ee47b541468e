"""Addresses of ours in what people write, as title and state of the thing, for who may see it.

Each room tells of its things with `linkable`; a page asks once, whatever stands in it. What the
reader may not see, is not there or is of another project stays the plain link that it was.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape

from flask import g

from portal.core import db, web
from portal.core.read import Read
from portal.threads import conversation
from portal.threads.topic import TOPICS

__all__ = ["conversation", "linkable"]

#: As `core.markdown` writes them; nothing that people type can look like it.
_OURS = re.compile(r'<a class="ours" href="([^"]+)">[^<]*</a>')
_PLACE = re.compile(
    r"https?://[^/]+(?:/projects/(?P<slug>[^/]+)/(?P<place>[a-z-]+(?:/[a-z_]+)?)/(?P<ref>\d{1,9})(?:[/#].*)?"
    r"|/(?P<top>receipts)/(?P<id>[\w-]+)|/(?P<inbox>inbox)/(?P<of>[^/]+)/(?P<item>\d{1,9}))"
)
_EACH = {
    True: "select value from json_each(:refs)",
    False: "select value from json_array_elements_text((:refs)::json) as j(value)",
}
_STATES = {
    "open": "waiting",
    "sent": "waiting",
    "wont_change": "won’t change",
}  # As `ui/status.html` says them.
_KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """What a room tells of its things."""

    place: str  # "estimates", the word in its address.
    noun: str  # "Estimate"
    sql: str


def linkable(place, noun, sql):
    """Let addresses `/projects/<slug>/<place>/<ref>` be read as things, and those of their threads.

    `sql` selects ref (text), title, state (a word, or empty) and is_internal of things of
    `:project`; `{refs}` stands for the refs that are asked for, as text. What is internal only the
    studio sees.
    """
    _KINDS[place] = Kind(place, noun, sql)


def unfurled(html):
    """Return a page with each address of ours as title and state: one read for all of them."""
    if g.get("project") is None or 'class="ours"' not in html:
        return html
    wanted = {address: _asked(address) for address in _OURS.findall(html)}
    known = _known({asked for asked in wanted.values() if asked})
    return _OURS.sub(lambda found: known.get(wanted[found[1]], _plain)(found), html)


def name_of(path):
    """Return the name of the thing of this project at a path: `Estimate 2: The visitor site`.

    Empty if there is none, or none that the reader may see.
    """
    asked = _asked(f"https://here{path}")
    row = _seen({asked}).get(asked) if asked else None
    return _name(row) if row else ""


def _asked(address):
    """Return (place, ref) of a thing of the project that is read, or None."""
    found = _PLACE.fullmatch(address)
    if found is None:
        return None
    if found["top"]:
        return found["top"], found["id"]
    if (found["slug"] or found["of"]) != g.project.slug:
        return None
    if found["inbox"]:
        return "feedback", found["item"]
    place, _, kind = found["place"].partition("/")
    if place == "threads" and kind in TOPICS:
        return TOPICS[kind].PLACE, found["ref"]
    return found["place"], found["ref"]


def _known(asked):
    return {key: _words(row) for key, row in _seen(asked).items()}


def _seen(asked):
    if not asked:
        return {}
    refs = json.dumps(sorted({ref for _, ref in asked}))
    rows = _read(db.is_sqlite()).all(project=g.project.id, refs=refs)
    role = g.membership.role
    return {(row.place, row.ref): row for row in rows if _may_see(role, row)}


def _may_see(role, row):
    asked = [cls.READ for cls in TOPICS.values() if row.place == cls.PLACE]
    return (role.is_studio or not row.is_internal) and all(map(role.may, asked))


@cache
def _read(is_sqlite):
    one = "select '{}' as place, ref, title, state, is_internal from ({}) x"
    each = _EACH[is_sqlite]
    kinds = [one.format(kind.place, kind.sql.format(refs=each)) for kind in _KINDS.values()]
    return Read(" union all ".join(kinds))


def _words(row):
    word = _STATES.get(row.state, row.state.replace("_", " "))
    state = f' <span class="small ink-2">({word})</span>' if word else ""
    label = escape(_name(row))
    return lambda found: f'<a href="{found[1]}">{label}</a>{state}'


def _name(row):
    noun, title = _KINDS[row.place].noun, row.title.strip()
    name = f"{noun} {row.ref}" if row.ref.isdigit() else noun
    return f"{name}: {title}" if title else name


def _plain(found):
    return found[0].replace(' class="ours"', "", 1)


web.FINISHERS.append(unfurled)
