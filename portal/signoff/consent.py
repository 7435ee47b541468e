"""The sentence a client agrees to, and its version. Printed on the receipt with its hash."""

from portal.core import canonical, dates, money

VERSION = "consent/1"


def text(sign_off, offer, company):
    """Return what the box beside the signature says, in English, the language of the record."""
    seen = sign_off.subject_class.SEEN
    promise = f"I have {seen} {sign_off.label} and approve it for {company}"
    if offer.total_minor is None:
        return f"{promise}."
    terms = f"{money.show(offer.total_minor, offer.currency)} {offer.currency} excluding tax"
    if offer.launch_on:
        terms += f", launch {dates.day(offer.launch_on)}"
    return f"{promise}: {terms}."


def digest(words):
    return canonical.sha256(words)
