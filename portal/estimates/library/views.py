"""Where an estimate begins and what it goes out as: copies, imports, templates, exports."""

import io
from contextlib import closing

from flask import abort, flash, g, redirect, request, send_file, url_for

from portal.access.once import once
from portal.access.permissions import Permission
from portal.core.errors import Conflict, DomainError
from portal.core.web import Room, render
from portal.estimates.library import (
    commas,
    exporting,
    importing,
    keeping,
    origins,
    outline,
    reading,
    spreadsheet,
)
from portal.estimates.library.forms import TemplateForm, UploadForm, reading_of
from portal.estimates.library.said import said_of_copy, said_of_import
from portal.estimates.models import Estimate, EstimateImport, EstimateTemplate, EstimateVersion
from portal.signoff.models import SignOff

bp = Room("library", __name__, url_prefix="/projects/<slug>/estimates")
FORM_BYTES = 64 * 1024  # What stands beside the file.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.url_value_preprocessor
def take_a_file(endpoint, _values):
    """Let this route take more than a form; before the check of the token reads it."""
    if endpoint == "library.create_import":
        request.max_content_length = reading.MAX_BYTES + FORM_BYTES


@bp.get("/new", allow=Permission.ESTIMATE_WRITE)
def new():
    return beginnings(upload_form(formdata=None, into=request.args.get("into", "")))


@bp.post("/copies", allow=Permission.ESTIMATE_WRITE)
@once
def create_copy():
    found = origins.outline_of(request.form.get("source", ""), g.project, by=g.user)
    estimate = outline.begin(g.project, found.outline, by=g.user)
    flash(said_of_copy(found))
    return redirect(editor_url(estimate), code=303)


@bp.post("/imports", allow=Permission.ESTIMATE_WRITE)
def create_import():
    form = upload_form()
    kept = form.validate_on_submit() and keep(form)
    if not kept:
        return beginnings(form), 422
    return redirect(url_for("library.show_import", number=kept.number), code=303)


@bp.get("/imports/<int:number>", allow=Permission.ESTIMATE_WRITE)
def show_import(number):
    kept = find_import(number)
    if kept.is_done and kept.into:
        return redirect(editor_url(kept.into), code=303)
    how = reading_of(request.args, kept.has_decimal_comma)
    preview = importing.Preview(kept, how) if kept.is_there else None
    return render("library/import.html", kept=kept, preview=preview, columns=importing.COLUMNS)


@bp.post("/imports/<int:number>/lines", allow=Permission.ESTIMATE_WRITE)
def create_import_lines(number):
    kept = find_import(number)
    if not kept.is_there:
        raise Conflict("The rows of this file were imported already, or let go after a day.")
    preview = importing.Preview(kept, reading_of(request.form, kept.has_decimal_comma))
    estimate = importing.take_over(preview, by=g.user)
    flash(said_of_import(preview))
    return redirect(editor_url(estimate), code=303)


@bp.get("/<int:number>/versions/<int:version>/template", allow=Permission.TEMPLATE_WRITE)
def new_template(number, version):
    found = find_version(number, version)
    form = TemplateForm(formdata=None, has_notes=True, has_prices=True)
    return proposal(found, form)


@bp.post("/<int:number>/versions/<int:version>/templates", allow=Permission.TEMPLATE_WRITE)
@once
def create_template(number, version):
    found, form = find_version(number, version), TemplateForm()
    ticked = request.form.getlist("keep")
    made = form.validate_on_submit() and save_template(found, form, ticked)
    if not made:
        return proposal(found, form, ticked), 422
    flash(f"Saved. New estimates of any project can begin with {made.name}.")
    if g.user.may(Permission.TEMPLATE_WRITE):
        return redirect(url_for("home.show_template", number=made.id), code=303)
    return redirect(url_for("estimates.index"), code=303)


@bp.get("/<int:number>/versions/<int:version>/sheet.xlsx", allow=Permission.ESTIMATE_READ)
def sheet_xlsx(number, version):
    book = book_of(number, version)
    return download(spreadsheet.write(book), f"{book.file_name}.xlsx", XLSX)


@bp.get("/<int:number>/versions/<int:version>/sheet.csv", allow=Permission.ESTIMATE_READ)
def sheet_csv(number, version):
    book = book_of(number, version)
    return download(commas.write(book), f"{book.file_name}.csv", "text/csv; charset=utf-8")


def beginnings(form):
    return render(
        "library/new.html",
        form=form,
        templates=EstimateTemplate.offered(),
        earlier=origins.earlier(g.user, g.project),
    )


def upload_form(**options):
    drafts = [one for one in origins.drafts_in(g.project) if one.is_draft]
    return UploadForm.offering(drafts, **options)


def keep(form):
    """Keep the rows of the file; None, with the reason beside it, if that cannot be."""
    into = form.into.data and Estimate.get_or_none(project=g.project, number=int(form.into.data))
    try:
        with closing(form.file.data.stream) as stream:
            table = reading.read(stream)
    except DomainError as wrong:
        form.file.errors = [wrong.message]
        return None
    return EstimateImport.keep(
        g.project,
        by=g.user,
        rows=table.rows,
        file_name=(form.file.data.filename or "")[:200],
        has_decimal_comma=table.has_decimal_comma,
        into=into or None,
    )


def save_template(version, form, ticked):
    """Save what is ticked; None, with the reason beside the name, if that cannot be."""
    try:
        return keeping.save(version, form.choice(ticked), name=form.name.data, by=g.user)
    except DomainError as refused:
        form.name.errors = [refused.message]
        return None


def proposal(version, form, ticked=None):
    """Return the page that shows what a template would keep, and where it names the client."""
    whole = outline.of(version)
    texts = keeping.texts(whole, keeping.names_of(version.project))
    if ticked is None:
        ticked = [text.key for text in texts if not text.names]
    context = {"version": version, "texts": texts, "ticked": ticked, "outline": whole}
    return render("library/template.html", form=form, **context)


def book_of(number, version):
    """Return the Book of a version: of a sent one as it was sealed, of a draft for the studio."""
    found = find_version(number, version)
    about = {"project": g.project, "kind": found.KIND, "subject_number": number}
    sent = SignOff.get_or_none(version=version, **about)
    if sent:
        offer = found.offer(sent.shown, decided_options(sent))
        return exporting.book(sent.shown, offer.sheet, digest=sent.digest)
    if not g.membership.role.is_studio:
        abort(404)
    shown = found.snapshot()
    return exporting.book(shown, found.offer(shown, None).sheet, parts=found.parts())


def decided_options(sign_off):
    """Return the options of the yes to a sign-off, or None: as sent."""
    made = [one for one in sign_off.decisions if one.is_yes]
    return tuple(made[-1].options) if made else None


def find_version(number, version):
    found = [one for one in EstimateVersion.all_of(g.project, number) if one.version == version]
    return found[0] if found else abort(404)


def find_import(number):
    found = EstimateImport.get_or_none(project=g.project, number=number) or abort(404)
    found.project = g.project
    return found


def editor_url(estimate):
    return url_for("estimates.show", number=estimate.number)


def download(data, name, media_type):
    answer = send_file(io.BytesIO(data), media_type, as_attachment=True, download_name=name)
    answer.headers.remove("Cache-Control")  # `freshness` knows what may be kept.
    return answer
