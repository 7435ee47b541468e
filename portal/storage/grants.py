"""Who may read a file: asked of the room that knows people, which stands above this one."""

_check = None


def register(check):
    """Let `check(claims) -> bool` answer for every read. The last one registered counts.

    `claims` is what a link says: {"s": session id, "p": project id or None, "b": sha256}.
    """
    global _check
    _check = check
    return check


def allows(claims):
    """True only if somebody was registered and said yes."""
    return bool(_check is not None and _check(claims))
