"""What is sealed: the same bytes on both databases, everything shown, no names of people."""

import datetime as dt
import json

from portal.core import canonical
from portal.estimates.models import LineKind
from portal.projects.models import Project
from portal.studio.models import Studio
from tests import make

#: Of the estimate below, as SQLite and PostgreSQL both give it back.
DIGEST = "aa0a4b2a873c81f1240feb09d17961a4dc1eba56caec24f36d3d8ea611345adb"


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
        contingency_bp=500,
        taxes=[make.VAT],
        launch_on=dt.date(2026, 6, 5),
        valid_until_on=dt.date(2099, 3, 31),
    )
    hours = {"quantity_thousandths": 24_333, "rate_minor": 85_00}
    draft.add_line(by=cast.sam, what="Scripts", note="Cafe\u0301, nai\u0308ve", **hours)
    film = {"kind": LineKind.FIXED, "fixed_minor": 1_600_00, "is_optional": True}
    draft.add_line(by=cast.sam, what="Film", **film)
    return draft


def test_the_sealed_bytes_are_the_same_on_every_database(cast):
    sealed = canonical.dump(soundwalk(cast).snapshot())
    assert canonical.sha256(sealed) == DIGEST


def test_it_says_all_that_is_shown(cast):
    facts = soundwalk(cast).snapshot()

    assert facts["studio"]["legal_name"] == "Fathom & Field B.V."
    assert facts["client"]["address"] == "Quay 1\nRotterdam"
    assert (facts["launch_before"], facts["launch"]) == ("2026-05-22", "2026-06-05")
    assert facts["terms"] == "Half now,\nhalf later."
    hours, film = facts["sections"][0]["lines"]
    assert hours["note"] == "Café, naïve"
    assert hours["price"] == {"minor": 206_831, "currency": "EUR"}
    assert (film["rate"], film["quantity_thousandths"], film["unit"]) == (None, None, "")


def test_no_name_of_a_person_is_in_it(cast):
    sealed = json.dumps(soundwalk(cast).snapshot())
    assert not [one for one in vars(cast).values() if getattr(one, "email", "?") in sealed]
    assert cast.sam.name not in sealed


def test_a_later_change_of_the_project_does_not_reach_what_was_sent(cast):
    draft = soundwalk(cast)
    sign_off = draft.send(by=cast.sam, deciders=[cast.cleo])
    before = sign_off.shown

    Project.update(name="Renamed").where(Project.id == draft.project.id).execute()

    assert type(sign_off).get_by_id(sign_off.id).shown == before
    assert before["project"]["name"] == "Tidelines"
