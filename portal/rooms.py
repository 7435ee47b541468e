"""The list of rooms. Importing it imports each once, so that models and listeners register."""

from importlib import import_module

import peewee

from portal.core import db

#: From the floor up, as in `docs/map.md`.
ROOMS = (
    "storage",
    "studio",
    "mail",
    "ledger",
    "access",
    "projects",
    "notices",
    "threads",
    "signoff",
    "documents",
    "scope",
    "cancellations",
    "estimates",
    "changes",
    "prototypes",
    "budget",
    "feedback",
    "care",
    "search",
    "home",
)
#: The modules that must have been read for a room to be whole.
FURNITURE = (
    "models",
    "rates",
    "costs",
    "terms",
    "members",
    "promises",
    "upkeep",
    "notices",
    "relay",
    "feed",
    "jobs",
    "late",
    "grants",
    "sites",
    "evidence",
    "paper",
    "trace",
    "links",
    "indexing",
    "retention",
)


def _import_all():
    for room in ROOMS:
        for piece in FURNITURE:
            name = f"portal.{room}.{piece}"
            try:
                import_module(name)
            except ModuleNotFoundError as missing:
                if not name.startswith(missing.name or ""):
                    raise


_import_all()


def _models(base):
    for model in base.__subclasses__():
        yield model
        yield from _models(model)


#: Every table, those that others point to first.
ALL_MODELS = peewee.sort_models(list(_models(db.Model)))


def blueprints():
    """Yield each room's blueprint."""
    for room in ROOMS:
        try:
            views = import_module(f"portal.{room}.views")
        except ModuleNotFoundError as missing:
            if missing.name not in (f"portal.{room}", f"portal.{room}.views"):
                raise
            continue
        yield from getattr(views, "blueprints", [views.bp] if hasattr(views, "bp") else [])
