"""What the page of one receipt shows one reader, gathered once."""

from dataclasses import dataclass
from functools import cached_property

from portal.access.models import Membership, User
from portal.access.permissions import Permission
from portal.core import clock, money
from portal.core.fields import capital
from portal.mail.models import Letter
from portal.signoff import files, marks, questions
from portal.signoff.asking.asked import STATES
from portal.signoff.models import Answer, Decision, Objection, Receipt, Seal, SignOffStatus
from portal.signoff.notices.answers import DID
from portal.signoff.subject import SUBJECTS

#: What happens after an answer that is no yes, or not the last one.
NEXT = {
    SignOffStatus.OPEN: ["The others who were asked answer next. Nothing takes effect before."],
    SignOffStatus.CHANGES_REQUESTED: [
        "The studio reads what should change.",
        "If it sends a new version, you get a letter, and see first what is different.",
    ],
    SignOffStatus.DECLINED: [
        "Nothing of it takes effect, and nobody is asked again about this version.",
        "The studio reads why. If it sends something else, you get a letter.",
    ],
}


@dataclass
class ReceiptPage:
    """One decision and what came of it, for one reader."""

    receipt: Receipt
    reader: User
    is_studio: bool
    may_run: bool = False

    @property
    def decision(self):
        return self.receipt.decision

    @cached_property
    def seal(self):
        """The promise of its sealed PDF, kept or not yet."""
        return Seal.of(self.receipt)

    @cached_property
    def sign_off(self):
        return self.decision.sign_off

    @cached_property
    def marks(self):
        """What became of the answer afterwards: disputed, cancelled."""
        return marks.of(self.sign_off)

    @property
    def objection(self):
        """The objection to this very answer, or None."""
        return self.marks.objections.get(self.decision.id)

    @property
    def is_disputed(self):
        return self.objection is not None and self.objection.stands and not self.marks.is_cancelled

    @property
    def may_object(self):
        """True if the answer is the reader's, and nothing was said against it yet."""
        return self.is_mine and self.objection is None and not self.marks.is_cancelled

    @property
    def object_until(self):
        """The last moment for that, or None once it has passed."""
        until = Objection.until(self.decision)
        return until if clock.now() <= until else None

    @cached_property
    def exchanges(self):
        """What was asked and said before the answer, as the record holds it."""
        return questions.at_signing(self.decision)

    @cached_property
    def files(self):
        return files.Shown(self.sign_off)

    @property
    def mandate(self):
        """What the mandate behind the answer allows, in words."""
        return mandate_words(self.receipt.facts["mandate"])

    @property
    def heading(self):
        """You approved The visitor site, with a note, for Gus Okafor"""
        who = "you" if self.is_mine else self.decision.user.name
        if self.decision.is_recorded:
            who = f"recorded for {who}:"
        note = ", with a note" if self.decision.answer == Answer.APPROVE_WITH_NOTES else ""
        absent = self.decision.acting_for
        behalf = f", for {absent.name}" if absent else ""
        said = f"{who} {self.did} {self.sign_off.title}{note}{behalf}"
        return capital(said)

    @property
    def did(self):
        is_yes = self.decision.is_yes
        return DID[Answer.APPROVE if is_yes else self.decision.answer]

    @property
    def state(self):
        return STATES[self.decision.answer]

    @property
    def is_mine(self):
        return self.decision.user_id == self.reader.id

    @property
    def may_see_device(self):
        """An address is for whoever was at it, and for the studio."""
        return self.is_studio or self.decision.actor == self.reader

    @cached_property
    def offer(self):
        return self.sign_off.offer(tuple(self.decision.options))

    @cached_property
    def signatures(self):
        """Everyone's yes so far, in order."""
        query = Decision.select(Decision, User).join(User)
        made = query.where(Decision.sign_off == self.sign_off).order_by(Decision.id)
        return [one for one in made if one.is_yes]

    @cached_property
    def told(self):
        """Whom the letters about this decision go to, and whether they have left."""
        letters = Letter.select().where(Letter.event_id == self.decision.event_id)
        return list(letters.order_by(Letter.id))

    @property
    def next_steps(self):
        """What happens now, a sentence each."""
        if self.marks.is_cancelled:
            return []
        if self.sign_off.status == SignOffStatus.APPROVED:
            return self.sign_off.subject.last_words(self.offer)
        return NEXT.get(self.sign_off.status, [])


def mandate_words(facts):
    """Return what a mandate allows: "Mandate 2: up to EUR 10,000 each, 24,000 of 50,000 used"."""
    said = [f"Mandate {facts['number']}"]
    if facts["kinds"]:
        said.append(" and ".join(SUBJECTS[kind].NOUN for kind in facts["kinds"]))
    if facts["decision_limit"]:
        said.append(f"up to {_money(facts['decision_limit'])} each")
    if facts["project_limit"]:
        said.append(f"{_money(facts['used'])} of {_money(facts['project_limit'])} used")
    return ", ".join(said)


def _money(amount):
    return f"{money.show(amount['minor'], amount['currency'], brief=True)} {amount['currency']}"


def found(public_id, reader, view=None):
    """Return the page of a receipt for a member of its project, or None.

    Whoever gave the answer reads it while they can object, even if they were taken off since.
    Within a `view` as client there are only those of its project.
    """
    receipt = Receipt.get_or_none(public_id=public_id)
    if receipt is None or (view and receipt.project_id != view.member.project_id):
        return None
    membership = Membership.of(reader, receipt.project.slug)
    if membership is None:
        page = ReceiptPage(receipt, reader, is_studio=False)
        return page if page.is_mine and page.object_until else None
    role = membership.role
    if not role.may(Permission.SIGN_OFF_READ):
        return None
    may_run = role.may(Permission.SIGN_OFF_RUN)
    return ReceiptPage(receipt, reader, is_studio=role.is_studio, may_run=may_run)
