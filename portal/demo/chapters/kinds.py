"""Prototypes that are no pictures: brand pages as a PDF, a film, and a website to walk with."""

from portal.demo import pictures
from portal.demo.answers import opens, wants_changes
from portal.demo.chapters.feedback import item
from portal.demo.chapters.pins import newest
from portal.demo.chapters.prototypes import DESK, PHONE
from portal.demo.stage import Chapter
from portal.feedback.words import VerdictKind
from portal.prototypes import jobs
from portal.prototypes.models import Pin, PinBatch, Prototype
from portal.prototypes.places import Place
from portal.signoff.models import Opinion, View
from portal.storage.models import Blob

chapter = Chapter()


def upload(draft, by, name, file):
    """Put one of the story's files into a draft, called `name`, and make screens of it."""
    blob = Blob.keep(pictures.opened(file), limit="prototype")
    draft.add_sources([(name, blob)], by=by)
    jobs.prepare()


def pinned(version, by, seen, *left, note=""):
    """Leave pins (screen, Place, words) and publish them. Returns them by number."""
    for screen, place, text in left:
        Pin.leave(version, by=by, screen=screen, place=place, text=text, seen=seen)
    return PinBatch.publish(version, by=by, note=note).in_order()


# The look as a PDF: eight pages, then nine --------------------------------------------------------


@chapter.scene(-5, "14:30")
def the_brand_pages_are_shown(stage):
    version = Prototype.add(
        stage.tidelines,
        by=stage.tom,
        title="The look, page by page",
        note="What you approved as a board, as eight pages for your printers.",
    )
    upload(version, stage.tom, "The look.pdf", "brand-pages.pdf")
    stage.brand, stage.brand_1 = version.prototype, version
    stage.brand_sign_off = version.send(
        by=stage.mara,
        deciders=[stage.anneke],
        reviewers=[stage.salma, stage.joris],
        due_on=stage.day(-2),
    )


@chapter.scene(-4, "15:20")
def salma_pins_the_brand_pages(stage):
    opens(stage.brand_sign_off, stage.salma)
    three = Place(x_bp=6_30, y_bp=37_90, w_bp=87_40, h_bp=40_60)
    text = "May teachers cut these out? I mean it: with scissors, thirty children, on a Wednesday."
    (stage.scissors_pin,) = pinned(stage.brand_1, stage.salma, DESK, (7, three, text))
    stage.scissors = newest(stage.tidelines)


@chapter.scene(-4, "19:25")
def anneke_pins_the_brand_pages(stage):
    opens(stage.brand_sign_off, stage.anneke)
    stage.brand_pins = pinned(
        stage.brand_1,
        stage.anneke,
        DESK,
        (3, Place(x_bp=83_00, y_bp=40_00), "Our ferry is yellow too. Does the mark stand on it?"),
        (4, Place(x_bp=89_00, y_bp=46_00), "Five per cent, and the ticket page is half red?"),
        (5, Place(x_bp=20_50, y_bp=67_00), "This is what I could not read on the quay at noon."),
        note="Ours, at last. What is missing is the sun.",
    )
    stage.brand_said = newest(stage.tidelines)


@chapter.scene(-4, "19:40")
def anneke_wants_a_page_on_the_sun(stage):
    words = "Please add what holds outside, in the sun. Then it goes to the printers."
    wants_changes(stage.brand_sign_off, stage.anneke, words)


@chapter.scene(-3, "10:05")
def the_brand_pins_are_judged(stage):
    for said in (stage.brand_said, stage.scissors):
        said.give_verdict(
            VerdictKind.INCLUDED_REVISION,
            by=stage.mara,
            seen=0,
            scope_item=item(stage.tidelines, "The look, in two directions"),
            reason="Part of the first round of these pages.",
        )


@chapter.scene(-2, "11:50")
def the_brand_pages_are_nine(stage):
    version = stage.brand.add_version(by=stage.tom, keeps_screens=False)
    note = "One page more, “In the sun”, and heavier small words on “Two voices”."
    version.describe(title="The look, page by page", note=note)
    upload(version, stage.tom, "The look.pdf", "brand-pages-2.pdf")
    stage.brand_sign_off = version.send(
        by=stage.mara,
        deciders=[stage.anneke],
        reviewers=[stage.joris],
        due_on=stage.day(3),
        silence="the printers begin with the banners as they are.",
    )


@chapter.scene(-2, "12:05")
def tom_answers_the_brand_pins(stage):
    ferry, share, sun = stage.brand_pins
    ferry.address("Yes, in night on yellow, as on the right of page 3.", by=stage.tom)
    share.decline(
        "It stays: the share is of all pages together. The ticket page is the one that shouts.",
        by=stage.tom,
    )
    sun.address("Outside, small words are 600 now, and page 5 measures every pair.", by=stage.tom)
    stage.scissors_pin.address("Please do. A sheet in A4 comes with the files.", by=stage.tom)
    stage.scissors.resolve(by=stage.tom, words="Answered on its pin.")


@chapter.scene(-1, "13:20")
def salma_gets_her_scissors(stage):
    stage.scissors_pin.verify(by=stage.salma)
    stage.scissors.verify(by=stage.salma)


# The film: how the page opens ---------------------------------------------------------------------


@chapter.scene(-3, "17:40")
def the_opening_is_shown(stage):
    version = Prototype.add(
        stage.tidelines,
        by=stage.tom,
        title="How the page opens",
        note="Eight seconds, without sound: the water rises to today's tide, then the words come.",
    )
    upload(version, stage.tom, "Opening film.mp4", "opening-film.mp4")
    stage.film = version
    stage.film_sign_off = version.send(
        by=stage.mara, deciders=[stage.anneke], reviewers=[stage.joris], due_on=stage.day(0)
    )


@chapter.scene(-2, "09:05")
def joris_likes_the_opening(stage):
    opens(stage.film_sign_off, stage.joris)
    note = "I watched it nine times. Show it on the ferry."
    Opinion.give(stage.film_sign_off, by=stage.joris, view=View.LOOKS_GOOD, note=note)


@chapter.scene(-2, "20:10")
def anneke_pins_the_opening(stage):
    opens(stage.film_sign_off, stage.anneke)
    dawn = Place(at_ms=700, x_bp=67_00, y_bp=68_00)
    words = Place(at_ms=4_900, until_ms=5_900, x_bp=5_00, y_bp=12_00, w_bp=50_00, h_bp=22_00)
    box = Place(at_ms=7_600, x_bp=59_20, y_bp=50_50)
    pinned(
        stage.film,
        stage.anneke,
        PHONE,
        (1, dawn, "Too fast. The harbour wakes up slowly: give the night a second more."),
        (1, words, "Both lines at once, please. Read alone, “Come in” sounds like a dentist."),
        (1, box, "It must not end with the box in the air. I hold my breath."),
        note="Lovely. Three moments.",
    )


@chapter.scene(-2, "20:22")
def anneke_wants_the_box_on_the_quay(stage):
    words = "Go on: the night longer, the words together, the box on the quay."
    wants_changes(stage.film_sign_off, stage.anneke, words)


@chapter.scene(-1, "10:20")
def the_film_pins_are_judged(stage):
    said = newest(stage.tidelines)
    said.give_verdict(
        VerdictKind.INCLUDED_REVISION,
        by=stage.mara,
        seen=0,
        scope_item=item(stage.tidelines, "Plan your visit"),
        reason="The opening belongs to the page, and this is its first round.",
    )
    said.assign(stage.tom, by=stage.mara)


# The website: the soundwalk, to try on the quay ---------------------------------------------------


@chapter.scene(-2, "17:15")
def the_soundwalk_can_be_tried(stage):
    version = Prototype.add(
        stage.tidelines,
        by=stage.petra,
        title="The harbour soundwalk, to try on the quay",
        note="All seven stops run on your phone, still without sound, so that you know what "
        "estimate 3 is about.",
    )
    upload(version, stage.petra, "soundwalk-site.zip", "soundwalk-site.zip")
    stage.site = version
    stage.site_sign_off = version.send(
        by=stage.mara,
        deciders=[stage.anneke],
        reviewers=[stage.salma, stage.joris],
        due_on=stage.day(4),
    )


@chapter.scene(-1, "15:35")
def salma_pins_the_soundwalk(stage):
    opens(stage.site_sign_off, stage.salma)
    slack = {"route": "index.html", "element": "#slack", "in_x_bp": 30_00, "in_y_bp": 50_00}
    said = {"route": "stops.html", "element": "html>body>section>div>p", "in_x_bp": 20_00}
    pinned(
        stage.site,
        stage.salma,
        {"viewport_width": 1280, "viewport_height": 800, "device": "Chrome on Mac"},
        (1, Place(**slack, x_bp=77_96, y_bp=49_39), "Nobody knows what slack water is."),
        (
            1,
            Place(**said, in_y_bp=40_00, x_bp=70_81, y_bp=67_39),
            "Deaf visitors want to read all of it at once, not line by line.",
        ),
    )
    note = "My Thursday class walked it with a sandwich in the other hand. It works."
    Opinion.give(stage.site_sign_off, by=stage.salma, view=View.LOOKS_GOOD, note=note)


@chapter.scene(-1, "16:10")
def the_soundwalk_pins_are_judged(stage):
    newest(stage.tidelines).give_verdict(
        VerdictKind.NEW_SCOPE,
        by=stage.mara,
        seen=0,
        reason="Not in the contract yet: both belong to the walk of estimate 3, within its price.",
    )


@chapter.scene(-1, "18:40")
def joris_pins_the_soundwalk(stage):
    opens(stage.site_sign_off, stage.joris)
    start = Place(
        route="index.html",
        element="#start",
        in_x_bp=80_00,
        in_y_bp=50_00,
        x_bp=46_14,
        y_bp=18_92,
    )
    text = "The cruise passengers come ashore at crane 12. Where do they start?"
    pinned(stage.site, stage.joris, PHONE, (1, start, text))
