"""What waits for the reader, each project on one page, and the probes."""

from portal.home.views import index, probes, project, rates, studio, templates, terms
from portal.home.views.room import bp

__all__ = ["bp", "index", "probes", "project", "rates", "studio", "templates", "terms"]
