"""From a letter's row to a message: three templates, inlined styles, safe headers."""

import unicodedata
from collections.abc import Callable
from contextlib import contextmanager
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import css_inline
import jinja2

from portal.core import clock
from portal.core.filters import FILTERS, READER, Reader
from portal.mail.transports import Refused
from portal.settings import ROOT
from portal.storage import images, store
from portal.studio.models import Studio

HEADER_CHARS = 200  # Longer ones are cut: some servers refuse lines over 998 bytes.
LOGO_CID = "logo@countersign"
LOGO_PX = 112  # Four times the width at which a mail shows it: sharp on any screen.

#: At generation no header is folded: a broken address could not be followed. RFC 5322, 2.1.1.
UNFOLDED = policy.SMTP.clone(max_line_length=998)
FOOT = "layout/mail_foot.txt"

LATE: dict[str, Callable] = {}
_may_reach: Callable | None = None
_ways_out: Callable | None = None
_inliner = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


_settings = None
_templates = ROOT / "templates"


def configure(settings, templates=ROOT / "templates"):
    """Say once where this installation lives and where its templates are."""
    global _settings, _templates
    _settings, _templates = settings, Path(templates)


def settings():
    """Return what `configure` was told."""
    if _settings is None:
        raise RuntimeError("message.configure(settings) comes first")
    return _settings


def host():
    return urlsplit(settings().base_url).hostname


def mail_url():
    return settings().mail_url


def late(template):
    """Register `function(context) -> dict | None`, asked at delivery for one template.

    It adds what must not lie in the database, such as a code or a link's token, and under
    "attachments" what goes along: (name, media type, bytes). None says that the letter is out of
    date; it is then skipped.
    """

    def register(function):
        LATE[template] = function
        return function

    return register


def about_projects(check):
    """Let `check(letter) -> bool` say, at delivery, who may still read about a project.

    The last one registered counts.
    """
    global _may_reach
    _may_reach = check
    return check


def ways_out(find):
    """Let `find(letter) -> dict | None` say how a reader gets fewer letters like this one.

    `rhythm_path` leads to where that is chosen, `stop_path` stops letters about `project` at once
    or is empty. The last one registered counts.
    """
    global _ways_out
    _ways_out = find
    return find


def render(letter):
    """Return the letter as an EmailMessage, or None if it is out of date."""
    if letter.project_id is not None and _may_reach and not _may_reach(letter):
        return None
    studio = Studio.here()
    context = {
        **letter.context,
        "studio": studio,
        "base_url": settings().base_url,
        "to_name": letter.name,
        "letter": letter,
        "logo_cid": LOGO_CID if studio.logo_id else "",
        "ways_out": _ways_out(letter) if _ways_out else None,
    }
    if letter.template in LATE:
        added = LATE[letter.template](context)
        if added is None:
            return None
        context |= added
    with _reading(studio):
        return _compose(letter, studio, context)


def header(text):
    """Return a text as one header line: no line breaks or controls, at most 200 characters.

    >>> header("Hello\\r\\nBcc: all@example.com")
    'Hello Bcc: all@example.com'
    """
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join(kept.split())[:HEADER_CHARS]


@contextmanager
def _reading(studio):
    """Write dates and amounts the studio's way while the letter is rendered."""
    token = READER.set(Reader(studio.zone, studio.locale))
    try:
        yield
    finally:
        READER.reset(token)


def _compose(letter, studio, context):
    subject, text, html = (
        _part(letter.template, name, context) for name in ("subject.txt", "body.txt", "body.html")
    )
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = header(subject)
    mail["From"] = _address(studio.name, studio.email or f"portal@{host()}")
    mail["To"] = _address(letter.name, letter.address)
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    if context["ways_out"]:
        text += _environment(_templates).get_template(FOOT).render(context)
        add_one_click(mail, context["ways_out"]["stop_path"])
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(_inliner.inline(html), subtype="html", cte="quoted-printable")
    if studio.logo_id:
        logo = _logo(studio.logo.sha256)
        mail.get_payload()[1].add_related(logo, "image", "png", cid=f"<{LOGO_CID}>")
    for name, media_type, content in context.get("attachments", ()):
        mail.add_attachment(content, *media_type.split("/"), filename=name)
    mail.policy = UNFOLDED
    return mail


def add_one_click(mail, stop_path):
    """Say to the reader's mail program how it stops these letters by itself (RFC 8058)."""
    if stop_path:
        mail["List-Unsubscribe"] = f"<{settings().base_url}{stop_path}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def _address(name, address):
    """Return a header address. Raises Refused if `address` is none."""
    try:
        return Address(display_name=header(name), addr_spec=address)
    except (ValueError, IndexError) as error:  # HeaderParseError is a ValueError.
        raise Refused(f"{header(address)} is not an address.") from error


def _part(template, name, context):
    return _environment(_templates).get_template(f"mail/{template}/{name}").render(context)


@lru_cache(maxsize=4)
def _environment(templates):
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


@lru_cache(maxsize=2)
def _logo(sha256):
    return images.shrink(store().path(sha256), LOGO_PX, ".png").content
