"""How the mail does, in a few numbers."""

import datetime as dt

from portal.core import clock
from portal.core.read import Read

LATE = dt.timedelta(minutes=10)  # The sweep runs every minute.

_HEALTH = Read(
    """select coalesce(sum(case when status = 'waiting' then 1 else 0 end), 0) as waiting,
              coalesce(sum(case when status = 'waiting' and next_try_at < :late_at
                           then 1 else 0 end), 0) as late,
              coalesce(sum(case when status = 'gathering' then 1 else 0 end), 0) as gathering,
              coalesce(sum(case when status = 'held' then 1 else 0 end), 0) as held,
              coalesce(sum(case when status = 'failed' then 1 else 0 end), 0) as failed,
              (select max(sent_at) from letter) as last_sent_at
       from letter where status in ('waiting', 'gathering', 'held', 'failed')"""
)


def health():
    """Return how many letters are waiting, late, gathering, held and failed, and `last_sent_at`."""
    return _HEALTH.one(late_at=clock.key(clock.now() - LATE))
