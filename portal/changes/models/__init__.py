"""Change requests, their versions, and what each version does to the scope."""

from portal.changes.models.request import ChangeRequest, ChangeVersion, Impact

__all__ = ["ChangeRequest", "ChangeVersion", "Impact"]
