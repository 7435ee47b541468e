"""Which other feedback may say the same: of its project, not over yet, by the words they share."""

import math
import re
from collections import Counter

from portal.core.read import Read

MOST = 5  # More is a list to search, and searching has its own page.
READ_MOST = 500  # The newest; a repetition comes soon after.

_OTHERS = Read(
    """select f.number, f.status, f.is_contested, substr(f.text, 1, 1000) as text, f.filed_at,
              u.name as filed_by
       from feedback f join "user" u on u.id = f.filed_by_id
       where f.project_id = :project and f.number <> :number and f.status in ('new', 'triaged')
         and f.turn <> 'nobody'
         and not exists (select 1 from feedback_merge g where g.feedback_id = f.id)
       order by f.number desc limit :rows"""
)
_WORD = re.compile(r"\w{3,}")


def alike(item):
    """Return the few that most likely say the same, the likeliest first, then the newest first."""
    others = _OTHERS.all(project=item.project_id, number=item.number, rows=READ_MOST)
    texts = [(other, words(other.text)) for other in others]
    common = Counter(word for _, each in texts for word in each)
    mine = words(item.text)

    def likeness(text):
        """The rarer a word that both have, the more it says; a long text has many words."""
        rarity = sum(math.log((len(texts) + 1) / common[word]) for word in text[1] & mine)
        return rarity / math.sqrt(len(text[1]) or 1)

    return [other for other, _ in sorted(texts, key=likeness, reverse=True)[:MOST]]


def words(text):
    """Return the words that tell what a text is about, without case.

    >>> sorted(words("The tides, on THE page"))
    ['page', 'the', 'tides']
    """
    return {word.casefold() for word in _WORD.findall(text)}
