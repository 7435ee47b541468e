"""The same crawl as the studio: it sees what is its own, and nothing that the client holds back."""

import pytest

from tests.canary import crawler, reading, values

#: What the crawl as a producer meets; without them it could not notice a leak either.
SEEN = {
    *("cancellation", "choice", "impact", "line-note", "link", "note"),
    *("section", "terms", "title", "version", "what"),
}


@pytest.mark.parametrize("who", ["sam", "dora", "ada"])
def test_nobody_of_the_studio_reads_what_the_client_holds_back(world, app, as_, settings, who):
    me = crawler.Crawler(as_(getattr(world, who)), settings, prints=False)
    held, said = [], set()

    for address, answer in me.crawl(crawler.addresses(app)):
        for text in reading.texts(answer):
            held += [address] * (values.HELD_WORD in text)
            said |= set(values.NAMED.findall(text))

    assert not held
    print(sorted(said))
    if who == "sam":
        assert not SEEN - said, sorted(said)


def test_the_client_does_read_it(world, as_):
    page = as_(world.vic).get("/projects/harbour/prototypes/2/rounds/1").text

    assert f"{values.HELD_WORD}-one" in page
