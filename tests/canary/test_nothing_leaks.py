"""Nothing internal reaches anybody outside, and an internal act changes no byte there."""

import collections
import itertools

import pytest
import time_machine

from portal.threads.conversation import Conversation
from portal.threads.models import reply
from tests.canary import acts, crawler, reading, story, values

BLAMED = 10  # Addresses at which each act is looked for.
LATER = story.NOW.replace(minute=values.MINUTE)


#: What a reader can look at in this story; fewer, and the crawl has lost its way.
ENOUGH = {"on another project": 10, "of another client": 10, "removed": 5, "nobody": 5}


def test_nothing_internal_gets_out_and_no_act_among_the_studio_moves_a_byte(
    reader, beginnings, secrets, world
):
    leaks, before = [], {}
    for address, answer in reader.crawl(beginnings(reader.user)):
        before[address] = crawler.fingerprint(answer)
        for one in (answer, *reader.again(address, answer)):
            leaks += [(address, leak) for leak in found(one, secrets)]
    assert not leaks, leaks
    pages = collections.Counter(status for status, *_ in before.values())
    assert pages[200] >= ENOUGH.get(reader.name, 60), pages

    with time_machine.travel(LATER, tick=False):
        acts.all_of_them(world)
        story.post()

    moved = [one for one in before if crawler.fingerprint(reader.get(one)) != before[one]]
    assert not moved, f"{len(moved)} moved\n{blame(reader, world, moved, before)}"


def test_the_same_look_notices_what_a_client_may_read(world, app, as_, settings):
    me = crawler.Crawler(as_(world.vic), settings)
    here = "/projects/harbour/threads/conversation/1/messages/1", "/projects/harbour/conversation"
    before = [crawler.fingerprint(me.get(one)) for one in here]

    reply(Conversation(world.project), by=world.sam, text=values.WORD)

    after = [crawler.fingerprint(me.get(one)) for one in here]
    assert before[1] != after[1]
    assert values.found(me.get(here[1]).get_data(as_text=True))


@pytest.mark.parametrize("who", ["pia", "otto", "rex", None])
def test_what_both_sides_do_on_one_project_moves_nothing_elsewhere(world, app, as_, settings, who):
    me = crawler.Crawler(as_(who and getattr(world, who)), settings)
    before = {
        one: crawler.fingerprint(me.get(one)) for one in crawler.addresses(app, "pier", "otter")
    }

    with time_machine.travel(LATER, tick=False):
        story.both_go_further(world)
        story.post()

    assert not [one for one in before if crawler.fingerprint(me.get(one)) != before[one]]


def found(answer, secrets):
    for text in reading.texts(answer):
        yield from values.found(text)
        yield from secrets & values.tokens(text)


def blame(reader, world, moved, first):
    """Name the acts that move some of these addresses, and what is there."""
    moved = moved[:BLAMED]
    said = [f"{one}: {change(first[one], crawler.fingerprint(reader.get(one)))}" for one in moved]
    for act in acts.ACTS:
        before = {one: crawler.fingerprint(reader.get(one)) for one in moved}
        with time_machine.travel(LATER, tick=False):
            act(world)
        now = {one: crawler.fingerprint(reader.get(one)) for one in moved}
        said += [
            f"{act.__name__} {one}: {change(before[one], now[one])}"
            for one in moved
            if before[one] != now[one]
        ]
    return "\n".join(said)


def change(before, now):
    """Return the first that differs, as it was and as it became."""
    for was, became in zip(before, now, strict=True):
        lines = (rows_of(one) for one in (was, became))
        for pair in itertools.zip_longest(*lines):
            if pair[0] != pair[1]:
                return " -> ".join(str(one)[:400] for one in pair)
    return "nothing"


def rows_of(part):
    if isinstance(part, bytes):
        return part.splitlines()
    return part if isinstance(part, list) else [part]
