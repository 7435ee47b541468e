"""What became of the pins, once they had been published: they are feedback like any other."""

from portal.demo.chapters.feedback import item
from portal.demo.stage import Chapter
from portal.feedback.models import Feedback
from portal.feedback.words import VerdictKind
from portal.threads import models as threads

chapter = Chapter()


def newest(project):
    """Return the last thing that was said about a project."""
    return project.feedback.order_by(Feedback.number.desc()).first()


@chapter.scene(-10, "09:10")
def the_first_pins_are_judged(stage):
    said = stage.first_pins = newest(stage.tidelines)
    said.give_verdict(
        VerdictKind.INCLUDED_REVISION,
        by=stage.mara,
        seen=0,
        scope_item=item(stage.tidelines, "Plan your visit"),
        reason="Part of the first round. Version 2 follows the drawing in all three points.",
    )


@chapter.scene(-7, "17:30")
def the_first_pins_are_done(stage):
    stage.first_pins.resolve(by=stage.tom, words="All three are in version 2.")


@chapter.scene(-6, "19:35")
def anneke_agrees_on_the_first_pins(stage):
    stage.first_pins.verify(by=stage.anneke)


@chapter.scene(-5, "11:40")
def the_second_pins_are_judged(stage):
    said = stage.second_pins = next(
        one
        for one in stage.tidelines.feedback.order_by(Feedback.number.desc())
        if one.filed_by_id == stage.anneke.id and one.source_kind
    )
    said.give_verdict(
        VerdictKind.INCLUDED_REVISION,
        by=stage.mara,
        seen=0,
        scope_item=item(stage.tidelines, "Plan your visit"),
        reason="Part of the second round. Version 3 answers four; for the price and the lift we "
        "need words from you.",
    )
    said.assign(stage.tom, by=stage.mara)


@chapter.scene(-2, "10:45")
def the_second_pins_ask_back(stage):
    threads.reply(
        stage.second_pins,
        by=stage.mara,
        text="Four of the six are in version 3. Two questions before we close this: what is the "
        "entrance with the lift called on your signs, and who at the box office can confirm the "
        "prices?",
        is_question=True,
    )


@chapter.today(minutes_ago=105)
def mara_asks_joris_back(stage):
    stage.tide_pin = newest(stage.tidelines)
    threads.reply(
        stage.tide_pin,
        by=stage.mara,
        text="Good point. On days with both tides outside opening hours, may we show the next "
        "day's?",
        is_question=True,
    )


@chapter.today(minutes_ago=98)
def joris_agrees(stage):
    threads.reply(stage.tide_pin, by=stage.joris, text="Yes, with its date.")


@chapter.today(minutes_ago=92)
def tom_wonders_about_the_round(stage):
    threads.note(
        stage.tide_pin,
        by=stage.tom,
        text="The tide text comes from their feed, so this needs half a day. Still this round?",
    )
