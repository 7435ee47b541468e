"""Projects, their people, and the companies they are for."""

from portal.projects.views import clients, everyone, facts, index, people, viewing
from portal.projects.views.room import bp

__all__ = ["bp", "clients", "everyone", "facts", "index", "people", "viewing"]
