"""The web's manners: rooms that say who may enter, pages that know their parts, honest caches."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
)
from werkzeug.routing import BaseConverter, IntegerConverter
from werkzeug.wrappers import Response as BaseResponse

ALLOWED = "allowed"  # The app's table of endpoint -> who may use it.


class Number(IntegerConverter):
    """`<int:number>` in an address: one that every column can hold. A larger one leads nowhere."""

    regex = r"\d{1,9}"


class Word(BaseConverter):
    """`<slug>` in an address: without the zero byte, which no text in PostgreSQL may hold."""

    regex = r"[^/\0]+"
    part_isolating = True  # No slash: it is one step of the path.


#: What a finished page goes through before it leaves: text in, text out.
FINISHERS: list[Callable[[str], str]] = []

CONVERTERS = {"int": Number, "default": Word, "string": Word}


class Room(Blueprint):
    """A blueprint on which no route can exist without saying who may use it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.allowed: dict[str, Any] = {}

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = None,
        *,
        allow: Any = None,
        **options: Any,
    ) -> None:
        if allow is None:
            raise TypeError(f"{self.name} {rule}: say who may use this route (allow=...)")
        name = endpoint or (view_func.__name__ if view_func else "")
        if self.allowed.setdefault(f"{self.name}.{name}", allow) != allow:
            raise TypeError(f"{self.name}.{name} is allowed to two different groups")
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)

    def register(self, app: Any, options: Any) -> None:
        app.extensions.setdefault(ALLOWED, {}).update(self.allowed)
        super().register(app, options)


def wants_part() -> bool:
    """True when htmx will swap part of a page; false when boosted, restored or plain."""
    return request.headers.get("HX-Request-Type") == "partial"


def render(template: str, *parts: str, **context: Any) -> str:
    """Render the page, or only the blocks named in `parts` when htmx asked for a part.

    A block is named after the id of its one root element. The first block goes where the
    request aimed; each further one is wrapped so that it replaces its own element.
    """
    if not (parts and wants_part()):
        return _finished(render_template(template, **context))
    current_app.update_template_context(context)
    page = current_app.jinja_env.get_template(template)
    html = ["".join(page.blocks[part](page.new_context(context))) for part in parts]
    wrap = '<hx-partial hx-target="#{}" hx-swap="outerHTML">{}</hx-partial>'
    return _finished(html[0] + "".join(map(wrap.format, parts[1:], html[1:])))


def _finished(html: str) -> str:
    for finish in FINISHERS:
        html = finish(html)
    return html


def changed(page_url: str, template: str, *parts: str, **context: Any) -> str | BaseResponse:
    """Answer a change: its parts for htmx, a redirect to the page for everyone else."""
    if wants_part():
        return render(template, *parts, **context)
    return redirect(page_url, code=303)


def etag(*facts: object) -> str:
    """Return a tag made of everything an answer depends on."""
    return hashlib.sha256("\n".join(map(str, facts)).encode()).hexdigest()[:32]


def not_modified(tag: str) -> Response | None:
    """Return an empty 304 if the browser already has the page with this tag."""
    if tag not in request.if_none_match:
        return None
    response = make_response("", 304)
    response.set_etag(tag)
    return response
