"""Four projects of three clients: one in full build, one new, one closed, and a ferry's."""

from portal.access.permissions import Role
from portal.core import clock
from portal.demo.stage import Chapter
from portal.projects.models import Health, Project

chapter = Chapter()


def joined(project, by, roles):
    """Let people in who have been in the portal before: nobody is mailed."""
    for person, role in roles:
        project.add_member(person, role, by=by, invite=False)


@chapter.scene(-189, "10:05")
def the_annual_report_begins(stage):
    stage.report = Project.start(
        by=stage.mara,
        client=stage.museum,
        name="Annual report 2025",
        slug="annual-report-2025",
        currency="EUR",
        summary="The year in print and in the browser, with twelve drawn charts.",
        phase="Delivered",
        starts_on=stage.day(-186),
    )
    crew = ((stage.tom, Role.TEAM), (stage.joris, Role.SPONSOR), (stage.anneke, Role.APPROVER))
    joined(stage.report, stage.mara, crew)


@chapter.scene(-74, "16:30")
def the_annual_report_is_closed(stage):
    with stage.report.change() as project:
        project.closed_at = clock.now()
        project.save()
        project.revise(is_internal=False)


@chapter.scene(-48, "10:05")
def tidelines_begins(stage):
    stage.tidelines = Project.start(
        by=stage.mara,
        client=stage.museum,
        name="Tidelines: the new visitor site",
        slug="tidelines",
        currency="EUR",
        summary="A new site for visitors, led by the tide: plan a visit, buy a ticket, hear the "
        "harbour.",
        phase="Build, week 9 of 19",
        health=Health.AT_RISK,
        health_note="The ticket pages wait for your review.",
        starts_on=stage.day(-44),
        next_on=stage.day(8),
        next_what="recording day at the quay",
    )
    crew = (
        (stage.tom, Role.TEAM),
        (stage.joris, Role.SPONSOR),
        (stage.anneke, Role.APPROVER),
        (stage.salma, Role.REVIEWER),
    )
    joined(stage.tidelines, stage.mara, crew)


@chapter.scene(-38, "09:50")
def petra_joins_for_the_sound(stage):
    stage.tidelines.add_member(stage.petra, Role.TEAM, by=stage.mara, invite=False)


@chapter.scene(-34, "11:20")
def the_ferry_begins(stage):
    stage.ferry = Project.start(
        by=stage.mara,
        client=stage.noord,
        name="Ferry timetable",
        slug="ferry-timetable",
        currency="EUR",
        summary="Every sailing of nine lines, live, on phones and on the piers.",
        phase="Build, week 6 of 14",
        starts_on=stage.day(-28),
        next_on=stage.day(4),
        next_what="two days on board with passengers",
    )
    joined(stage.ferry, stage.mara, ((stage.tom, Role.TEAM), (stage.joost, Role.APPROVER)))


@chapter.scene(-16, "14:10")
def winter_lights_begins(stage):
    stage.lights = Project.start(
        by=stage.lukasz,
        client=stage.museum,
        name="Winter lights: campaign 2026",
        slug="winter-lights",
        currency="EUR",
        summary="Posters, street lettering and short films that bring people to the quay after "
        "dark.",
        phase="Ideas, week 2 of 12",
        starts_on=stage.day(-10),
        next_on=stage.day(14),
        next_what="three poster directions",
    )
    crew = (
        (stage.mara, Role.PRODUCER),
        (stage.tom, Role.TEAM),
        (stage.joris, Role.SPONSOR),
        (stage.anneke, Role.APPROVER),
        (stage.salma, Role.REVIEWER),
    )
    joined(stage.lights, stage.lukasz, crew)


@chapter.scene(-9, "15:25")
def the_office_wants_a_manual(stage):
    stage.manual = Project.start(
        by=stage.mara,
        client=stage.office,
        name="House manual",
        slug="house-manual",
        currency="EUR",
        summary="How we work, where the keys are, and what to do when the boiler hums.",
        phase="Not started",
    )
    joined(stage.manual, stage.mara, ((stage.tom, Role.TEAM), (stage.ravi, Role.APPROVER)))


@chapter.scene(-1, "16:20")
def bram_is_invited(stage):
    """The one who has not been in yet: his letter's link works."""
    stage.tidelines.add_member(stage.bram, Role.REVIEWER, by=stage.mara)
