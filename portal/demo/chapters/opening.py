"""Tidelines goes on: an estimate with packages that waits, a question at a line, a priced draft."""

from portal.demo.chapters.priced import (
    between,
    draft,
    effort,
    fixed,
    hours,
    option,
    pieces,
)
from portal.demo.stage import Chapter
from portal.scope import baseline
from portal.signoff.models import LineQuestion
from portal.threads import models as threads

chapter = Chapter()

FILMS = "The film of the day"


@chapter.scene(-12, "11:15")
def the_visit_page_names_what_it_shows(stage):
    shown = ("Plan your visit", "Getting here", "The look, in two directions")
    items = baseline.of(stage.tidelines).items
    numbers = [item.number for item in items if item.title in shown]
    stage.visit.link_items(numbers, by=stage.mara)


@chapter.scene(-2, "18:05")
def anneke_asks_about_the_rain(stage):
    stage.rain = LineQuestion.ask(
        stage.walk_sign_off,
        by=stage.anneke,
        place=place(stage.walk_sign_off, "Recording day at the quay"),
        text="If it rains that day, do we pay for it twice?",
    )


@chapter.scene(-1, "08:50")
def mara_answers_about_the_rain(stage):
    words = (
        "No. We move the day once at our cost; the terms say so. A second time has not happened."
    )
    threads.reply(stage.rain, by=stage.mara, text=words)


def weekend():
    """Return the lines of the opening weekend, by section; three of these are packages."""
    return {
        "On the quay": (
            between(
                pieces("Sign with the tide line", 8, 120_00, "Enamel, set by the water"), 4, 14
            ),
            hours("Setting up with your volunteers", 10, 95_00),
        ),
        "One camera": (fixed("A film of one minute, for phones", 1_450_00),),
        "Two cameras": (
            fixed("A film of one minute, for phones", 1_450_00),
            fixed("A film of three minutes, for the hall", 1_150_00),
        ),
        "Two cameras and your visitors": (
            fixed("Both films", 2_600_00),
            hours("Six visitors tell what they saw", 18, 95_00, "Filmed on Sunday"),
        ),
        "Your choice": (option(fixed("Subtitles in five languages", 540_00)),),
    }


@chapter.scene(-1, "10:45")
def the_opening_weekend_is_offered(stage):
    packages = {
        "One camera": (FILMS, False),
        "Two cameras": (FILMS, True),
        "Two cameras and your visitors": (FILMS, False),
    }
    version = draft(
        stage.tidelines,
        stage.mara,
        "The opening weekend",
        weekend(),
        packages,
        summary="Signs along the water and a film of the day. Choose how much of each.",
        terms=stage.terms.text,
        terms_name=stage.terms.label,
        discount_bp=5_00,
        payments=[
            {"what": "Deposit", "bp": 40_00, "on": "approval"},
            {"what": "The rest", "bp": 60_00, "on": "launch"},
        ],
        valid_until_on=stage.day(15),
        silence="the enamel works take another order, and the signs come after the opening.",
    )
    stage.opening_sign_off = version.send(
        by=stage.mara, deciders=[stage.anneke], reviewers=[stage.salma], due_on=stage.day(4)
    )


@chapter.scene(-1, "16:30")
def a_year_of_care_is_drafted(stage):
    """What only the studio reads: who does it, and how long it may take."""
    lines = {
        "Each month": (
            effort(
                hours("Updates, backups, a look at the logs", 36, 95_00), "Programming", 24, 36, 72
            ),
            effort(hours("Feeds of tides and box office", 24, 95_00), "Programming", 8, 20, 60),
        ),
        "Each season": (
            effort(hours("New pictures and colours", 32, 110_00), "Design", 20, 30, 44),
            effort(hours("Words for the season, in two languages", 20, 85_00), "Words", 14, 18, 32),
        ),
    }
    draft(
        stage.tidelines,
        stage.mara,
        "A year of care",
        lines,
        summary="We keep the site up to date for a year, and dress it for each season.",
        terms=stage.terms.text,
        terms_name=stage.terms.label,
        contingency_bp=10_00,
    )


def place(sign_off, what):
    """Return where the line of that name stands in what was sent."""
    places = sign_off.subject_class.places(sign_off.shown)
    return next(place for place, words in places.items() if words == what)
