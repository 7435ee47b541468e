"""Who sees which page of an estimate, and what it costs to make."""

import pytest
from playhouse.test_utils import count_queries

from portal.estimates.models import Estimate
from portal.signoff.models import Answer
from tests import make

ALL = "/projects/harbour/estimates"
HERE = f"{ALL}/1"


@pytest.fixture
def draft(cast):
    return make.estimate(cast.project, by=cast.sam)


def sent(draft, cast):
    return draft.send(by=cast.sam, deciders=[cast.cleo])


def test_a_new_estimate_opens_in_the_editor(as_, cast):
    sam = as_(cast.sam)
    answer = sam.post(ALL)
    assert (answer.status_code, answer.location) == (303, HERE)
    assert 'name="line-1-what"' in sam.get(HERE).text


def test_a_draft_is_not_there_for_the_client(as_, cast, draft):
    for person in (cast.cleo, cast.vic):
        client = as_(person)
        assert client.get(HERE).status_code == 404
        assert client.get(f"{HERE}/versions/1").status_code == 404
        assert client.get(HERE).data == client.get(f"{ALL}/9").data
        assert "No estimate yet" in client.get(ALL).text


def test_a_second_draft_changes_nothing_for_the_client(as_, cast, draft, at):
    at("2026-03-12 10:45")  # The CSRF token in the page knows the second.
    sent(draft, cast)
    cleo = as_(cast.cleo)
    before = [cleo.get(path).data for path in (ALL, HERE)]

    second = draft.estimate.revise(by=cast.sam)
    second.save_draft(by=cast.sam, edits=second.edits, values={"title": "Not yet"})

    assert [cleo.get(path).data for path in (ALL, HERE)] == before
    assert cleo.get(f"{HERE}/versions/2").status_code == 404


def test_the_client_is_led_to_the_sign_off(as_, cast, draft):
    sign_off = sent(draft, cast)
    cleo = as_(cast.cleo)
    for path in (HERE, f"{HERE}/versions/1"):
        answer = cleo.get(path)
        assert (answer.status_code, answer.location) == (303, sign_off.path)


def test_a_designer_writes_but_does_not_send(as_, cast, draft):
    dora = as_(cast.dora)
    page = dora.get(HERE).text
    assert "Send for sign-off" not in page
    assert "A producer of the project sends it." in page
    form = {"edits": draft.edits, "title": "Dora's"}
    assert dora.post(f"{HERE}/draft", data=form).status_code == 303
    assert dora.post(f"{HERE}/sign-off", data=form).status_code == 403
    assert Estimate.get().draft.title == "Dora's"


@pytest.mark.parametrize("path", ["/draft", "/versions", "/sign-off", ""])
def test_a_client_writes_nothing(as_, cast, draft, path):
    sent(draft, cast)
    assert as_(cast.cleo).post((HERE if path else ALL) + path).status_code == 403
    assert Estimate.select().count() == 1


def test_another_client_finds_nothing(as_, cast, draft):
    sent(draft, cast)
    otto = as_(cast.otto)
    for path in (ALL, HERE, f"{HERE}/versions/1"):
        assert otto.get(path).status_code == 404
    for path in (ALL, f"{HERE}/draft", f"{HERE}/sign-off", f"{HERE}/versions"):
        assert otto.post(path).status_code == 404


def test_the_estimate_of_another_project_is_not_here(as_, cast):
    make.estimate(cast.elsewhere, by=cast.sam)
    sam = as_(cast.sam)
    assert sam.get(HERE).status_code == 404
    assert sam.post(f"{HERE}/draft", data={"edits": 0}).status_code == 404


def test_after_the_sending_the_studio_sees_how_it_stands(as_, cast, draft):
    sign_off = sent(draft, cast)
    sam = as_(cast.sam)
    page = sam.get(HERE).text
    assert "New version" in page
    assert sign_off.path in page

    answer = sam.post(f"{HERE}/versions")

    assert (answer.status_code, answer.location) == (303, HERE)
    assert "Estimate 1, version 2" in sam.get(HERE).text


def test_an_approved_estimate_offers_no_new_version(as_, cast, draft):
    make.answer(sent(draft, cast), by=cast.cleo)
    sam = as_(cast.sam)
    page = sam.get(HERE).text
    assert "New version" not in page
    assert "An approved estimate is final." in page
    assert sam.post(f"{HERE}/versions").status_code == 409


def test_an_old_version_is_shown_as_it_was_sent_and_with_what_was_chosen(as_, cast):
    lines = [("Design", 120_00), ("Film", 9_00, {"is_optional": True})]
    draft = make.estimate(cast.project, by=cast.sam, lines=lines)
    make.answer(sent(draft, cast), by=cast.cleo, options=("2",))

    page = as_(cast.sam).get(f"{HERE}/versions/1").text

    assert "129.00" in page
    assert "Not in the total." not in page


def test_the_list_says_where_each_one_stands(as_, cast, draft):
    make.answer(sent(draft, cast), by=cast.cleo, answer=Answer.DECLINE)
    make.estimate(cast.project, by=cast.sam, title="The soundwalk")
    for_studio, for_client = (as_(one).get(ALL).text for one in (cast.sam, cast.cleo))
    assert "Declined" in for_studio
    assert "The soundwalk" in for_studio
    assert "Declined" in for_client
    assert "The soundwalk" not in for_client


@pytest.mark.parametrize("path", [ALL, HERE, f"{HERE}/versions/1"])
@pytest.mark.parametrize("is_sent", [False, True])
def test_a_page_costs_the_same_with_one_line_and_with_many(as_, cast, draft, path, is_sent):
    sam = as_(cast.sam)
    counts = []
    for more in (0, 30):
        for _ in range(more):
            draft.add_line(by=cast.sam, what="Line", fixed_minor=1, kind="fixed")
            make.estimate(cast.project, by=cast.sam, lines=[]) if more < 5 else None
        if is_sent and not more:
            sent(draft, cast)
            draft = draft.estimate.revise(by=cast.sam)
        with count_queries() as counter:
            assert sam.get(path).status_code == 200
        counts.append(counter.count)
    assert counts[0] == counts[1]
    assert counts[0] <= 8
