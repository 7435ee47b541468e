"""Random secrets, and signed values with a purpose and an age."""

import hashlib
import hmac
import secrets
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer


def new() -> str:
    """Return a fresh secret of 256 bits, safe in a URL."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what the database keeps of a secret: enough to find it, useless to whoever reads it."""
    return hashlib.sha256(token.encode()).hexdigest()


def sign(key: str, purpose: str, value: Any) -> str:
    """Return `value` (plain JSON) signed for one purpose; another purpose will not read it."""
    return str(URLSafeTimedSerializer(key, salt=purpose).dumps(value))


def read(key: str, purpose: str, token: str, max_age_seconds: int | None = None) -> Any:
    """Return the value of a signed token, or None if it is forged, foreign or too old."""
    try:
        return URLSafeTimedSerializer(key, salt=purpose).loads(token, max_age=max_age_seconds)
    except BadSignature:
        return None


def six_digits(key: str, seed: str) -> str:
    """Return the six digits that belong to `seed`: the database keeps the seed, never the code."""
    mac = hmac.new(key.encode(), f"code:{seed}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(mac[:8], 'big') % 1_000_000:06d}"
