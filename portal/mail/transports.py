"""How a letter leaves: by SMTP, or as a file in a folder."""

import os
import re
import smtplib
import ssl
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from portal.core import clock

TIMEOUT_SECONDS = 10  # For each answer of the server; a worker must not hang on one letter.
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_PERMANENT = 500  # RFC 5321 section 4.2.1: replies from here on mean "never".
_NOBODY = {550, 551, 553}  # RFC 5321 section 4.2.2: said of a recipient, it has no mailbox there.
_ENHANCED = re.compile(r"5\.(\d{1,3}\.\d{1,3})\b")  # RFC 3463: 5.1.x is about the address,
_CLOSED = "2.1"  # and 5.2.1 says that its mailbox is closed.


class Refused(Exception):
    """This letter will never be taken. The message says why, in words."""


class Bounced(Refused):
    """Nobody has this address: no letter to it would be taken."""


class TryLater(Exception):
    """Not now. The message says why, in words."""


class Unreachable(TryLater):
    """The server itself is away: no letter would get through now."""


def open_transport(mail_url):
    """Return the transport of `smtp://user:password@host:port`, `smtps://…` or `file:///path`."""
    parts = urlsplit(mail_url)
    return Folder(parts.path) if parts.scheme == "file" else Smtp(parts)


class Smtp:
    """A mail server. TLS is used and verified whenever the server offers it."""

    def __init__(self, parts, timeout_seconds=TIMEOUT_SECONDS):
        self.parts, self.timeout_seconds = parts, timeout_seconds

    def send(self, mail, address, letter_id):
        """Hand over one message. Raises Refused, Bounced, TryLater or Unreachable."""
        server = self._connect()
        try:
            server.send_message(mail, to_addrs=[address])
        except smtplib.SMTPNotSupportedError as error:
            raise Refused("The mail server does not take addresses like this one.") from error
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _verdict(code, words, of_recipient=True) from error
        except smtplib.SMTPDataError as error:
            raise _verdict(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"The mail server broke off: {_words(error)}") from error
        finally:
            # The letter is taken or not by now; a rude goodbye changes neither.
            with suppress(smtplib.SMTPException, OSError):
                server.quit()
            server.close()

    def check(self):
        """Connect and sign in, and send nothing. Raises Unreachable."""
        server = self._connect()
        with suppress(smtplib.SMTPException, OSError):
            server.quit()

    def _connect(self):
        host, options = self.parts.hostname, {"timeout": self.timeout_seconds}
        try:
            if self.parts.scheme == "smtps":
                options["context"] = ssl.create_default_context()
                server = smtplib.SMTP_SSL(host, self.parts.port or 465, **options)
            else:
                server = smtplib.SMTP(host, self.parts.port or 25, **options)
            self._introduce(server)
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable(f"The mail server cannot be reached: {_words(error)}") from error
        return server

    def _introduce(self, server):
        server.ehlo()
        encrypted = self.parts.scheme == "smtps"
        if not encrypted and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
            encrypted = True
        if self.parts.username:
            if not encrypted and self.parts.hostname not in LOOPBACK:
                raise smtplib.SMTPException("it offers no encryption for the password")
            server.login(unquote(self.parts.username), unquote(self.parts.password or ""))


class Folder:
    """A folder of `.eml` files, newest last by name: the demo's mailbox, and a dry run."""

    def __init__(self, path):
        self.path = Path(unquote(path))

    def send(self, mail, address, letter_id):
        """Write one message; the file appears whole or not at all."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            name = f"{clock.now():%Y%m%dT%H%M%S%f}-{letter_id:08d}.eml"
            handle, draft = tempfile.mkstemp(dir=self.path, prefix=".draft-")
            with os.fdopen(handle, "wb") as file:
                file.write(mail.as_bytes(policy=mail.policy))
            Path(draft).replace(self.path / name)
        except OSError as error:
            raise Unreachable(f"The mail folder cannot be written: {_words(error)}") from error


def _verdict(code, words, *, of_recipient=False):
    text = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    text = " ".join(text.split())[:300]
    sentence = f"The mail server said: {code} {text}"
    if code < _PERMANENT:
        return TryLater(sentence)
    return (Bounced if _is_dead(code, text, of_recipient) else Refused)(sentence)


def _is_dead(code, text, of_recipient):
    """Tell an address that nobody has from a letter that one server did not like.

    A server that refuses us, our sender or our words (5.7.x, 552, 554) says nothing of the address.
    """
    detail = _ENHANCED.match(text)
    if detail:
        return detail[1].startswith("1.") or detail[1] == _CLOSED
    return of_recipient and code in _NOBODY


def _words(error):
    return " ".join(str(error).split())[:300] or type(error).__name__
