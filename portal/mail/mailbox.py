"""Reading a folder of letters back: what the demo's mailbox shows."""

import base64
import datetime as dt
import re
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

from portal.core.clock import UTC
from portal.core.paging import PAGE_ROWS, page

SHOWN_HEADERS = (
    "From",
    "To",
    "Date",
    "Subject",
    "Message-ID",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
)
_KEY = re.compile(r"\d{8}T\d{12}-\d+")
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)
# The letter is shown in a frame; its links should open in the reader's own window.
_BASE = '<base target="_top">'


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter of the folder; `message` is the parsed file."""

    key: str  # The name of its file, which sorts by time.
    message: object

    @property
    def at(self):
        """When it was written: its file is named after the instant, in UTC."""
        return dt.datetime.strptime(self.key.split("-")[0], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC)

    @property
    def subject(self):
        return self.message["Subject"] or "(no subject)"

    @property
    def to(self):
        return self.message["To"]

    @property
    def headers(self):
        return [(name, self.message[name]) for name in SHOWN_HEADERS if self.message[name]]

    @property
    def text(self):
        part = self.message.get_body(("plain",))
        return part.get_content() if part else ""

    @property
    def html(self):
        """Return the HTML part with its inline pictures as data: addresses, or None."""
        part = self.message.get_body(("html",))
        if part is None:
            return None
        html = part.get_content()
        for picture in self.message.walk():
            cid = (picture["Content-ID"] or "").strip("<>")
            if cid:
                content = base64.b64encode(picture.get_content()).decode()
                data = f"data:{picture.get_content_type()};base64,{content}"
                html = html.replace(f"cid:{cid}", data)
        return _HEAD.sub(lambda head: head[0] + _BASE, html, count=1)


class Mailbox:
    """The letters of a folder, newest first."""

    def __init__(self, path):
        self.path = Path(path)

    def page(self, before=None):
        """Return a page of letters, of those older than the letter named `before`."""
        keys = sorted((path.stem for path in self.path.glob("*.eml")), reverse=True)
        keys = [one for one in keys if _KEY.fullmatch(one) and (not before or one < before)]
        return page([self._read(one) for one in keys[: PAGE_ROWS + 1]], key=lambda mail: mail.key)

    def find(self, key):
        """Return one letter, or None."""
        known = _KEY.fullmatch(key) and (self.path / f"{key}.eml").is_file()
        return self._read(key) if known else None

    def _read(self, key):
        content = (self.path / f"{key}.eml").read_bytes()
        return Mail(key, BytesParser(policy=policy.default).parsebytes(content))
