"""Winter lights goes on: a letter, its undoing, a mandate and what is over it, an objection."""

from portal.access.models import Membership
from portal.cancellations.models import Cancellation
from portal.changes.models import ChangeRequest
from portal.demo import pictures
from portal.demo.answers import answers, opens
from portal.demo.chapters.changes import added, write
from portal.demo.chapters.priced import days, draft, effort, fixed, hours
from portal.demo.stage import Chapter
from portal.signoff.deciding import attached, by_staff
from portal.signoff.models import Answer, How, Mandate, Objection
from portal.storage.models import Blob

chapter = Chapter()

LIMIT_MINOR = 5_000_00  # What Anneke may decide alone on Winter lights.
LETTER = (
    "We agree to estimate 2, version 1, at 1,900 EUR excluding VAT, as you sent it to us. Please "
    "have the lamp ready for the first evening."
)


# The light on the pier: signed by letter, undone by both ------------------------------------------


@chapter.scene(-9, "11:10")
def a_light_on_the_pier_is_offered(stage):
    lines = {"The pier": (fixed("Lamp and lettering at the end of the pier", 1_900_00),)}
    version = draft(
        stage.lights,
        stage.lukasz,
        "A light on the pier",
        lines,
        summary="One lamp that is seen from the other bank.",
        terms=stage.terms.text,
        terms_name=stage.terms.label,
    )
    stage.pier_sign_off = version.send(
        by=stage.lukasz, deciders=[stage.joris], due_on=stage.day(-5)
    )


@chapter.scene(-6, "16:20")
def a_letter_from_joris_is_recorded(stage):
    scan = attached.Kept(Blob.keep(pictures.opened("letter.pdf"), limit="answer"), "letter.pdf")
    heard = by_staff.Heard(
        person=stage.joris,
        answer=Answer.APPROVE,
        how=How.LETTER,
        on=stage.day(-8),
        said=LETTER,
        purchase_order="HM-2417",
        files=(scan,),
    )
    by_staff.record_answer(stage.pier_sign_off, heard, by=stage.lukasz)


@chapter.scene(-4, "10:50")
def the_port_wants_no_light(stage):
    reason = "The port allows no light at the end of the pier: the ferries steer by their own."
    proposal = Cancellation.propose(stage.pier_sign_off, by=stage.lukasz, reason=reason)
    stage.no_light_sign_off = proposal.send(by=stage.lukasz, deciders=[stage.joris])


@chapter.scene(-3, "09:20")
def joris_signs_that_there_is_no_light(stage):
    opens(stage.no_light_sign_off, stage.joris)
    answers(stage.no_light_sign_off, stage.joris)


# A mandate, and what is over it -------------------------------------------------------------------


@chapter.scene(-3, "14:10")
def films_for_the_trams_are_offered(stage):
    lines = {
        "Films for the trams": (
            hours("Six films, cut for the screens in trams", 44, 95_00, "Without sound"),
            days("Two evenings on the quay", 2, 950_00),
            fixed("Screens for four weeks", 720_00, "Booked with the tram company"),
        )
    }
    version = draft(
        stage.lights,
        stage.lukasz,
        "Films for the trams",
        lines,
        summary="The six films, where people wait for the tram.",
        terms=stage.terms.text,
        terms_name=stage.terms.label,
        valid_until_on=stage.day(14),
        silence="the tram company gives the four weeks to somebody else.",
    )
    stage.trams_sign_off = version.send(
        by=stage.lukasz, deciders=[stage.anneke], due_on=stage.day(3)
    )


@chapter.scene(-2, "10:10")
def joris_says_how_much_anneke_decides(stage):
    member = Membership.get(user=stage.anneke, project=stage.lights)
    Mandate.set(member, by=stage.joris, decision_limit_minor=LIMIT_MINOR)


@chapter.scene(-2, "16:45")
def next_winter_is_a_ballpark(stage):
    lines = {
        "Next winter": (
            effort(hours("A walk of twelve lights", 120, 95_00), "Design", 80, 120, 240),
            effort(hours("The walk in the browser", 60, 95_00), "Programming", 40, 60, 110),
            fixed("Lamps, hired for six weeks", 6_400_00),
        )
    }
    version = draft(
        stage.lights,
        stage.lukasz,
        "Next winter: a walk of lights",
        lines,
        stance="ballpark",
        summary="What a walk of twelve lights may come to, so that you can ask for the money.",
    )
    stage.walk_of_lights_sign_off = version.send(
        by=stage.lukasz, deciders=[stage.anneke, stage.joris], due_on=stage.day(9)
    )


# An objection -------------------------------------------------------------------------------------


@chapter.scene(-1, "15:40")
def a_third_evening_is_offered(stage):
    change = ChangeRequest.draft(stage.lights, by=stage.lukasz)
    row = added("A third evening of photographs", 850_00, section="Made on the quay")
    version = write(
        change,
        stage.lukasz,
        [row],
        title="A third evening of photographs",
        summary="One more evening at dusk, when the ferries are lit.",
        why="The first two evenings were fog. The pictures are good, and they are all grey.",
    )
    stage.evening_sign_off = version.send(
        by=stage.lukasz, deciders=[stage.anneke], due_on=stage.day(3)
    )


@chapter.today(minutes_ago=196)
def anneke_signs_the_third_evening(stage):
    opens(stage.evening_sign_off, stage.anneke)
    stage.evening_yes = answers(stage.evening_sign_off, stage.anneke)


@chapter.today(minutes_ago=96)
def anneke_objects_to_the_third_evening(stage):
    reason = (
        "I took this for the evening that is in the contract. Joris and I have not agreed on a "
        "third one; please leave it until Thursday."
    )
    Objection.raise_against(stage.evening_yes, by=stage.anneke, reason=reason)
