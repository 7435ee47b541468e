"""What the other projects were offered: winter lights, the ferry, and a draft for the office."""

from portal.demo.answers import answers, opens
from portal.demo.chapters.priced import days, draft, fixed, hours, option, pieces
from portal.demo.stage import Chapter

chapter = Chapter()

TERMS = (
    "The prices are fixed. One third is invoiced after your yes, one third at the first delivery, "
    "one third at the end, each payable in 30 days."
)


@chapter.scene(-31, "10:45")
def the_timetable_is_offered(stage):
    lines = {
        "The timetable": (
            hours("Live sailings of nine lines", 64, 95_00),
            hours("Map and piers", 40, 95_00),
            hours("Messages about delays", 28, 95_00, "In Dutch and English"),
        ),
        "Feeds": (
            hours("Feed of the fleet, with a fallback", 52, 95_00),
            fixed("Hosting for a year", 1_800_00),
        ),
        "Test and launch": (
            days("On board with passengers", 2, 950_00),
            fixed("Launch and handover", 3_120_00),
        ),
    }
    version = draft(
        stage.ferry,
        stage.mara,
        "The timetable in the browser",
        lines,
        summary="Every sailing, live, on the phone in your hand.",
        terms=TERMS,
        launch_on=stage.day(42),
    )
    stage.ferry_sign_off = version.send(
        by=stage.mara, deciders=[stage.joost], due_on=stage.day(-27)
    )


@chapter.scene(-29, "20:14")
def joost_signs_for_the_ferry(stage):
    opens(stage.ferry_sign_off, stage.joost)
    answers(stage.ferry_sign_off, stage.joost)


@chapter.scene(-13, "11:05")
def winter_lights_is_offered(stage):
    lines = {
        "Idea": (
            hours("Three poster directions", 36, 95_00),
            days("Workshop with your curators", 1, 950_00),
        ),
        "Campaign": (
            fixed("Poster and banners, ready for print", 5_230_00),
            fixed("Street lettering on the quay", 3_400_00),
            fixed("Six short films for phones", 2_600_00),
        ),
        "Made on the quay": (
            fixed("Photographs at dusk, two evenings", 1_700_00),
            fixed("A day at the printer's", 900_00),
        ),
    }
    version = draft(
        stage.lights,
        stage.lukasz,
        "Winter lights",
        lines,
        summary="One strong picture, seen in the street, on the tram and on phones.",
        terms=TERMS,
        launch_on=stage.day(40),
    )
    stage.lights_sign_off = version.send(
        by=stage.lukasz,
        deciders=[stage.joris, stage.anneke],
        reviewers=[stage.salma],
        due_on=stage.day(-9),
    )


@chapter.scene(-11, "18:02")
def joris_signs_for_winter_lights(stage):
    opens(stage.lights_sign_off, stage.joris)
    answers(stage.lights_sign_off, stage.joris)


@chapter.scene(-4, "15:40")
def screens_are_offered_to_the_ferry(stage):
    lines = {
        "Departure screens": (
            pieces("Screen, one per pier", 5, 1_240_00, "Set up on your displays"),
            hours("Design, readable from ten metres", 12, 95_00),
            option(fixed("Night view", 480_00, "Dimmed after sunset")),
        )
    }
    version = draft(
        stage.ferry,
        stage.mara,
        "Departure screens for five piers",
        lines,
        summary="The same timetable, on the screens of five piers.",
        terms=TERMS,
        contingency_bp=5_00,
        valid_until_on=stage.day(16),
        silence="the piers keep their paper timetables this season.",
    )
    stage.screens_sign_off = version.send(
        by=stage.mara, deciders=[stage.joost], due_on=stage.day(4)
    )


@chapter.scene(-3, "17:35")
def a_draft_for_the_office(stage):
    lines = {"House manual": (hours("Write it down, draw the fuse box", 24, 80_00),)}
    draft(stage.manual, stage.mara, "House manual", lines)


@chapter.scene(-2, "09:31")
def joost_opens_the_screens(stage):
    opens(stage.screens_sign_off, stage.joost)
