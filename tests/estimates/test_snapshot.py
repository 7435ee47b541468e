"""What is sealed: the same bytes on both databases, everything shown, no names of people."""

import datetime as dt
import json

from portal.access.permissions import Role
from portal.core import canonical
from portal.estimates import pricing
from portal.estimates.models import EstimateVersion, Line, LineKind, Section, Stance
from portal.projects.models import Project
from portal.studio.models import Studio
from tests import make

#: Of the estimate below, as SQLite and PostgreSQL both give it back.
DIGEST = "eabca995200f89cdaf2936fcb6f91399a8df27984cd714f1e9a6abe92045224a"


def tidelines(cast):
    client = make.client(
        "Harbour Museum",
        legal_name="Stichting Harbour Museum",
        address="Quay 1\r\nRotterdam",
        tax_number="NL001",
    )
    Studio.establish(name="Fathom & Field", legal_name="Fathom & Field B.V.", address="Pier 7")
    launch = dt.date(2026, 5, 22)
    return make.project("tidelines", by=cast.sam, client=client, name="Tidelines", launch_on=launch)


def soundwalk(cast):
    draft = make.estimate(
        tidelines(cast),
        by=cast.sam,
        lines=[],
        title="The harbour soundwalk",
        summary="Seven stories along the quay.",
        terms="Half now,\r\nhalf later.",
        terms_name="General terms, version 2",
        contingency_bp=500,
        discount_bp=250,
        payments=[
            {"what": "", "bp": 4000, "on": "approval"},
            {"what": "", "bp": 6000, "on": "launch"},
        ],
        taxes=[make.VAT],
        launch_on=dt.date(2026, 6, 5),
        valid_until_on=dt.date(2099, 3, 31),
    )
    hours = {"quantity_thousandths": 24_333, "rate_minor": 85_00}
    draft.add_line(by=cast.sam, what="Scripts", note="Cafe\u0301, nai\u0308ve", **hours)
    film = {"kind": LineKind.FIXED, "fixed_minor": 1_600_00, "is_optional": True}
    draft.add_line(by=cast.sam, what="Film", **film)
    bounds = {"least_thousandths": 1000, "most_thousandths": 9_500}
    copies = {"quantity_thousandths": 2_000, "rate_minor": 250_00, "unit": "piece", "taxes": [2]}
    draft.add_line(by=cast.sam, what="Copies", **copies, **bounds)
    return draft


def with_care(draft, cast):
    """Two packages on top; the page opens with the second."""
    for title, price_minor, is_chosen in (("Basic", 90_00, False), ("Full", 240_00, True)):
        care = draft.add_section(by=cast.sam, title=title)
        columns = {"choice": "Care", "is_chosen_by_default": is_chosen}
        draft.save_draft(by=cast.sam, edits=draft.edits, values={"sections": {care.id: columns}})
        fixed = {"kind": LineKind.FIXED, "fixed_minor": price_minor}
        draft.add_line(care.id, by=cast.sam, what=f"{title} care", **fixed)
    return EstimateVersion.get_by_id(draft.id)


def test_the_sealed_bytes_are_the_same_on_every_database(cast):
    sealed = canonical.dump(soundwalk(cast).snapshot())
    assert canonical.sha256(sealed) == DIGEST


def test_it_says_all_that_is_shown(cast):
    facts = soundwalk(cast).snapshot()

    assert facts["studio"]["legal_name"] == "Fathom & Field B.V."
    assert facts["client"]["address"] == "Quay 1\nRotterdam"
    assert (facts["launch_before"], facts["launch"]) == ("2026-05-22", "2026-06-05")
    assert facts["terms"] == "Half now,\nhalf later."
    hours, film, _copies = facts["sections"][0]["lines"]
    assert hours["note"] == "Café, naïve"
    assert hours["price"] == {"minor": 206_831, "currency": "EUR"}
    assert (facts["stance"], facts["terms_name"]) == ("firm", "General terms, version 2")
    assert (film["rate"], film["quantity_thousandths"], film["unit"]) == (None, None, "")


def test_what_is_stored_comes_to_the_same_on_every_database(cast):
    facts = with_care(soundwalk(cast), cast).snapshot()
    sheet = pricing.price(facts, ("2", "3=9500", "s2"))
    assert sheet.total_minor == 6_278_98
    assert [(tax.base_minor, tax.minor) for tax in sheet.taxes] == [(3_847_57, 807_99)]
    assert [one.minor for one in sheet.payments] == [2_511_59, 3_767_39]
    assert pricing.price(facts).options == ("s3",)


def test_an_amount_as_large_as_may_be_is_stored_to_the_last_digit(cast):
    most = {"what": "All", "kind": LineKind.FIXED, "fixed_minor": 10**12 - 1}
    draft = make.estimate(cast.project, by=cast.sam, lines=[])
    draft.add_line(by=cast.sam, **most)
    assert pricing.price(draft.snapshot()).total_minor == 999_999_999_999


def test_one_package_of_a_choice_is_the_one_it_opens_with(cast):
    draft = with_care(soundwalk(cast), cast)
    Section.update(is_chosen_by_default=False).execute()
    sections = draft.snapshot()["sections"]
    assert [one["is_chosen_by_default"] for one in sections] == [False, True, False]
    Section.update(is_chosen_by_default=True).execute()
    sections = draft.snapshot()["sections"]
    assert [one["is_chosen_by_default"] for one in sections] == [False, True, False]


def test_only_a_ballpark_says_how_far_it_may_spread(cast):
    draft = soundwalk(cast)
    guesses = {"low_minutes": 1200, "likely_minutes": 1500, "high_minutes": 2400}
    Line.update(**guesses).where(Line.number == 1).execute()
    assert {line["spread"] for line in draft.snapshot()["sections"][0]["lines"]} == {None}

    draft.save_draft(by=cast.sam, edits=draft.edits, values={"stance": Stance.BALLPARK})

    first = draft.snapshot()["sections"][0]["lines"][0]
    assert first["spread"]["low"] == {"minor": 1_700_00, "currency": "EUR"}
    assert first["spread"]["high"] == {"minor": 3_400_00, "currency": "EUR"}


def test_no_name_of_a_person_is_in_it(cast):
    sealed = json.dumps(soundwalk(cast).snapshot())
    assert not [one for one in vars(cast).values() if getattr(one, "email", "?") in sealed]
    assert cast.sam.name not in sealed


def test_a_later_change_of_the_project_does_not_reach_what_was_sent(cast):
    draft = soundwalk(cast)
    anna = make.user("Anna", client=draft.project.client)
    make.member(anna, draft.project, Role.APPROVER)
    sign_off = draft.send(by=cast.sam, deciders=[anna])
    before = sign_off.shown

    Project.update(name="Renamed").where(Project.id == draft.project.id).execute()

    assert type(sign_off).get_by_id(sign_off.id).shown == before
    assert before["project"]["name"] == "Tidelines"
