"""Addresses of ours in what people write: each room tells the title and state of its things."""

from portal.threads import conversation

__all__ = ["conversation"]
