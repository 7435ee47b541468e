"""Receipts over HTTP: the page, the record, and the objection."""

from flask import Response, abort, flash, g, redirect

from portal.access.permissions import SIGNED_IN
from portal.core.web import Room, render
from portal.signoff import receipts
from portal.signoff.forms.answer import ButtonForm, ObjectionForm
from portal.signoff.models import Objection

bp = Room("receipts", __name__)


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


def find(public_id):
    """Return the page of a receipt this reader may see; anyone else gets the one 404."""
    return receipts.found(public_id, g.user, g.viewing) or abort(404)
