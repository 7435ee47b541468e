"""A project in which both sides did everything, with the studio's own acts in between."""

import datetime as dt
import io

import time_machine
from werkzeug.datastructures import FileStorage

from portal import connect
from portal.access.models import Membership, User
from portal.access.permissions import HouseRole, Role
from portal.cancellations.models import Cancellation
from portal.care.models import CareAnswer
from portal.feedback import pictures
from portal.feedback.models import Feedback
from portal.feedback.words import Kind, VerdictKind
from portal.mail import jobs as mail_jobs
from portal.notices import jobs as notice_jobs
from portal.projects.models import Project
from portal.projects.promises import Promise
from portal.prototypes.models import Pin, PinBatch, Prototype, captain
from portal.prototypes.models.further import Price, price_of
from portal.signoff.models import Answer, LineQuestion, SignOff
from portal.studio.costs import CostRate
from portal.studio.models import Studio
from portal.studio.rates import Rate
from portal.threads import files
from portal.threads.conversation import Conversation
from portal.threads.models import reply
from tests import make
from tests.canary import acts
from tests.canary.values import EARLIER, HELD_WORD, NUMBERS
from tests.conftest import let_go_of_the_queue, settings_for
from tests.databases import opened

CLIENT_ROLES = [role for role in Role if not role.is_studio]
ROLE = "Quagga-role"  # Whose hours an estimate's lines and a further round are planned with.
BOTH_SAY = dt.datetime(2026, 3, 12, 10, tzinfo=dt.UTC)
STUDIO_ACTS = dt.datetime(2026, 3, 12, 11, 47, tzinfo=dt.UTC)
BOTH_GO_ON = dt.datetime(2026, 3, 12, 13, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 3, 12, 15, 20, tzinfo=dt.UTC)


class World:
    """People by their first name, things by their number, as they are now."""

    def __getattr__(self, name):
        return User.get(User.name.startswith(f"{name.title()} "))

    @property
    def project(self):
        return Project.get(slug="harbour")

    def member(self, role):
        return Membership.get(project=self.project, role=role).user

    def feedback(self, number):
        return Feedback.find(self.project, number)

    def sign_off(self, number):
        return SignOff.get(project=self.project, number=number)

    def prototype(self, number):
        return Prototype.find(self.project, number)


def tell(data, port, url):
    """Let it all happen. What was said at which hour stands above."""
    with opened(url):
        settings = settings_for(data, port, url)
        connect(settings)
        let_go_of_the_queue()
        world = World()
        for hour, chapter in (
            (BOTH_SAY, both_say),
            (STUDIO_ACTS, acts.all_of_them),
            (BOTH_GO_ON, both_go_on),
        ):
            with time_machine.travel(hour, tick=False):
                chapter(world)
                post()


def post():
    """Send what waits."""
    notice_jobs.gather()
    mail_jobs.sweep()


def both_say(world):
    house()
    people(world)
    estimate(world)
    change(world)
    prototype(world)
    held_pins(world)
    feedback(world)


def house():
    """What the studio's hours are worth, and cost; the terms that it offers."""
    Studio.establish(name="Fathom & Field", legal_name="Fathom & Field B.V.", zone="UTC")
    Rate.add(role=ROLE, currency="EUR", hour_minor=NUMBERS["rate.hour_minor"], from_on=EARLIER)
    cost_minor = NUMBERS["cost_rate.hour_minor"]
    CostRate.add(role=ROLE, currency="EUR", hour_minor=cost_minor, from_on=EARLIER)
    make.terms("Paid in thirty days.")


def people(world):
    """Somebody in every role of the client's; a colleague elsewhere; somebody who has left."""
    client, sam = world.project.client, world.sam
    bo = make.user("Bo Larsen", house_role=HouseRole.TEAM)  # His letters come back.
    make.member(bo, world.project, Role.TEAM)
    held = {one.role for one in Membership.select().where(Membership.project == world.project)}
    for role in CLIENT_ROLES:
        if role not in held:
            make.member(make.user(f"{role.title()} Person", client=client), world.project, role)
    make.member(make.user("Salma Idrissi", client=client), world.project, Role.REVIEWER)
    pier = make.project("pier", by=sam, client=client)
    make.member(make.user("Pia Quay", client=client), pier, Role.APPROVER)
    rex = make.user("Rex Gone", client=client)
    world.project.add_member(rex, Role.REVIEWER, by=sam)
    reply(Conversation(world.project), by=sam, text="Welcome, @Rex.")
    world.project.remove_member(make.member_of(rex, world.project), by=sam)
    promised = ("first_response_minutes", "resolution_minutes")
    minutes = {name: NUMBERS[f"promise.{name}"] + 600 for name in promised}
    Promise.give(client, by=sam, **minutes)
    Promise.name_for_complaints(client, world.ada, by=sam)


EFFORT = {
    "role": ROLE,
    **{
        name: NUMBERS[f"estimate_line.{name}"]
        for name in ("low_minutes", "likely_minutes", "high_minutes")
    },
}


def estimate(world):
    """One that is signed, with the effort behind its lines; a second one is asked about."""
    lines = [("Visit pages", 8_300_00, EFFORT), ("Floor plan", 1_200_00, EFFORT)]
    draft = make.estimate(world.project, by=world.sam, lines=lines, taxes=[make.VAT])
    sent = draft.send(by=world.sam, deciders=[world.cleo], reviewers=[world.vic])
    make.answer(sent, by=world.cleo)
    second = make.estimate(world.project, by=world.sam, title="A second", lines=lines)
    asked = second.send(by=world.sam, deciders=[world.cleo], reviewers=[world.vic])
    make.question(asked, by=world.cleo)
    make.answer(asked, by=world.cleo, answer=Answer.REQUEST_CHANGES)


def change(world):
    draft = make.change(world.project, by=world.sam)
    due_on = dt.date(2026, 4, 1)
    draft.send(by=world.sam, deciders=[world.cleo], reviewers=[world.vic], due_on=due_on)


def prototype(world):
    """Sent, pinned, and one pin answered."""
    version = make.prototype(world.project, by=world.sam)
    version.prototype.set_terms(by=world.sam, included_rounds=0, **further())
    version.send(by=world.sam, deciders=[world.cleo], reviewers=[world.vic])
    pin(version, by=world.vic, text="Too blue")


def further():
    return {"role": ROLE, "minutes": NUMBERS["prototype.further_minutes"]}


def pin(version, *, by, text):
    """Publish one pin; whoever is beyond the included rounds agrees to the price."""
    Pin.leave(version, by=by, screen=1, x_bp=5_000, y_bp=500, text=text)
    PinBatch.publish(version, by=by, agreed=Price(price_of(version.prototype)))


def held_pins(world):
    """What colleagues of the client showed each other, and what the captain left out."""
    version = make.prototype(world.project, by=world.sam, title="A second one")
    version.prototype.set_terms(by=world.sam, captain=world.vic)
    version.send(by=world.sam, deciders=[world.cleo], reviewers=[world.vic])
    texts = [f"{HELD_WORD}-one", f"{HELD_WORD}-two"]
    make.pins(version, by=world.salma, texts=texts, note=f"{HELD_WORD}-note")
    key = Pin.get(Pin.text == texts[1]).key
    captain.drop(version, key, by=world.vic, why=f"{HELD_WORD}-why")
    make.pins(version, by=world.cleo, texts=[f"{HELD_WORD}-draft"], publish=False)


def feedback(world):
    """A complaint, something new, and something with a picture that is said twice."""
    cleo, vic = world.cleo, world.vic
    make.feedback(world.project, by=vic, kind=Kind.COMPLAINT, text="Nobody answers.")
    make.feedback(world.project, by=vic, text="The ferry leaves twice.")
    photo = FileStorage(io.BytesIO(make.image(7)), filename="ferry.png")
    kept = pictures.keep([photo])
    make.feedback(world.project, by=cleo, text="The sun covers the last line.", pictures=kept)
    make.feedback(world.project, by=cleo, text="The sun again.").merge_into(3, by=world.sam)
    attached = FileStorage(io.BytesIO(b"tides"), filename="tides.txt")
    about = Conversation(world.project)
    reply(about, by=world.sam, text="@Cleo, see feedback/2.", files=files.keep([attached]))
    make.feedback(Project.get(slug="otter"), by=world.otto, text="Otters are not beavers.")


def both_go_on(world):
    """What the client hears after the studio's own acts."""
    sam, cleo, vic = world.sam, world.cleo, world.vic
    for number in (1, 2):
        reply(world.feedback(number), by=sam, text="Which one is right?", is_question=True)
        reply(world.feedback(number), by=vic, text="The second.")
    kind = VerdictKind.INCLUDED_REVISION
    judged = world.feedback(2)
    make.verdict(judged, by=sam, kind=kind, scope_item=1)
    judged.resolve(by=sam, words="It leaves once.")
    CareAnswer.give(world.feedback(2), by=vic, is_good=False, why="It took long.")
    LineQuestion.get(number=1).reply(world.sign_off(2), by=sam, text="No ferry.")
    Pin.get(Pin.number == 1).address("Less blue.", by=sam)
    reply(Conversation(world.project), by=cleo, text="Thank you.")
    signed = world.sign_off(1)
    due = dt.date(2026, 4, 1)
    own = {"title": "A third", "taxes": [make.VAT], "terms": "", "terms_name": ""}
    make.estimate(world.project, by=sam, **own).send(by=sam, deciders=[cleo], due_on=due)
    assert Cancellation.last_about(signed) is not None


def both_go_further(world):
    """What either side does next, for the other one to see."""
    sam, cleo = world.sam, world.cleo
    reply(world.feedback(1), by=cleo, text="Still nobody.")
    make.feedback(world.project, by=cleo, text="The map is gone.").merge_into(1, by=sam)
    make.answer(world.sign_off(3), by=cleo)
    make.prototype(world.project, by=sam, title="A third").send(by=sam, deciders=[cleo])
