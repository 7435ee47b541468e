"""The document of a sign-off, as it was sent: what a studio hands to a client on paper."""

from portal.core import clock, dates
from portal.documents.paper import PARTS, Lines, Paper, Part, Prose
from portal.signoff import marks
from portal.signoff.models import SignOffStatus
from portal.studio.models import Studio

WORDS = {
    SignOffStatus.APPROVED: "Approved",
    SignOffStatus.CHANGES_REQUESTED: "Changes requested",
    SignOffStatus.DECLINED: "Declined",
    SignOffStatus.SUPERSEDED: "Replaced by a later version",
    SignOffStatus.EXPIRED: "No longer valid",
    SignOffStatus.WITHDRAWN: "Taken back",
}
NO_BREAK = "\u00a0"
SHOWN = 16  # Digits of the digest at the foot: enough to tell two apart.


def paper_of(sign_off, options=None, *, address="", is_draft=False):
    """Return the Paper of a sign-off, from its snapshot; `options` as chosen, None: as sent.

    `address` is where in the portal it is answered.
    """
    shown = sign_off.shown
    project = shown.get("project", {}).get("name", "")
    label = sign_off.label.capitalize()
    seal = "Draft, not sent" if is_draft else f"Digest {sign_off.digest[:SHOWN]}…"
    return Paper(
        label=label,
        title=shown["title"],
        lede=shown["summary"],
        issuer=issuer(shown),
        foot=(imprint(shown), " · ".join(filter(None, (label, project, seal)))),
        parts=[
            *taken_back(sign_off),
            *PARTS[sign_off.kind](shown, options),
            answer(sign_off, address, is_draft),
        ],
        made_at=clock.stamp(sign_off.requested_at),
        under=() if is_draft else (f"Sent {sent_on(sign_off)}",),
        state="" if is_draft else state(sign_off),
        is_signed=sign_off.status == SignOffStatus.APPROVED,
        across="Draft" if is_draft else "",
    )


def answer(sign_off, address, is_draft):
    """Return the part that says how to answer, with a line for a pen."""
    if is_draft:
        return Part("Your answer", [Prose.of("This is a draft. It asks nobody for an answer yet.")])
    words = f"In the portal: {address}. There your answer gets a receipt that both sides keep."
    lines = Lines(("Place and date", "Name", "Signature"))
    label = sign_off.label.replace("version ", f"version{NO_BREAK}")
    return Part("Your answer", [Prose.of(words), lines], f"To {label}")


def taken_back(sign_off):
    """Yield the part that says why the studio took it back, if it did."""
    if sign_off.reason:
        yield Part("Taken back", [Prose.of(sign_off.reason)])


def state(sign_off):
    """Return how it stands today, for a page that may lie on a desk; empty while it waits."""
    if sign_off.cancelled_by_id:
        return f"Cancelled by {sign_off.cancelled_by.subject_label}"
    disputed = " (disputed)" if marks.of(sign_off).disputes else ""
    return f"{WORDS[sign_off.status]}{disputed}" if sign_off.status in WORDS else ""


def sent_on(sign_off):
    """Return the day it was sent, where the studio is."""
    return dates.day(dates.today(sign_off.requested_at, Studio.here().zone))


def logo():
    """Return where the studio's logo lies, or None. It is a look, not a fact: no snapshot has it."""
    studio = Studio.here()
    return studio.logo.path() if studio.logo_id else None


def issuer(shown):
    """Return the studio's name as it was sealed, or today's where a snapshot has none."""
    return shown.get("studio", {}).get("name") or Studio.here().name


def imprint(shown):
    """Return who the studio is by law, in one line."""
    studio = shown.get("studio")
    if not studio:
        return issuer(shown)
    number = studio["tax_number"] and f"Tax number {studio['tax_number']}"
    address = ", ".join(studio["address"].splitlines())
    name = studio["legal_name"] or studio["name"]
    return " · ".join(filter(None, (name, address, number)))


def file_name(sign_off):
    """Return what the file is called: estimate-3-version-2.pdf."""
    return sign_off.label.replace(",", "").replace(" ", "-") + ".pdf"
