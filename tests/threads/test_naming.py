"""Who is offered once somebody types an @: those whom it would mean, and never anybody else."""

import html
import re

from portal.access.models import Membership
from portal.access.permissions import GRANTS, Permission, Role
from portal.prototypes.models import Pin
from tests import make

PAGE = "/projects/harbour/conversation"


def offered(text):
    """The names that each box of a page offers, in order."""
    found = re.findall(r'<name-offer [^>]*data-names="([^"]*)"', text)
    return [html.unescape(names).split("\n") for names in found]


def test_a_message_offers_everybody_on_the_project_but_its_writer(cast, as_):
    assert offered(as_(cast.cleo).get(PAGE).text) == [["Sam Moreau", "Dora Lindqvist", "Vic Aalto"]]


def test_a_note_offers_the_studio_alone(cast, as_):
    make.feedback(cast.project, by=cast.vic)

    for path in (PAGE, "/inbox/harbour/1"):
        to_both, to_studio = offered(as_(cast.sam).get(path).text)
        assert "Cleo Janssen" in to_both
        assert to_studio == ["Dora Lindqvist"]


def test_wherever_one_writes_they_are_offered(cast, as_):
    sent = make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    version = make.prototype(cast.project, by=cast.sam)
    version.send(by=cast.sam, deciders=[cast.cleo], reviewers=[cast.vic])
    make.pins(version, by=cast.vic)
    make.feedback(cast.project, by=cast.vic)
    pages = [sent.path, Pin.published(version, 1).path, "/projects/harbour/feedback/1"]

    for path in (*pages, "/projects/harbour/threads/estimate/1?panel=1"):
        boxes = offered(as_(cast.cleo).get(path).text)
        assert boxes, path
        assert all(box == ["Sam Moreau", "Dora Lindqvist", "Vic Aalto"] for box in boxes), path


def test_whoever_may_not_read_it_is_not_offered(cast, as_, monkeypatch):
    make.estimate(cast.project, by=cast.sam).send(by=cast.sam, deciders=[cast.cleo])
    less = GRANTS[Role.REVIEWER] - {Permission.ESTIMATE_READ}
    monkeypatch.setitem(GRANTS, Role.REVIEWER, less)

    page = as_(cast.cleo).get("/projects/harbour/threads/estimate/1").text

    assert offered(page) == [["Sam Moreau", "Dora Lindqvist"]]


def test_whoever_has_left_is_not_offered_and_with_nobody_left_nothing_is(cast, as_):
    cast.project.remove_member(make.member_of(cast.vic, cast.project), by=cast.sam)
    assert offered(as_(cast.cleo).get(PAGE).text) == [["Sam Moreau", "Dora Lindqvist"]]

    Membership.delete().where(Membership.user != cast.cleo).execute()
    assert offered(as_(cast.cleo).get(PAGE).text) == []


def test_a_name_made_of_markup_is_a_name(cast, as_):
    mischief = make.user('Eve "&amp;<i>', client=cast.client, email="eve@demo.test")
    make.member(mischief, cast.project, Role.REVIEWER)

    [names] = offered(as_(cast.cleo).get(PAGE).text)

    assert names[-1] == 'Eve "&amp;<i>'
