"""How prototypes, pins and rounds read in the activity, and the letters they send."""

from portal.prototypes.notices import pins, rounds

__all__ = ["pins", "rounds"]
