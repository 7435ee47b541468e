"""Coming in and going out; one's own account."""

from portal.access.views import account, entry
from portal.access.views.room import bp

__all__ = ["account", "bp", "entry"]
