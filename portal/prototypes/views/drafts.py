"""Adding a prototype and its versions, what a draft shows, and sending it."""

from flask import flash, g, redirect, render_template, request, url_for

from portal.access.once import once
from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.core.web import render
from portal.prototypes import queries, shelf
from portal.prototypes.forms.orders import MoveForm, PickForm, ShiftForm
from portal.prototypes.forms.pins import (
    FilesForm,
    LinkForm,
    NewForm,
    ScreenForm,
    SendForm,
    VersionForm,
    VersionsForm,
)
from portal.prototypes.models import Prototype
from portal.prototypes.views.room import bp, find, kept, seen

PAGE = "prototypes/draft.html"


@bp.get("", allow=Permission.PROTOTYPE_READ)
def index():
    found = queries.index(g.project, drafts=g.membership.role.is_studio)
    return render_template("prototypes/index.html", project=g.project, prototypes=found)


@bp.get("/new", allow=Permission.PROTOTYPE_WRITE)
def new():
    return new_page(NewForm())


@bp.post("", allow=Permission.PROTOTYPE_WRITE)
@once
def create():
    form = NewForm()
    if not form.validate_on_submit():
        return new_page(form), 422
    draft = Prototype.add(g.project, by=g.user, title=form.title.data, note=form.note.data or "")
    return redirect(draft.path, code=303)


@bp.post("/<int:number>/versions", allow=Permission.PROTOTYPE_WRITE)
@once
def create_version(number):
    form = VersionsForm()
    prototype = seen(number)[0].prototype
    draft = prototype.add_version(by=g.user, keeps_screens=bool(form.keep.data))
    return redirect(draft.path, code=303)


@bp.post("/<int:number>/versions/<int:version>", allow=Permission.PROTOTYPE_WRITE)
def update(number, version):
    draft, form = find(number, version), VersionForm()
    if not form.validate_on_submit():
        return draft_page(draft, wording=form), 422
    draft.describe(title=form.title.data, note=form.note.data or "")
    flash("Saved.")
    return redirect(draft.path, code=303)


@bp.post("/<int:number>/versions/<int:version>/sources", allow=Permission.PROTOTYPE_WRITE)
def create_sources(number, version):
    draft, form = find(number, version), FilesForm()
    if not (form.validate_on_submit() and (files := kept(form))):
        return draft_page(draft, upload=form), 422
    draft.add_sources(files, by=g.user)
    return redirect(f"{draft.path}#screens", code=303)


@bp.post(
    "/<int:number>/versions/<int:version>/sources/<key>/removal", allow=Permission.PROTOTYPE_WRITE
)
def create_source_removal(number, version, key):
    draft = find(number, version)
    draft.drop_source(key)
    return redirect(f"{draft.path}#screens", code=303)


@bp.post("/<int:number>/versions/<int:version>/links", allow=Permission.PROTOTYPE_WRITE)
@once
def create_link(number, version):
    draft, form = find(number, version), LinkForm()
    if not form.validate_on_submit():
        return draft_page(draft, linking=form), 422
    draft.add_link(form.name.data, form.address.data)
    return redirect(f"{draft.path}#screens", code=303)


@bp.post(
    "/<int:number>/versions/<int:version>/screens/<int:screen>", allow=Permission.PROTOTYPE_WRITE
)
def update_screen(number, version, screen):
    draft, form = find(number, version), ScreenForm()
    if form.validate_on_submit() and renamed(draft, screen, form):
        return redirect(f"{draft.path}#screen-{screen}", code=303)
    return draft_page(draft, naming=(screen, form)), 422


@bp.post(
    "/<int:number>/versions/<int:version>/screens/<int:screen>/position",
    allow=Permission.PROTOTYPE_WRITE,
)
def create_position(number, version, screen):
    draft, form = find(number, version), ShiftForm()
    if form.validate_on_submit():
        draft.shift_screen(screen, form.places.data)
    return redirect(f"{draft.path}#screen-{screen}", code=303)


@bp.post("/<int:number>/versions/<int:version>/screens/order", allow=Permission.PROTOTYPE_WRITE)
def create_order(number, version):
    draft, form = find(number, version), MoveForm()
    if form.validate_on_submit():
        draft.move_screens(form.ids, form.before.data)
    return redirect(f"{draft.path}#screens", code=303)


@bp.post("/<int:number>/versions/<int:version>/screens/removal", allow=Permission.PROTOTYPE_WRITE)
def create_screens_removal(number, version):
    draft, form = find(number, version), PickForm()
    if form.validate_on_submit():
        draft.drop_screens(form.ids)
    return redirect(f"{draft.path}#screens", code=303)


@bp.post("/<int:number>/versions/<int:version>/sign-off", allow=Permission.PROTOTYPE_SEND)
def create_sign_off(number, version):
    draft, form = find(number, version), SendForm.on(g.project, request.form)
    if not (form.validate() and sent(draft, form)):
        return draft_page(draft, sending=form), 422
    flash(f"Sent. Version {version} is sealed, and whoever is asked gets a letter.")
    return redirect(draft.path, code=303)


def new_page(form):
    return render_template("prototypes/new.html", project=g.project, form=form)


def draft_page(draft, *, wording=None, naming=(None, None), sending=None, **forms):
    """Return the page on which the studio puts a version together, or the part asked for."""
    usual = {"upload": FilesForm(formdata=None), "linking": LinkForm(formdata=None)}
    words = wording or VersionForm(formdata=None, title=draft.title, note=draft.note)
    return render(
        PAGE,
        "screens",
        draft=draft,
        shelf=shelf.of(queries.screens(draft)),
        sources=queries.sources(draft),
        versions=draft.prototype.history,
        wording=words,
        naming=naming,
        sending=sending or SendForm.on(g.project),
        preview=url_for("signoff.show_preview", kind=draft.KIND, number=draft.number),
        **usual | forms,
    )


def renamed(draft, screen, form):
    """Rename a screen; False, with the reason beside the name, if that cannot be."""
    try:
        draft.rename_screen(screen, form.name.data)
    except DomainError as refused:
        form.name.errors = [refused.message]
        return False
    return True


def sent(draft, form):
    """Send the draft; False, with the reason beside the people, if something is missing."""
    try:
        draft.send(by=g.user, **form.facts())
    except DomainError as refused:
        if refused.status != DomainError.status:
            raise
        form.deciders.errors = [refused.message]
        return False
    return True
