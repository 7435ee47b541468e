"""What is new to a reader, by the thing that it is about: a prototype with all of its pins."""

from dataclasses import dataclass, field

from portal.threads import unread
from portal.threads.topic import TOPICS

FEW = 6  # Things on a page that is about something else; the rest is a click away.


@dataclass
class News:
    """What is new on one thing: in its own thread, and in those of its parts."""

    label: str  # "prototype 2"
    path: str
    threads: list[unread.New] = field(default_factory=list)

    @property
    def count(self):
        return sum(one.count for one in self.threads)

    @property
    def part(self):
        """What its threads are about, if all are about the same: "pin"; else "conversation"."""
        kinds = {one.kind for one in self.threads}
        return TOPICS[kinds.pop()].NOUN if len(kinds) == 1 else "conversation"


def by_thing(project, threads):
    """Return the threads with something new as News, in their order, each with its threads by number.

    A thread that is the only one with something new on its thing stands for itself.
    """
    homes, found = _homes(project, threads), {}
    for one in threads:
        label, path = homes.get((one.kind, one.number), (one.label, one.path))
        found.setdefault(label, News(label, path)).threads.append(one)
    for news in found.values():
        news.threads.sort(key=lambda one: (one.kind, one.number))
    return [_alone(news) if len(news.threads) == 1 else news for news in found.values()]


def _homes(project, threads):
    """Return what each thread's subject is a part of: (label, path) by kind and number."""
    numbers = {}
    for one in threads:
        numbers.setdefault(one.kind, []).append(one.number)
    return {
        (kind, number): home
        for kind, each in numbers.items()
        for number, home in TOPICS[kind].homes(project, each).items()
    }


def _alone(news):
    [one] = news.threads
    return News(one.label, one.path, [one])
