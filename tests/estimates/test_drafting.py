"""A draft is built line by line, by more than one person, and nothing of it gets lost."""

import pytest

from portal.core.errors import Conflict, DomainError
from portal.estimates.models import Estimate, EstimateVersion, StaleDraft
from portal.estimates.models.lines import LINES_MOST, SECTIONS_MOST
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.signoff.subject import SubjectStatus
from tests import make


def drafted(cast, *whats):
    lines = [(what, 1_00) for what in whats or ("Design", "Build", "Test")]
    return make.estimate(cast.project, by=cast.sam, lines=lines)


def again(draft):
    return EstimateVersion.get_by_id(draft.id)


def order(draft):
    return [[line.what for line in lines] for _, lines in draft.parts()]


def test_an_estimate_starts_as_a_draft_and_only_the_studio_knows(cast):
    estimate = Estimate.start(cast.project, by=cast.sam)

    assert (estimate.number, estimate.draft.version) == (1, 1)
    assert estimate.draft.status == SubjectStatus.DRAFT
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.verb, event.subject_number) == (Verb.ESTIMATE_DRAFTED, 1)
    assert event.is_internal


def test_estimates_count_per_project(cast):
    numbers = [Estimate.start(cast.project, by=cast.sam).number for _ in range(2)]
    assert [*numbers, Estimate.start(cast.elsewhere, by=cast.sam).number] == [1, 2, 1]


def begun(cast, project):
    """Return what a new estimate of a project starts with: taxes, terms and their name."""
    draft = Estimate.start(project, by=cast.sam).draft
    return draft.taxes, draft.terms, draft.terms_name


def sent(cast, **own):
    draft = make.estimate(cast.project, by=cast.sam, **own)
    draft.send(by=cast.sam, deciders=[cast.cleo])
    return draft


def test_the_next_estimate_starts_with_the_tax_and_terms_that_were_sent_last(cast):
    sent(cast, taxes=[make.VAT], terms="Half now.")
    assert begun(cast, cast.project) == ([make.VAT], "Half now.", "")


def test_what_a_draft_says_is_in_no_other_draft(cast):
    sent(cast, taxes=[make.VAT], terms="Half now.")
    make.estimate(
        cast.project, by=cast.sam, taxes=[make.VAT | {"name": "Maybe"}], terms="Let us see."
    )
    assert begun(cast, cast.project) == ([make.VAT], "Half now.", "")


def test_nothing_that_one_client_was_sent_is_in_the_draft_of_another(cast):
    make.terms("Thirty days.")
    sent(cast, taxes=[make.VAT | {"name": "VAT of Harbour"}], terms="Half now.", terms_name="")
    studio = ([], "Thirty days.", "General terms, version 1")
    assert begun(cast, cast.elsewhere) == studio


def test_in_another_project_of_the_client_only_the_tax_comes_along(cast):
    sent(cast, taxes=[make.VAT], terms="Half now.")
    second = make.project("second", by=cast.sam, client=cast.client)
    assert begun(cast, second) == ([make.VAT], "", "")


def test_two_people_on_one_draft_do_not_overwrite_each_other(cast):
    draft = drafted(cast)
    opened_at = draft.edits
    again(draft).save_draft(by=cast.dora, edits=opened_at, values={"title": "Dora's"})

    with pytest.raises(StaleDraft, match="Dora Lindqvist saved this draft after you opened it"):
        draft.save_draft(by=cast.sam, edits=opened_at, values={"title": "Sam's"})

    assert again(draft).title == "Dora's"


def test_a_copy_that_missed_a_change_can_change_nothing(cast):
    draft = drafted(cast)
    stale = again(draft)
    draft.remove_line(1, by=cast.sam)
    with pytest.raises(StaleDraft):
        stale.add_line(by=cast.dora, what="Late")
    assert order(draft) == [["Build", "Test"]]


def test_saving_a_draft_changes_what_the_studio_sees_and_nothing_for_the_client(cast):
    draft = drafted(cast)
    before = Project.get_by_id(cast.project.id)

    draft.save_draft(by=cast.sam, edits=draft.edits, values={"title": "Another"})

    after = Project.get_by_id(cast.project.id)
    assert after.internal_revision > before.internal_revision
    assert after.client_revision == before.client_revision


def test_what_is_not_named_in_a_save_stays(cast):
    draft = drafted(cast)
    (section, _), *_ = draft.parts()
    values = {"sections": {section.id: {"title": "Sound"}}, "lines": {2: {"what": "Built"}}}

    draft.save_draft(by=cast.sam, edits=draft.edits, values=values)

    assert order(draft) == [["Design", "Built", "Test"]]
    assert (draft.parts()[0][0].title, again(draft).title) == ("Sound", "The visitor site")


def test_a_line_keeps_its_number_and_no_other_line_ever_gets_it(cast):
    first = drafted(cast)
    first.send(by=cast.sam, deciders=[cast.cleo])
    second = first.estimate.revise(by=cast.sam)
    second.remove_line(3, by=cast.sam)

    assert second.add_line(by=cast.sam, what="Sound").number == 4
    assert [line.number for line in second.parts()[0][1]] == [1, 2, 4]


def test_lines_move_up_and_down_also_from_section_to_section(cast):
    draft = drafted(cast)
    draft.add_section(by=cast.sam, title="Later")
    for number in (1, 1, 1):
        draft.lower_line(number, by=cast.sam)
    assert order(draft) == [["Build", "Test"], ["Design"]]

    draft.lower_line(1, by=cast.sam)  # It is the last one already.
    draft.raise_line(1, by=cast.sam)
    draft.raise_line(1, by=cast.sam)
    assert order(draft) == [["Build", "Design", "Test"], []]


def test_a_copy_of_a_line_stands_below_it(cast):
    draft = drafted(cast)
    copy = draft.duplicate_line(1, by=cast.sam)
    assert (copy.number, copy.price_minor) == (4, 1_00)
    assert order(draft) == [["Design", "Design", "Build", "Test"]]


def test_sections_move_and_are_removed(cast):
    draft = drafted(cast)
    later = draft.add_section(by=cast.sam)
    draft.raise_section(later.id, by=cast.sam)
    assert order(draft) == [[""], ["Design", "Build", "Test"]]

    draft.remove_section(later.id, by=cast.sam)
    assert order(draft) == [["Design", "Build", "Test"]]


def test_the_last_section_stays(cast):
    draft = make.estimate(cast.project, by=cast.sam, lines=[])
    with pytest.raises(DomainError, match="at least one section"):
        draft.remove_section(draft.parts()[0][0].id, by=cast.sam)


def test_a_line_of_another_estimate_is_not_there(cast):
    draft, other = drafted(cast, "Design"), drafted(cast, "Design", "Build")
    with pytest.raises(Conflict, match="not there any more"):
        draft.remove_line(2, by=cast.sam)
    with pytest.raises(Conflict, match="not there any more"):
        draft.add_line(other.parts()[0][0].id, by=cast.sam)
    assert order(other) == [["Design", "Build"]]


def test_a_draft_has_an_end(cast, monkeypatch):
    monkeypatch.setattr("portal.estimates.models.drafting.LINES_MOST", 3)
    monkeypatch.setattr("portal.estimates.models.drafting.SECTIONS_MOST", 1)
    draft = drafted(cast)
    with pytest.raises(DomainError, match="at most 3 lines"):
        draft.duplicate_line(1, by=cast.sam)
    with pytest.raises(DomainError, match="at most 1 sections"):
        draft.add_section(by=cast.sam)
    assert LINES_MOST >= 100
    assert SECTIONS_MOST >= 20
