"""The room's one blueprint, on which its pages register."""

from portal.core.web import Room

bp = Room("home", __name__)
