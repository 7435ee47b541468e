"""The estimates: one that became the contract, one declined, one that waits; and the ferry's."""

from portal.demo.answers import LAPTOP, answers, declines, opens, wants_changes
from portal.demo.chapters import priced
from portal.demo.chapters.priced import days, draft, fixed, hours, option, pieces
from portal.demo.stage import Chapter
from portal.signoff.models import Opinion, Rule, View

chapter = Chapter()

TERMS = (
    "The prices are fixed. Half is invoiced after your yes, half at the launch, each payable in "
    "30 days.\n\nThe museum owns what we deliver. We may show it as our work."
)
CONTRACT = {
    "Find out": (
        days("Interviews with twelve visitors", 3, 950_00, "On the quay and on the ferry"),
        hours("Sitemap and content plan", 32, 95_00),
        fixed("Study of the box office and tide feeds", 1_510_00),
    ),
    "Look": (
        hours("The look, in two directions", 52, 95_00),
        hours("Component kit, light and dark", 44, 95_00),
        fixed("Icons and wayfinding signs", 730_00),
    ),
    "Visit pages": (
        hours("Plan your visit", 40, 95_00, "Opening hours, tides and ferry, from your feeds"),
        hours("Getting here", 20, 95_00, "By ferry, by bicycle and by tram"),
        fixed("Access page", 2_600_00, "Tested with four visitors who need it"),
    ),
    "Tickets and members": (
        hours("Ticket shop", 88, 95_00, "On the service of your box office"),
        fixed("Members' area", 3_900_00),
        fixed("Payment test with your bank", 1_390_00),
    ),
    "Collection and launch": (
        hours("Collection highlights, sixty objects", 50, 95_00),
        fixed("Printable floor plan", 1_200_00),
        fixed("Load test and launch week", 3_450_00),
    ),
}


# Annual report: delivered and closed --------------------------------------------------------------


@chapter.scene(-188, "15:10")
def the_report_is_offered(stage):
    lines = {
        "Annual report": (
            hours("Design of 64 pages", 42, 95_00),
            hours("The same in the browser", 36, 95_00),
            pieces("Charts, drawn", 12, 170_00),
        )
    }
    version = draft(stage.report, stage.mara, "Annual report 2025", lines, terms=TERMS)
    stage.report_sign_off = version.send(by=stage.mara, deciders=[stage.joris])


@chapter.scene(-186, "11:40")
def joris_approves_the_report(stage):
    opens(stage.report_sign_off, stage.joris)
    answers(stage.report_sign_off, stage.joris, on=LAPTOP)


# Tidelines: the contract --------------------------------------------------------------------------


@chapter.scene(-46, "16:10")
def the_contract_is_offered(stage):
    lines = dict(CONTRACT)
    lines["Look"] += (fixed("Photographs of building and staff", 2_350_00),)
    version = draft(
        stage.tidelines,
        stage.mara,
        "The new visitor site",
        lines,
        summary="A site that tells visitors when to come, how to get here and what it costs, and "
        "sells them the ticket.",
        terms=TERMS,
        launch_on=stage.day(51),
        valid_until_on=stage.day(-30),
        silence=f"we give the weeks from {stage.say(-40)} to another client.",
    )
    stage.contract = version.estimate
    stage.contract_sign_off = version.send(
        by=stage.mara, deciders=[stage.joris], reviewers=[stage.anneke], due_on=stage.day(-42)
    )


@chapter.scene(-45, "10:02")
def anneke_likes_the_offer(stage):
    opens(stage.contract_sign_off, stage.anneke)
    note = "Complete, as far as I can see. The feeds are the risk."
    Opinion.give(stage.contract_sign_off, by=stage.anneke, view=View.LOOKS_GOOD, note=note)


@chapter.scene(-44, "17:25")
def joris_wants_no_photographs(stage):
    opens(stage.contract_sign_off, stage.joris)
    words = "We have a photographer of our own. Take the photographs out and I sign."
    wants_changes(stage.contract_sign_off, stage.joris, words, on=LAPTOP)


@chapter.scene(-43, "11:15")
def the_contract_is_offered_again(stage):
    version = stage.contract.revise(by=stage.mara)
    priced.drop(version, stage.mara, "Photographs of building and staff")
    stage.contract_sign_off = version.send(
        by=stage.mara, deciders=[stage.joris], reviewers=[stage.anneke], due_on=stage.day(-40)
    )


@chapter.scene(-41, "09:12")
def joris_signs_the_contract(stage):
    opens(stage.contract_sign_off, stage.joris)
    answers(stage.contract_sign_off, stage.joris)


# Tidelines: an app that nobody needs --------------------------------------------------------------


@chapter.scene(-24, "14:35")
def an_audio_app_is_offered(stage):
    lines = {
        "Audio guide": (
            hours("App for two kinds of phone", 160, 95_00),
            fixed("Five recorded tours", 6_700_00),
        )
    }
    version = draft(
        stage.tidelines,
        stage.mara,
        "Audio guide app",
        lines,
        summary="Five tours through the museum, in an app to download at home.",
        terms=TERMS,
        valid_until_on=stage.day(-4),
    )
    stage.app_sign_off = version.send(
        by=stage.mara, deciders=[stage.anneke, stage.joris], due_on=stage.day(-19)
    )


@chapter.scene(-22, "13:48")
def anneke_declines_the_app(stage):
    opens(stage.app_sign_off, stage.anneke)
    words = "Nobody downloads an app for one afternoon. Could it run in the browser, outside?"
    declines(stage.app_sign_off, stage.anneke, words, on=LAPTOP)


# Tidelines: the soundwalk that waits --------------------------------------------------------------


@chapter.scene(-12, "16:40")
def the_soundwalk_is_offered(stage):
    lines = {
        "Sound and story": (
            hours("Seven scripts, edited with your curators", 24, 85_00),
            fixed("Recording day at the quay", 980_00, "One reader, in Dutch"),
            hours("Sound edit and mix", 12, 90_00, "Seven tracks"),
        ),
        "The walk in the browser": (
            hours("Map, stops and the walk-along view", 16, 95_00),
            hours("Player with transcript", 32, 95_00, "Works without signal"),
            hours("Test on the quay with six visitors", 10, 92_00),
            fixed("Press kit for the launch week", 950_00),
        ),
        "Your choice": (
            option(
                hours("Sign-language film for each stop", 16, 100_00, "Seven films of a minute"),
                chosen=True,
            ),
            option(fixed("Children's trail, drawn", 2_250_00, "A paper map and five riddles")),
        ),
    }
    version = draft(
        stage.tidelines,
        stage.mara,
        "The harbour soundwalk",
        lines,
        summary="Seven stories to hear along the quay, in the browser of any phone.",
        terms=priced.SOUNDWALK_TERMS,
        launch_on=stage.day(56),
        valid_until_on=stage.day(8),
    )
    stage.walk = version.estimate
    stage.walk_sign_off = version.send(
        by=stage.mara,
        deciders=[stage.joris, stage.anneke],
        reviewers=[stage.salma],
        rule=Rule.ALL,
        due_on=stage.day(-7),
    )


@chapter.scene(-9, "08:55")
def anneke_says_yes_to_the_walk(stage):
    opens(stage.walk_sign_off, stage.anneke)
    answers(stage.walk_sign_off, stage.anneke)


@chapter.scene(-8, "12:20")
def joris_wants_a_second_language(stage):
    opens(stage.walk_sign_off, stage.joris)
    words = (
        "Half of our visitors come by cruise ship. Please add English. The press kit we write "
        "ourselves."
    )
    wants_changes(stage.walk_sign_off, stage.joris, words, on=LAPTOP)


@chapter.scene(-2, "16:05")
def the_walk_is_offered_in_two_languages(stage):
    version = stage.walk.revise(by=stage.mara)
    priced.change(
        version,
        stage.mara,
        {
            "Recording day at the quay": {
                "fixed_minor": 1_480_00,
                "note": f"One reader, Dutch and English, {stage.say(8)}",
            },
            "Sound edit and mix": {"quantity_thousandths": 20_000, "note": "Fourteen tracks"},
        },
        summary="Seven stories to hear along the quay, in Dutch and English.",
        launch_on=stage.day(61),
        valid_until_on=stage.day(13),
        silence=f"we let the recording day of {stage.say(8)} go. "
        f"The next free one is {stage.say(28)}.",
    )
    priced.drop(version, stage.mara, "Press kit for the launch week")
    stage.walk_sign_off = version.send(
        by=stage.mara,
        deciders=[stage.joris, stage.anneke],
        reviewers=[stage.salma],
        rule=Rule.ALL,
        due_on=stage.day(2),
    )


@chapter.scene(-1, "09:12")
def joris_says_yes_to_two_languages(stage):
    opens(stage.walk_sign_off, stage.joris)
    answers(stage.walk_sign_off, stage.joris)


@chapter.scene(-1, "12:50")
def salma_looks_at_the_walk(stage):
    opens(stage.walk_sign_off, stage.salma)
    note = "The children's trail would fill our Wednesday afternoons."
    Opinion.give(stage.walk_sign_off, by=stage.salma, view=View.LOOKS_GOOD, note=note)
