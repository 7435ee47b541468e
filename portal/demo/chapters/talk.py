"""What is said about an estimate, a change request and a thing of the scope, beside the questions."""

from portal.demo.stage import Chapter
from portal.scope import baseline
from portal.scope.models import ScopeItem
from portal.threads import models as threads

chapter = Chapter()


def thing(project, title):
    """Return the scope item of that name."""
    number = next(item.number for item in baseline.of(project).items if item.title == title)
    return ScopeItem.find(project, number)


# The access page, in the scope --------------------------------------------------------------------


@chapter.scene(-6, "14:10")
def salma_cannot_bring_them_on_a_monday(stage):
    stage.access = thing(stage.tidelines, "Access page")
    text = "Two of the four visitors cannot come on a Monday. Which day do you test?"
    threads.reply(stage.access, by=stage.salma, text=text)


@chapter.scene(-6, "15:35")
def mara_names_a_day(stage):
    text = f"On {stage.say(9)} at two. Bram keeps the lift free for us."
    threads.reply(stage.access, by=stage.mara, text=text)


# The change for school groups ---------------------------------------------------------------------


@chapter.scene(-2, "10:15")
def anneke_asks_salma_about_the_members(stage):
    text = "@Salma, do members still get their news if we leave out their area?"
    threads.reply(stage.schools, by=stage.anneke, text=text)


@chapter.scene(-2, "10:50")
def salma_says_it_goes_by_mail(stage):
    text = "They do, by mail, as today. Nobody at the desk remembers a member who asked for more."
    threads.reply(stage.schools, by=stage.salma, text=text)


@chapter.scene(-2, "11:20")
def tom_looks_at_his_weeks(stage):
    text = (
        "@Mara, with the later launch I am on the ferry's map in those weeks. Better to know now."
    )
    threads.note(stage.schools, by=stage.tom, text=text)


# The soundwalk that waits -------------------------------------------------------------------------


@chapter.scene(-1, "10:05")
def joris_thinks_of_german(stage):
    text = "Signed. German would be next, once we know how many walk it. Is that a new app then?"
    threads.reply(stage.walk, by=stage.joris, text=text)


@chapter.scene(-1, "10:40")
def mara_keeps_room_for_a_language(stage):
    text = "No: the player takes a third language as it is. It would be one more recording day."
    threads.reply(stage.walk, by=stage.mara, text=text)
