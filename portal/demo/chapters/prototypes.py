"""What was looked at: the look, the page "Plan your visit" in three versions, and two drafts."""

from portal.demo import pictures
from portal.demo.answers import LAPTOP, approves_with_notes, opens, wants_changes
from portal.demo.stage import Chapter
from portal.prototypes.models import Pin, PinBatch, Prototype
from portal.prototypes.preparing.pictures import keep
from portal.signoff.models import Opinion, View
from portal.studio.rates import Rate

chapter = Chapter()

PHONE = {"viewport_width": 390, "device": "Safari on iPhone"}
DESK = {"viewport_width": 1440, "device": "Chrome on Mac"}


def screens(**files):
    """Return the pictures of a version: what each is called, and its file."""
    return [keep(pictures.opened(file), f"{name}.webp") for name, file in files.items()]


def pins(version, by, seen, *left, note=""):
    """Leave pins (screen, x and y in basis points, words) and publish them as one batch."""
    for screen, x_bp, y_bp, text in left:
        Pin.leave(version, by=by, screen=screen, x_bp=x_bp, y_bp=y_bp, text=text, seen=seen)
    return PinBatch.publish(version, by=by, note=note)


def address(version, by, done):
    """Say of published pins, by number, what was done about them."""
    for number, words in done.items():
        Pin.published(version, number).address(words, by=by)


@chapter.scene(-19, "15:30")
def the_look_is_shown(stage):
    version = Prototype.add(
        stage.tidelines,
        by=stage.tom,
        title="The look, and its kit of parts",
        looks=screens(Board="look-and-kit.webp"),
        note="Six colours, two voices, and the tide staff as your mark.",
    )
    stage.look_sign_off = version.send(
        by=stage.mara, deciders=[stage.joris, stage.anneke], due_on=stage.day(-14)
    )


@chapter.scene(-14, "16:55")
def joris_approves_the_look(stage):
    opens(stage.look_sign_off, stage.joris)
    words = "The red is braver than I expected. Keep it."
    approves_with_notes(stage.look_sign_off, stage.joris, words, on=LAPTOP)


# Plan your visit, version 1: a drawing ------------------------------------------------------------


@chapter.scene(-12, "11:00")
def the_visit_page_is_drawn(stage):
    version = Prototype.add(
        stage.tidelines,
        by=stage.tom,
        title="Plan your visit",
        looks=screens(Desktop="visit-1-desktop.webp"),
        note="A drawing, to agree on what the page holds and in which order.",
    )
    stage.visit = version.prototype
    stage.visit_1 = version
    Rate.add(role="Design", currency="EUR", hour_minor=110_00, from_on=stage.day(-48))
    stage.visit.set_terms(by=stage.mara, included_rounds=3, role="Design", minutes=6 * 60)
    stage.visit_sign_off = version.send(
        by=stage.mara,
        deciders=[stage.anneke],
        reviewers=[stage.salma],
        due_on=stage.day(-10),
    )


@chapter.scene(-11, "19:40")
def anneke_pins_the_drawing(stage):
    opens(stage.visit_sign_off, stage.anneke)
    pins(
        stage.visit_1,
        stage.anneke,
        PHONE,
        (1, 82_50, 24_00, "The crane on the right, always. People steer by it."),
        (1, 83_00, 63_50, "Yes, the water should be the tide itself. That is the idea."),
        (1, 20_00, 66_00, "Prices before the calendar, please. Everybody asks for them first."),
        note="The order is right. The tide is the idea: make it the picture.",
    )


@chapter.scene(-11, "19:58")
def anneke_wants_the_tide(stage):
    words = "Go on from the drawing: the tide as the picture. My three pins say the rest."
    wants_changes(stage.visit_sign_off, stage.anneke, words)


# Version 2: words and colours ---------------------------------------------------------------------


@chapter.scene(-7, "17:10")
def version_2_is_shown(stage):
    version = stage.visit.add_version(by=stage.tom, keeps_screens=False)
    version.describe(title="Plan your visit", note="Drawn out, in the approved look.")
    version.add_screens(screens(Desktop="visit-2-desktop.webp"))
    stage.visit_2 = version
    stage.visit_sign_off = version.send(
        by=stage.mara,
        deciders=[stage.anneke],
        reviewers=[stage.salma],
        due_on=stage.day(-5),
    )


@chapter.scene(-7, "17:22")
def tom_answers_the_drawing(stage):
    done = {
        1: "It stays on the right, in version 2 and on every page.",
        2: "Waves for now; the real tide comes with version 3.",
        3: "Prices stand first in version 2.",
    }
    address(stage.visit_1, stage.tom, done)


@chapter.scene(-6, "20:05")
def anneke_pins_version_2(stage):
    opens(stage.visit_sign_off, stage.anneke)
    for number in (1, 3):
        Pin.published(stage.visit_1, number).verify(by=stage.anneke)
    pins(
        stage.visit_2,
        stage.anneke,
        PHONE,
        (1, 32_00, 13_50, "Every museum says “Plan your visit”. What do only we say?"),
        (1, 87_00, 2_40, "The ticket button has the colour of everything else. We live from it."),
        (1, 19_00, 36_80, "The best part of the page, and it is grey."),
        (1, 70_00, 51_50, "Nobody needs three weeks. Tomorrow and the weekend, please."),
        (1, 16_00, 60_50, "Does the ticket in the shop say the same price as here?"),
        (1, 86_00, 96_80, "Please name the entrance with the lift."),
        note="The words are there. The colours look as if the sun had been on them for years.",
    )


@chapter.scene(-5, "09:15")
def anneke_wants_colour(stage):
    words = "Clearer, but tired. My six pins say where it should wake up."
    wants_changes(stage.visit_sign_off, stage.anneke, words, on=LAPTOP)


@chapter.scene(-3, "16:25")
def tom_answers_four_pins(stage):
    done = {
        4: "Version 3 says “Come in with the tide”.",
        5: "Crane red, here and on every page.",
        6: "Buoy yellow, right below the water.",
        7: "The next seven days, each with its high water.",
    }
    address(stage.visit_2, stage.tom, done)


# Version 3: the one that waits --------------------------------------------------------------------


@chapter.scene(-2, "10:20")
def version_3_is_shown(stage):
    version = stage.visit.add_version(by=stage.tom, keeps_screens=False)
    note = "The water is today's tide now. Four of your six pins are done."
    version.describe(title="Plan your visit", note=note)
    files = {"Desktop": "visit-3-desktop.webp", "Phone": "visit-3-phone.webp"}
    version.add_screens(screens(**files))
    stage.visit_3 = version
    stage.visit_sign_off = version.send(
        by=stage.mara,
        deciders=[stage.anneke],
        reviewers=[stage.salma, stage.joris],
        due_on=stage.day(1),
        silence="the ticket pages stand still: each working day moves the launch by a day.",
    )


@chapter.scene(-1, "11:25")
def salma_pins_version_3(stage):
    opens(stage.visit_sign_off, stage.salma)
    text = "“Twice a day” here, “every 20 min” below. Which one?"
    pins(stage.visit_3, stage.salma, DESK, (1, 34_40, 18_90, text))
    note = "Lovely. One sentence to sort out: see my pin."
    Opinion.give(stage.visit_sign_off, by=stage.salma, view=View.NEEDS_CHANGES, note=note)


@chapter.today(minutes_ago=112)
def joris_pins_version_3(stage):
    opens(stage.visit_sign_off, stage.joris)
    text = "Nobody visits at 23:58. Can the strip show only the tides while we are open?"
    pins(stage.visit_3, stage.joris, DESK, (1, 64_60, 41_20, text))


@chapter.today(minutes_ago=85)
def anneke_pins_version_3(stage):
    opens(stage.visit_sign_off, stage.anneke)
    text = "On my phone the sun covers the last line."
    pins(stage.visit_3, stage.anneke, PHONE, (2, 64_00, 13_60, text))


# Drafts, which no client sees ---------------------------------------------------------------------


@chapter.scene(-2, "14:30")
def posters_are_drafted(stage):
    posters = {"Lamps": "poster-lamps.webp", "Beam": "poster-beam.webp"}
    Prototype.add(
        stage.lights,
        by=stage.tom,
        title="Poster directions",
        looks=screens(**posters),
        note="Two of three. The third one needs the photographs at dusk.",
    )


@chapter.scene(-1, "17:05")
def the_player_is_drafted(stage):
    Prototype.add(
        stage.tidelines,
        by=stage.petra,
        title="The harbour soundwalk: the player",
        looks=screens(Phone="soundwalk-phone.webp"),
        note="Stop 3, while it plays.",
    )
