"""What clients were promised, how the studio kept it over half a year, and what they said of that."""

from dataclasses import dataclass

from portal.care.models import CareAnswer, Escalation
from portal.demo.stage import Chapter
from portal.feedback.models import Feedback
from portal.feedback.words import Kind, VerdictKind
from portal.projects.promises import Promise

chapter = Chapter()

HOUR = 60  # Minutes.
GOOD, NOT_GOOD = True, False


@dataclass(frozen=True)
class Case:
    """One feedback from its filing to the answer about it; moments are (working day, time)."""

    key: str
    project: str
    by: str
    kind: Kind
    text: str
    filed: tuple
    judged: tuple | None  # None: a question needs no verdict.
    reason: str
    resolved: tuple
    words: str
    answered: tuple
    is_good: bool
    why: str = ""


CASES = (
    Case(
        "chart_four",
        "report",
        "anneke",
        Kind.DEFECT,
        "Chart 4 adds up to 104 percent\nOur board will count.",
        (-118, "10:10"),
        (-118, "11:30"),
        "It was rounded twice, and that is ours to mend.",
        (-117, "15:20"),
        "Now it is rounded once, and all twelve were checked.",
        (-117, "16:40"),
        GOOD,
    ),
    Case(
        "the_press",
        "report",
        "anneke",
        Kind.QUESTION,
        "Can the press have the charts as files?",
        (-112, "09:40"),
        None,
        "",
        (-112, "12:05"),
        "Each page has them under its chart, as SVG and as PNG.",
        (-112, "12:20"),
        GOOD,
    ),
    Case(
        "the_foreword",
        "report",
        "joris",
        Kind.CHANGE,
        "My foreword is two lines too long on a phone",
        (-104, "14:50"),
        (-104, "16:10"),
        "Within the second round. Send us the shorter text, or let Petra try.",
        (-101, "11:00"),
        "Petra's version is in, as you liked it.",
        (-100, "18:20"),
        GOOD,
    ),
    Case(
        "the_cover",
        "report",
        "anneke",
        Kind.COMPLAINT,
        "The printer waited a day for the new cover\nNobody told us that it would be late.",
        (-97, "16:20"),
        (-95, "10:15"),
        "The file was ready and lay with us. That was our mistake.",
        (-94, "16:40"),
        "It is at the printer's since noon. From now on you hear it from us first.",
        (-93, "09:05"),
        NOT_GOOD,
        "It came in the end, but I heard of it from the printer.",
    ),
    Case(
        "page_31",
        "report",
        "joris",
        Kind.DEFECT,
        "On page 31 the year is 2024",
        (-90, "11:15"),
        (-90, "11:50"),
        "A leftover of last year's page.",
        (-90, "15:30"),
        "It says 2025, and nothing else says 2024.",
        (-90, "17:45"),
        GOOD,
    ),
    Case(
        "the_archive",
        "report",
        "anneke",
        Kind.QUESTION,
        "Where will the report live in ten years?",
        (-84, "13:30"),
        None,
        "",
        (-83, "10:20"),
        "At the same address, as plain pages that need nothing of ours.",
        (-83, "10:55"),
        GOOD,
    ),
    Case(
        "the_contrast",
        "report",
        "anneke",
        Kind.DEFECT,
        "The grey captions are hard to read",
        (-78, "09:20"),
        (-78, "13:55"),
        "They are below what we promised for every text.",
        (-75, "12:10"),
        "They are darker now, on all pages.",
        (-75, "14:00"),
        GOOD,
    ),
    Case(
        "the_612",
        "ferry",
        "joost",
        Kind.DEFECT,
        "The sailing at 6:12 is missing",
        (-28, "08:30"),
        (-28, "09:40"),
        "The feed has it, our page did not.",
        (-27, "16:00"),
        "It is there, and a test counts the sailings of a day now.",
        (-27, "17:10"),
        GOOD,
    ),
    Case(
        "the_tunnel",
        "ferry",
        "joost",
        Kind.QUESTION,
        "What does the page show without a signal?",
        (-24, "17:10"),
        None,
        "",
        (-23, "11:30"),
        "The last timetable it knew, with the hour at which it knew it.",
        (-23, "12:00"),
        GOOD,
    ),
    Case(
        "the_dutch",
        "ferry",
        "joost",
        Kind.DEFECT,
        "In Dutch the delays are in English",
        (-17, "12:20"),
        (-16, "10:00"),
        "Both languages are in the estimate.",
        (-12, "15:00"),
        "All messages are in both languages.",
        (-12, "16:30"),
        NOT_GOOD,
        "Five days for one word are long. The work itself is fine.",
    ),
)


@chapter.scene(-125, "09:30")
def clients_are_promised_answers(stage):
    times = {"first_response_minutes": 4 * HOUR, "resolution_minutes": 30 * HOUR}
    Promise.give(stage.museum, by=stage.mara, **times)
    Promise.give(stage.noord, by=stage.mara, **times)
    Promise.name_for_complaints(stage.museum, stage.lukasz, by=stage.mara)
    Promise.name_for_complaints(stage.noord, stage.yejin, by=stage.mara)


def tell(case):
    """Register the scenes of one case, each under a name of its own: their order hangs on it."""

    def filed(stage):
        project, by = getattr(stage, case.project), getattr(stage, case.by)
        setattr(stage, case.key, Feedback.file(project, by=by, kind=case.kind, text=case.text))

    def judged(stage):
        kind = VerdictKind.INCLUDED_REVISION if case.kind == Kind.CHANGE else VerdictKind.DEFECT
        found = getattr(stage, case.key)
        found.give_verdict(kind, by=stage.mara, seen=0, reason=case.reason)

    def resolved(stage):
        getattr(stage, case.key).resolve(by=stage.mara, words=case.words)

    def answered(stage):
        item, by = getattr(stage, case.key), getattr(stage, case.by)
        item.verify(by=by)
        CareAnswer.give(item, by=by, is_good=case.is_good, why=case.why)

    for act in (filed, judged, resolved, answered):
        moment = getattr(case, act.__name__)
        act.__name__ = f"{case.key}_is_{act.__name__}"
        if moment:
            chapter.scene(*moment)(act)


for case in CASES:
    tell(case)


@chapter.scene(-96, "11:40")
def nobody_has_answered_about_the_cover(stage):
    """What the clock does in a running portal."""
    Escalation.tell_again(stage.the_cover)


@chapter.scene(-9, "09:35")
def nobody_has_answered_about_the_newsletter(stage):
    Escalation.tell_again(stage.newsletter)


@chapter.scene(-5, "08:53")
def salma_says_that_it_was_handled_well(stage):
    CareAnswer.give(stage.tides, by=stage.salma, is_good=GOOD)
