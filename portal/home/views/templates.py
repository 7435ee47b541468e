"""The templates of estimates: what there is, what is in it, its name, and whether it is offered."""

from flask import abort, flash, g, redirect, url_for

from portal.access.permissions import Permission
from portal.core.errors import DomainError
from portal.core.web import render
from portal.estimates.models import EstimateTemplate
from portal.home.forms import TemplateNameForm
from portal.home.views.room import bp


@bp.get("/studio/templates", allow=Permission.TEMPLATE_WRITE)
def templates():
    return render("home/templates.html", templates=EstimateTemplate.every())


@bp.get("/studio/templates/<int:number>", allow=Permission.TEMPLATE_WRITE)
def show_template(number):
    found = find(number)
    return page(found, TemplateNameForm(formdata=None, obj=found))


@bp.post("/studio/templates/<int:number>", allow=Permission.TEMPLATE_WRITE)
def update_template(number):
    found, form = find(number), TemplateNameForm()
    if not (form.validate_on_submit() and renamed(found, form)):
        return page(find(number), form), 422
    flash("Renamed.")
    return redirect(url_for("home.show_template", number=number), code=303)


@bp.post("/studio/templates/<int:number>/retirement", allow=Permission.TEMPLATE_WRITE)
def create_template_retirement(number):
    find(number).retire(by=g.user)
    flash("Retired. It is offered no more; the estimates it began stay as they are.")
    return redirect(url_for("home.templates"), code=303)


@bp.post("/studio/templates/<int:number>/restoration", allow=Permission.TEMPLATE_WRITE)
def create_template_restoration(number):
    find(number).restore(by=g.user)
    flash("Offered again.")
    return redirect(url_for("home.show_template", number=number), code=303)


def renamed(template, form):
    """Give it its new name; False, with the reason beside the name, if another has it."""
    try:
        template.rename(form.name.data, by=g.user)
    except DomainError as refused:
        form.name.errors = [refused.message]
        return False
    return True


def find(number):
    return EstimateTemplate.get_or_none(id=number) or abort(404)


def page(template, form):
    return render("home/template.html", kept=template, outline=template.outline, form=form)
