"""What of the scope a prototype shows."""

from flask import flash, g, redirect, render_template

from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.prototypes.forms.items import ItemsForm
from portal.prototypes.views.room import bp, seen
from portal.scope import baseline


@bp.get("/<int:number>/items", allow=Permission.PROTOTYPE_WRITE)
def items(number):
    prototype = seen(number)[0].prototype
    linked = [part.number for part in prototype.parts()]
    return items_page(prototype, ItemsForm.of(offered(prototype), linked))


@bp.post("/<int:number>/items", allow=Permission.PROTOTYPE_WRITE)
def create_items(number):
    prototype = seen(number)[0].prototype
    form = ItemsForm.of(offered(prototype))
    if not form.validate_on_submit():
        raise DomainError("The scope has changed. Open the page again, and choose once more.")
    prototype.link_items(form.items.data or [], by=g.user)
    flash("Saved. Each item’s page leads here now, and this page to them.")
    return redirect(seen(number)[0].path, code=303)


def items_page(prototype, form):
    return render_template(
        "prototypes/items.html",
        project=g.project,
        prototype=prototype,
        newest=seen(prototype.number)[0],
        form=form,
        sections=by_section(offered(prototype)),
    )


def offered(prototype):
    """Return the items of the scope as it stands, and what is linked although it was removed."""
    linked = {part.number for part in prototype.parts()}
    return [
        item
        for item in baseline.of(prototype.project).items
        if not item.is_removed or item.number in linked
    ]


def by_section(items):
    found = {}
    for item in items:
        found.setdefault(item.section, []).append(item)
    return found
