"""The room's one blueprint, on which its pages register."""

from portal.core.web import Room

bp = Room("projects", __name__)
