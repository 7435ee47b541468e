"""What an admin says of the studio."""

import io

from portal.ledger.models import Event
from portal.studio.models import Studio
from tests import make_prototypes as made


def posted(browser, **changes):
    fields = {"name": "Fathom & Field", "legal_name": "Fathom & Field BV"} | changes
    return browser.post("/studio", data=fields)


def test_an_admin_says_who_the_studio_is_and_it_stands_on_every_page(cast, as_):
    ada = as_(cast.ada)

    assert posted(ada, logo=(io.BytesIO(made.image()), "logo.png")).status_code == 303

    assert Studio.here().logo.media_type == "image/png"
    assert "Fathom &amp; Field" in as_(cast.cleo).get("/").text
    assert (
        Event.select().where(Event.verb == "studio.described", Event.chain == "instance").exists()
    )


def test_a_logo_that_is_none_is_refused_and_the_texts_are_kept(cast, as_):
    again = posted(as_(cast.ada), logo=(io.BytesIO(b"<svg onload=alert(1)>"), "logo.png"))

    assert again.status_code == 422
    assert "Fathom &amp; Field BV" in again.text
    assert Studio.here().name != "Fathom & Field"


def test_saving_without_a_logo_keeps_the_one_there_is(cast, as_):
    ada = as_(cast.ada)
    posted(ada, logo=(io.BytesIO(made.image()), "logo.png"))
    posted(ada, name="Fathom")

    assert Studio.here().logo is not None
    assert Studio.here().name == "Fathom"


def test_only_an_admin_may(cast, as_):
    for person in (cast.sam, cast.dora, cast.cleo):
        assert posted(as_(person)).status_code == 403


def test_a_working_day_is_said_as_times_of_the_clock(cast, as_):
    ada = as_(cast.ada)
    posted(ada, opens="08:30", closes="17:00")

    assert (Studio.here().opens_minutes, Studio.here().closes_minutes) == (510, 1020)
    assert 'value="08:30"' in ada.get("/studio").text


def test_a_day_that_ends_before_it_begins_is_refused(cast, as_):
    again = posted(as_(cast.ada), opens="17:00", closes="09:00")

    assert again.status_code == 422
    assert "It ends after it begins." in again.text
    assert Studio.here().opens_minutes == 540
