"""The page of one receipt, and its record as JSON."""

from dataclasses import dataclass
from functools import cached_property

from flask import Response, abort, flash, g, redirect

from portal.access.models import Membership, User
from portal.access.permissions import SIGNED_IN, Permission
from portal.core import clock, money
from portal.core.web import Room, render
from portal.mail.models import Letter
from portal.signoff import files, marks, notices, questions
from portal.signoff.asked import STATES
from portal.signoff.forms import ButtonForm, ObjectionForm
from portal.signoff.models import Answer, Decision, Objection, Receipt, Seal, SignOffStatus
from portal.signoff.subject import SUBJECTS

bp = Room("receipts", __name__)

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


@bp.get("/receipts/<public_id>", allow=SIGNED_IN)
def receipt(public_id):
    return shown(find(public_id))


@bp.get("/receipts/<public_id>/record.json", allow=SIGNED_IN)
def receipt_record(public_id):
    found = find(public_id).receipt
    name = found.name.replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="receipt-{name}.json"'}
    return Response(found.record, mimetype="application/json", headers=headers)


@bp.post("/receipts/<public_id>/objection", allow=SIGNED_IN)
def create_objection(public_id):
    page, form = find(public_id), ObjectionForm()
    if not form.validate_on_submit():
        return shown(page, form), 422
    Objection.raise_against(page.decision, by=g.user, reason=form.reason.data)
    flash("Your objection is recorded, and both sides have been told.")
    return redirect(page.receipt.path, code=303)


@bp.post("/receipts/<public_id>/objection/withdrawal", allow=SIGNED_IN)
def create_objection_withdrawal(public_id):
    page = find(public_id)
    ButtonForm().validate_on_submit() or abort(400)
    objection = page.objection or abort(404)
    objection.withdraw(by=g.user)
    flash("Your objection is taken back. Both sides have been told.")
    return redirect(page.receipt.path, code=303)


def shown(page, objecting=None):
    rows = {"receipt": page.receipt, "decision": page.decision, "sign_off": page.sign_off}
    form = objecting or ObjectionForm(formdata=None)
    return render("signoff/receipt.html", "seal", page=page, objecting=form, **rows)


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
        return said[:1].upper() + said[1:]

    @property
    def did(self):
        is_yes = self.decision.is_yes
        return notices.DID[Answer.APPROVE if is_yes else self.decision.answer]

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


def find(public_id):
    """Return the page of a receipt, for a member of its project; anyone else gets the 404.

    Whoever gave the answer reads it while they can object, even if they were taken off since.
    """
    receipt = Receipt.get_or_none(public_id=public_id) or abort(404)
    membership = Membership.of(g.user, receipt.project.slug)
    if membership is None:
        page = ReceiptPage(receipt, g.user, is_studio=False)
        return page if page.is_mine and page.object_until else abort(404)
    role = membership.role
    role.may(Permission.SIGN_OFF_READ) or abort(404)
    may_run = role.may(Permission.SIGN_OFF_RUN)
    return ReceiptPage(receipt, g.user, is_studio=role.is_studio, may_run=may_run)
