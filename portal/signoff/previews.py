"""What a client would be shown of a draft, before anything is sent."""

from portal.signoff.models import Rule, SignOff


def preview(subject, by):
    """Return a sign-off that was never sent: what the client would be shown now."""
    terms = {
        "silence": getattr(subject, "silence", ""),
        "expires_on": getattr(subject, "valid_until_on", None),
    }
    return SignOff.seal(subject, by=by, number=0, rule=Rule.ANY, **terms)
