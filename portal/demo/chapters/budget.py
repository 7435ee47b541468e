"""What of the signed money is used: stated every other week, and when something stands out."""

from portal.budget.models import Statement
from portal.demo.stage import Chapter
from portal.signoff.models.stand_ins import studio_day

chapter = Chapter()

WHY_MORE = "The ticket times took a day more than priced; we make it good where pages repeat."


def states(project, used, *, by, **said):
    """State what is used at the end of the day on which the scene plays, in whole euros."""
    Statement.make(project, by=by, used_minor=used * 100, as_of_on=studio_day(), **said)


@chapter.scene(-75, "16:40")
def the_report_is_paid_for(stage):
    states(stage.report, 9_450, by=stage.mara, note="Delivered; nothing else will come.")


@chapter.scene(-36, "17:20")
def tidelines_is_drawn(stage):
    states(stage.tidelines, 5_130, by=stage.mara)


@chapter.scene(-26, "17:05")
def tidelines_is_half_drawn(stage):
    states(stage.tidelines, 14_260, by=stage.mara, forecast_minor=48_600_00)


@chapter.scene(-19, "17:10")
def the_ferry_has_its_lines(stage):
    states(stage.ferry, 7_900, by=stage.mara)


@chapter.scene(-16, "16:55")
def tidelines_is_in_build(stage):
    states(stage.tidelines, 22_740, by=stage.mara, forecast_minor=52_100_00, note=WHY_MORE)


@chapter.scene(-5, "17:15")
def tidelines_has_pages(stage):
    states(stage.tidelines, 31_470, by=stage.mara, forecast_minor=49_900_00)


@chapter.scene(-5, "17:25")
def winter_lights_has_ideas(stage):
    states(stage.lights, 4_095, by=stage.lukasz)


@chapter.scene(-4, "17:30")
def the_ferry_takes_more(stage):
    note = "The piers report their sailings in three formats, not in one."
    states(stage.ferry, 18_300, by=stage.mara, forecast_minor=31_400_00, note=note)
