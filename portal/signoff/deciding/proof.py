"""Showing again who one is, before deciding about money."""

from portal.access.models import Code
from portal.access.models.entry import sign_in
from portal.core.errors import DomainError, TooMany


def mail_code(user, *, browser, sign_off):
    """Mail a code for this answer. Returns None, or in words why not now."""
    try:
        Code.may_be_asked(user.email, known=browser)
    except TooMany as refused:
        return refused.message
    Code.send(user, browser=browser, purpose=f"confirm your answer to {sign_off.label}")
    return None


def prove(session, text, *, browser, address, key):
    """Freshen the session by a password or a mailed code. Raises DomainError if it is neither."""
    text = text.strip()
    if not text:
        raise DomainError("Type your password, or ask for a code.")
    digits = text.replace(" ", "")
    if digits.isdigit() and len(digits) == 6:
        Code.redeem(session.user, digits, browser=browser, key=key, known=browser)
        session.freshen("email code")
    else:
        sign_in(session.user.email, text, address=address, known=session.token_digest)
        session.freshen("password")
