"""Documents to download, and the page on which anyone can check one."""

import datetime as dt
import io
import shutil

from flask import Response, abort, current_app, g, request, send_file

from portal.access.models import Attempt
from portal.access.models.attempts import network_of
from portal.access.permissions import ANYONE, SIGNED_IN, Permission
from portal.core.errors import DomainError
from portal.core.web import Room, render
from portal.documents import checking, printing, receipts, sent
from portal.documents.forms import CheckForm
from portal.documents.models import SealKey
from portal.signoff import queries
from portal.signoff.previews import preview
from portal.signoff.receipts import found
from portal.signoff.subject import SUBJECTS
from portal.storage import store
from portal.storage.limits import PDF

bp = Room("documents", __name__)
FORM_BYTES = 64 * 1024  # The token beside the file.
CHECKS, CHECKS_WITHIN = 30, dt.timedelta(minutes=10)  # From one network; each costs a second.


class NotSealed(DomainError):
    """The PDF is promised and not there yet."""

    status = 503


@bp.url_value_preprocessor
def take_a_file(endpoint, _values):
    """Let this route take more than a form; before the check of the token reads it."""
    if endpoint == "documents.create_check":
        request.max_content_length = checking.MAX_BYTES + FORM_BYTES


@bp.get("/receipts/<public_id>/pdf", allow=SIGNED_IN)
def receipt_pdf(public_id):
    page = found(public_id, g.user, g.viewing) or abort(404)
    seal = page.seal
    if seal is None or not seal.is_made:
        raise NotSealed(
            "The PDF is being sealed. The answer counts already; come back in a minute."
        )
    return download(seal.pdf.open(), receipts.file_name(page.receipt))


@bp.get("/projects/<slug>/sign-offs/<int:number>/pdf", allow=Permission.SIGN_OFF_READ)
def sign_off_pdf(number):
    sign_off = queries.sign_off_in(g.project, number) or abort(404)
    address = current_app.extensions["settings"].base_url + sign_off.path
    pdf = printing.print_(sent.paper_of(sign_off, address=address), logo=sent.logo())
    return download(io.BytesIO(pdf), sent.file_name(sign_off))


@bp.get("/projects/<slug>/previews/<kind>/<int:number>/pdf", allow=Permission.SIGN_OFF_RUN)
def preview_pdf(kind, number):
    subject_class = SUBJECTS.get(kind) or abort(404)
    subject = subject_class.draft(g.project, number) or abort(404)
    subject.check_ready()
    sign_off = preview(subject, g.user)
    pdf = printing.print_(sent.paper_of(sign_off, is_draft=True), logo=sent.logo())
    return download(io.BytesIO(pdf), f"draft-{sent.file_name(sign_off)}")


@bp.get("/verify", allow=ANYONE)
def verify():
    return render("documents/verify.html", form=CheckForm(formdata=None), **about())


@bp.post("/verify", allow=ANYONE)
def create_check():
    form, finding = CheckForm(), None
    if form.validate_on_submit():
        Attempt.count(
            f"verify:{network_of(request.remote_addr)}",
            CHECKS,
            CHECKS_WITHIN,
            "Those were many files.",
        )
        finding = check(form)
    page = render("documents/verify.html", form=form, **about(finding))
    return page, 200 if finding else 422


@bp.get("/verify/seal.pem", allow=ANYONE)
def certificates():
    """Every certificate that receipts were ever sealed with, and who issued it: ourselves."""
    keys = SealKey.select().order_by(SealKey.id.desc())
    return Response("".join(key.bundle for key in keys), mimetype="application/x-pem-file")


def check(form):
    """Return what can be said of the file, or None with the reason beside the field."""
    try:
        with store().scratch() as folder:
            path = folder / "file"
            with path.open("wb") as file:
                shutil.copyfileobj(form.file.data.stream, file)
            return checking.check(path)
    except DomainError as wrong:
        form.file.errors = [wrong.message]
        return None


def about(finding=None):
    return {"finding": finding, "keys": list(SealKey.select().order_by(SealKey.id.desc()))}


def download(file, name):
    answer = send_file(file, mimetype=PDF, as_attachment=True, download_name=name)
    answer.headers.remove("Cache-Control")  # `freshness` knows what may be kept.
    return answer
