"""What each kind of thing says, read from the rooms: the only place that decides who may find it.

A source gives `Found`s of one kind in one project, for the numbers from `first` to `last`. It is
registered for both sides or as internal. What a client finds comes from what was sealed or said to
both sides; drafts and notes are internal.
"""

from portal.search.sources import answers, drafts, facts, said, sent
from portal.search.sources.registry import SOURCES, Found, searchable

__all__ = ["SOURCES", "Found", "answers", "drafts", "facts", "said", "searchable", "sent"]
