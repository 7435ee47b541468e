"""Coming in and going out; one's own account."""

from portal.access.views import account, address, entry
from portal.access.views.room import bp

__all__ = ["account", "address", "bp", "entry"]
