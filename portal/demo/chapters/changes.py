"""The change requests of Tidelines: two signed, one that waits, one just asked for."""

import datetime as dt

from portal.changes.models import ChangeRequest
from portal.demo.answers import answers, opens
from portal.demo.stage import Chapter
from portal.projects.models import Project
from portal.scope import baseline
from portal.scope.models import Action
from portal.signoff.models import Opinion, View

chapter = Chapter()

BLANK = {"item": None, "section": "", "title": "", "detail": "", "price_minor": None}


def added(title, price_minor, *, section, detail=""):
    row = {"title": title, "price_minor": price_minor, "section": section, "detail": detail}
    return BLANK | {"action": Action.ADDED} | row


def removed(project, title):
    """Take the scope item of that name out; it gives its whole price back."""
    item = next(item for item in baseline.of(project).items if item.title == title)
    return BLANK | {"action": Action.REMOVED, "item": item.number}


def launch(stage):
    """Return the launch as it is signed when a scene is played."""
    return Project.get_by_id(stage.tidelines.id).launch_on


def write(change, by, rows, **words):
    draft = change.current
    return draft.write(rows, by=by, edits=draft.edits, **words)


@chapter.scene(-26, "11:05")
def ticket_times_are_offered(stage):
    change = ChangeRequest.draft(stage.tidelines, by=stage.mara)
    row = added(
        "Ticket times from the box office",
        3_850_00,
        section="Tickets and members",
        detail="Free places per quarter of an hour, live",
    )
    version = write(
        change,
        stage.mara,
        [row],
        title="Ticket times from the box office",
        summary="Visitors choose a time as well as a day, and see how many places are left.",
        why="The box office changed its service in autumn: it now sells tickets by the quarter of "
        "an hour. A site that sells days only would sell places that are gone.",
        silence="the shop sells days, and the queue forms at the door.",
    )
    stage.times_sign_off = version.send(
        by=stage.mara, deciders=[stage.anneke, stage.joris], due_on=stage.day(-19)
    )


@chapter.scene(-21, "08:35")
def anneke_signs_the_ticket_times(stage):
    opens(stage.times_sign_off, stage.anneke)
    answers(stage.times_sign_off, stage.anneke)


@chapter.scene(-17, "10:30")
def the_floor_plan_is_taken_out(stage):
    change = ChangeRequest.draft(stage.tidelines, by=stage.mara)
    version = write(
        change,
        stage.mara,
        [removed(stage.tidelines, "Printable floor plan")],
        title="No printable floor plan",
        summary="The floor plan for print is left out; the one on the page stays.",
        why="You hand out a paper plan at the desk already, and it is a good one. We would draw "
        "it twice.",
    )
    stage.plan_sign_off = version.send(
        by=stage.mara, deciders=[stage.anneke, stage.joris], due_on=stage.day(-12)
    )


@chapter.scene(-14, "09:05")
def anneke_signs_that_it_is_left_out(stage):
    opens(stage.plan_sign_off, stage.anneke)
    answers(stage.plan_sign_off, stage.anneke)


@chapter.scene(-7, "15:15")
def salma_asks_for_school_groups(stage):
    stage.schools = ChangeRequest.ask(
        stage.tidelines,
        by=stage.salma,
        title="Booking for school groups",
        why="Last year 312 school classes booked by phone, 25 minutes each. I want that time back "
        "before we sell the next season.",
    )


def ways_to_make_room(stage):
    """Return three ways to have booking for schools, as `write_alternatives` takes them."""
    booking = added(
        "Booking for school groups",
        None,
        section="Tickets and members",
        detail="A day, a guide and a lunch room, in one form",
    )
    by_the_hour = {"unit": "h", "quantity_thousandths": 50_000, "rate_minor": 95_00}
    calmer = {"unit": "h", "quantity_thousandths": 36_000, "rate_minor": 95_00}
    return [
        {
            "title": "Pay more",
            "summary": "A second programmer joins for three weeks. Everything you have now stays.",
            "impacts": [booking | by_the_hour],
        },
        {
            "title": "Leave out the members' area",
            "summary": "Members keep their card and get their news by mail: 212 of them signed "
            "in last year, and 312 classes came.",
            "is_recommended": True,
            "impacts": [booking | by_the_hour, removed(stage.tidelines, "Members' area")],
        },
        {
            "title": "Launch later",
            "summary": "The same team builds it after the ticket pages.",
            "launch_on": launch(stage) + dt.timedelta(days=21),
            "impacts": [booking | calmer],
        },
    ]


@chapter.scene(-3, "11:30")
def school_groups_are_offered(stage):
    version = stage.schools.current.write_alternatives(
        ways_to_make_room(stage),
        by=stage.mara,
        edits=stage.schools.current.edits,
        title="Booking for school groups",
        summary="Schools choose a day, a guide and a lunch room themselves. It was not in the "
        "contract; choose how to make room for it.",
        why="Last year 312 school classes booked by phone, 25 minutes each. You want that time "
        "back before the next season is sold in September.",
        silence="nothing changes: schools see a phone number at launch.",
        valid_until_on=stage.day(20),
    )
    stage.schools_sign_off = version.send(
        by=stage.mara, deciders=[stage.anneke], reviewers=[stage.salma], due_on=stage.day(5)
    )


@chapter.scene(-2, "11:44")
def salma_likes_the_booking(stage):
    opens(stage.schools_sign_off, stage.salma)
    note = "Yes, please. The members will forgive us."
    Opinion.give(stage.schools_sign_off, by=stage.salma, view=View.LOOKS_GOOD, note=note)


@chapter.scene(-1, "14:05")
def salma_asks_for_a_page_for_volunteers(stage):
    ChangeRequest.ask(
        stage.tidelines,
        by=stage.salma,
        title="A page for our volunteers",
        why="Ninety volunteers run the boiler and the cranes. They ask where to find their rota, "
        "and today it is a photo in a group chat.",
    )
