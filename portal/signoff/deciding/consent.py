"""The sentence a client agrees to, and its version. Printed on the receipt with its hash."""

from portal.core import canonical, dates, money

VERSION = "consent/1"


def text(sign_off, offer, company):
    """Return what the box beside the signature says, in English, the language of the record."""
    seen = f"I have {sign_off.subject_class.SEEN} {sign_off.label}"
    if not offer.is_binding:
        return f"{seen} and ask for a firm estimate for {company}. {_not_binding(offer)}"
    promise = f"{seen} and approve it for {company}"
    if offer.choice:
        promise += f", choosing {offer.choice}"
    if offer.total_minor is None:
        return f"{promise}."
    terms = f"{_amount(offer)} excluding tax"
    if offer.launch_on:
        terms += f", launch {dates.day(offer.launch_on)}"
    return f"{promise}: {terms}."


def digest(words):
    return canonical.sha256(words)


def _not_binding(offer):
    about = (
        f"It names about {_amount(offer)} excluding tax" if offer.total_minor is not None else ""
    )
    promise = "this answer commits neither side to an amount."
    return f"{about}; {promise}" if about else promise.capitalize()


def _amount(offer):
    return f"{money.show(offer.total_minor, offer.currency)} {offer.currency}"
