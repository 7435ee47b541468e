"""The page of one receipt, and its record as JSON."""

from dataclasses import dataclass
from functools import cached_property

from flask import Response, abort, g

from portal.access.models import Membership, User
from portal.access.permissions import SIGNED_IN, Permission
from portal.core.web import Room, render
from portal.mail.models import Letter
from portal.signoff.models import Decision, Receipt, Seal
from portal.signoff.notices import DID
from portal.signoff.page import STATES

bp = Room("receipts", __name__)


@bp.get("/receipts/<public_id>", allow=SIGNED_IN)
def receipt(public_id):
    page = find(public_id)
    rows = {"receipt": page.receipt, "decision": page.decision, "sign_off": page.sign_off}
    return render("signoff/receipt.html", "seal", page=page, **rows)


@bp.get("/receipts/<public_id>/record.json", allow=SIGNED_IN)
def receipt_record(public_id):
    found = find(public_id).receipt
    name = found.name.replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="receipt-{name}.json"'}
    return Response(found.record, mimetype="application/json", headers=headers)


@dataclass
class ReceiptPage:
    """One decision and what came of it, for one reader."""

    receipt: Receipt
    reader: User
    is_studio: bool

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

    @property
    def did(self):
        return DID[self.decision.answer]

    @property
    def state(self):
        return STATES[self.decision.answer]

    @property
    def is_mine(self):
        return self.decision.user_id == self.reader.id

    @property
    def may_see_device(self):
        return self.is_mine or self.is_studio

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
        ended = self.sign_off.status == "approved"
        return self.sign_off.subject.last_words(self.offer) if ended else []


def find(public_id):
    """Return the page of a receipt, for a member of its project; anyone else gets the 404."""
    receipt = Receipt.get_or_none(public_id=public_id) or abort(404)
    membership = Membership.of(g.user, receipt.project.slug)
    if membership is None or not membership.role.may(Permission.SIGN_OFF_READ):
        abort(404)
    return ReceiptPage(receipt, g.user, membership.role.is_studio)
