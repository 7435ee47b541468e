"""What clients said of the work, and what became of it: every state there is, on two projects."""

from types import SimpleNamespace

from portal.demo import pictures
from portal.demo.stage import Chapter
from portal.feedback.models import Feedback
from portal.feedback.pictures import keep
from portal.feedback.words import Kind, VerdictKind
from portal.scope import baseline
from portal.threads import models as threads

chapter = Chapter()

SEEN = {"viewport": "390 × 844", "device": "Safari on iPhone"}


def photo(name, filename):
    """Return a picture as it comes from a phone."""
    return keep([SimpleNamespace(stream=pictures.opened(name), filename=filename)])


def item(project, title):
    """Return the number of the scope item of that name."""
    return next(item.number for item in baseline.of(project).items if item.title == title)


# The newsletter: a verdict that is contested ------------------------------------------------------


@chapter.scene(-10, "14:20")
def salma_misses_the_newsletter(stage):
    stage.newsletter = Feedback.file(
        stage.tidelines,
        by=stage.salma,
        kind=Kind.COMPLAINT,
        text="Newsletter sign-up was in the contract\nI cannot find it on any page. Schools hear "
        "of new tours through it, so it is not a detail for us.",
    )


@chapter.scene(-9, "10:30")
def the_newsletter_is_new_scope(stage):
    stage.newsletter.give_verdict(
        VerdictKind.NEW_SCOPE,
        by=stage.mara,
        seen=0,
        reason="The sitemap shows a place for it, but estimate 1 has no line for building it. We "
        "can offer it as a change request: about half a day.",
    )


@chapter.scene(-8, "09:25")
def salma_contests_the_verdict(stage):
    stage.newsletter.contest(
        by=stage.salma,
        reason="Page 4 of the content plan says “news page, with sign-up”, and the content plan is "
        "in estimate 1. We read that as yes.",
    )


@chapter.scene(-8, "10:05")
def the_studio_talks_among_itself(stage):
    threads.note(
        stage.newsletter,
        by=stage.tom,
        text="She is right about page 4, I wrote it. With their mail service it is four hours.",
    )


@chapter.scene(-8, "10:12")
def mara_thinks_of_giving_in(stage):
    threads.note(
        stage.newsletter,
        by=stage.mara,
        text="Then it is ours to build. I check the plan with Joris before I change the verdict.",
    )


# Smaller things -----------------------------------------------------------------------------------


@chapter.scene(-9, "13:15")
def salma_asks_where_classes_eat(stage):
    stage.lunch = Feedback.file(
        stage.tidelines,
        by=stage.salma,
        kind=Kind.CHANGE,
        text="Where do school classes eat their lunch?\nTeachers ask before anything else. Can "
        "they reserve the lunch room together with the visit?",
    )


@chapter.scene(-8, "16:40")
def the_lunch_room_is_new_scope(stage):
    stage.lunch.give_verdict(
        VerdictKind.NEW_SCOPE,
        by=stage.mara,
        seen=0,
        reason="Worth doing, and not in the contract. It belongs to a booking for schools: ask for "
        "that as a change and we price both together.",
    )


@chapter.scene(-3, "11:50")
def the_lunch_room_is_on_offer(stage):
    words = "The lunch room is part of change request 3, which went to Anneke just now."
    stage.lunch.resolve(by=stage.mara, words=words)


@chapter.scene(-6, "11:35")
def salma_asks_about_the_feed(stage):
    stage.tides = Feedback.file(
        stage.tidelines,
        by=stage.salma,
        kind=Kind.QUESTION,
        text="Who changes the tide times when you are gone?",
    )


@chapter.scene(-6, "12:10")
def mara_explains_the_feed(stage):
    threads.reply(
        stage.tides,
        by=stage.mara,
        text="Nobody has to. They come from the port's feed each night. When the feed is silent "
        "for a day, the page says so and your desk gets a mail.",
    )
    stage.tides.resolve(by=stage.mara)


@chapter.scene(-5, "08:50")
def salma_is_content(stage):
    stage.tides.verify(by=stage.salma)


@chapter.scene(-5, "13:05")
def anneke_stands_in_the_sun(stage):
    stage.sun = Feedback.file(
        stage.tidelines,
        by=stage.anneke,
        kind=Kind.DEFECT,
        text="In the sun nobody can read the times under the days\nI stood on the quay at noon. "
        "The big words are fine, the small ones are gone.",
        place={**SEEN, "page": "/projects/tidelines/prototypes/2/versions/2"},
        pictures=photo("photo-sunlight.webp", "IMG_2041.webp"),
    )


@chapter.scene(-4, "09:20")
def the_sun_is_a_defect(stage):
    stage.sun.give_verdict(
        VerdictKind.DEFECT,
        by=stage.mara,
        seen=0,
        scope_item=item(stage.tidelines, "Component kit, light and dark"),
        reason="The kit promises that it can be read outside. We mend it in the next version.",
    )
    stage.sun.assign(stage.tom, by=stage.mara)


@chapter.scene(-4, "11:05")
def tom_measures_the_ink(stage):
    threads.note(
        stage.sun,
        by=stage.tom,
        text="Contrast is 7 to 1, so it is the weight. I try 600 instead of 480 and print it on "
        "the quay.",
    )


@chapter.scene(-4, "18:30")
def joris_praises_the_ferry(stage):
    stage.praise = Feedback.file(
        stage.tidelines,
        by=stage.joris,
        kind=Kind.PRAISE,
        text="My mother found the ferry without calling me. She is 84.",
    )


@chapter.scene(-3, "09:05")
def the_studio_is_pleased(stage):
    threads.reply(
        stage.praise, by=stage.mara, text="We would like her on the next test. Thank you!"
    )
    stage.praise.resolve(by=stage.mara)


@chapter.scene(-3, "18:10")
def joris_closes_the_praise(stage):
    stage.praise.verify(by=stage.joris)


@chapter.scene(-3, "13:30")
def anneke_wants_the_foghorn(stage):
    stage.horn = Feedback.file(
        stage.tidelines,
        by=stage.anneke,
        kind=Kind.CHANGE,
        text="Could the page sound our foghorn at high water?\nOnly if the visitor wants it, and "
        "only once.",
    )


@chapter.scene(-2, "13:10")
def the_foghorn_becomes_a_draft(stage):
    stage.horn.give_verdict(
        VerdictKind.NEW_SCOPE,
        by=stage.mara,
        seen=0,
        reason="A good idea that nobody has counted on. We write you a change request for it.",
    )
    stage.horn.turn_into_change(by=stage.mara)


# New today ----------------------------------------------------------------------------------------


@chapter.today(minutes_ago=40)
def salma_stands_at_the_desk(stage):
    Feedback.file(
        stage.tidelines,
        by=stage.salma,
        kind=Kind.DEFECT,
        text="The board at the desk says 18.50, the page says 17.50\nThe board is right since "
        "1 January. Two visitors have asked already.",
        place=SEEN,
        pictures=photo("photo-price-board.webp", "IMG_0417.webp"),
    )


# The ferry ----------------------------------------------------------------------------------------


@chapter.scene(-6, "07:50")
def joost_sees_the_arrow(stage):
    stage.arrow = Feedback.file(
        stage.ferry,
        by=stage.joost,
        kind=Kind.DEFECT,
        text="The arrow on the map points upstream\nWe leave the quay towards Centraal. Seen on the "
        "test screen at the pier this morning.",
        pictures=photo("photo-ferry-map.webp", "pier-2.webp"),
    )


@chapter.scene(-6, "10:40")
def the_arrow_is_a_defect(stage):
    stage.arrow.give_verdict(
        VerdictKind.DEFECT,
        by=stage.mara,
        seen=0,
        scope_item=item(stage.ferry, "Map and piers"),
        reason="It is wrong, and ours to mend.",
    )
    stage.arrow.assign(stage.tom, by=stage.mara)


@chapter.scene(-2, "15:50")
def the_arrow_is_turned(stage):
    stage.arrow.resolve(by=stage.tom, words="It follows the timetable's direction now.")


@chapter.scene(-1, "08:15")
def joost_wants_today_first(stage):
    Feedback.file(
        stage.ferry,
        by=stage.joost,
        kind=Kind.CHANGE,
        text="Can the timetable open on today's sailings?\nOur passengers look at the phone on the "
        "way to the pier, not the evening before.",
    )
