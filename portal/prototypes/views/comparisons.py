"""Two versions of a prototype, compared."""

from flask import abort, redirect, request, url_for

from portal.access.permissions import Permission
from portal.core.web import render
from portal.prototypes.comparing.page import Compared
from portal.prototypes.models import Comparison
from portal.prototypes.views.room import bp, seen

PAGE = "prototypes/comparison.html"
VERSION = "/<int:number>/versions/<int:version>"


@bp.get(f"{VERSION}/comparison", allow=Permission.PROTOTYPE_READ)
def show_comparison(number, version):
    compared = compare(number, version, request.args)
    if compared is None:  # There is no other version yet.
        return redirect(url_for("prototypes.show", number=number, version=version), code=303)
    if compared.after.version != version:
        return redirect(compared.url(), code=303)
    return render(PAGE, "changes", "found", compared=compared)


@bp.post(f"{VERSION}/comparisons", allow=Permission.PROTOTYPE_PIN)
def create_comparisons(number, version):
    compared = compare(number, version, request.form) or abort(404)
    Comparison.ask(compared.before, compared.after)
    return redirect(compared.url(), code=303)


def compare(number, version, asked):
    """Return what the page shows: the version in the address and the one asked for, older first.

    That is the one before, unless another is asked for. None if there is no other.
    """
    choices = seen(number)
    others = {one.version: one for one in choices}
    found = others.pop(version, None) or abort(404)
    usual = max([one for one in others if one < version] or others, default=None)
    other = asked.get("with", usual, type=int)
    if other is None:
        return None
    before, after = sorted((found, others.get(other) or abort(404)), key=by_version)
    numbers = {name: asked.get(name, type=int) for name in ("was", "mix", "zoom")}
    at, mode = asked.get("screen", type=int), asked.get("as")
    return Compared(before, after, choices, at=at, mode=mode, **numbers)


def by_version(one):
    return one.version
