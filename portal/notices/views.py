"""What happened on a project, for whoever is on it; and how often one hears of it by mail."""

from flask import abort, flash, g, redirect, request, url_for

from portal.access.models import Membership
from portal.access.permissions import ANYONE, SIGNED_IN, Permission
from portal.core.web import Room, render
from portal.mail.bounces import Bounce
from portal.mail.models import Letter
from portal.notices import feed, queries, ways_out
from portal.notices.forms import RhythmForm
from portal.notices.models import Rhythm
from portal.notices.urgent import ALWAYS

bp = Room("notices", __name__)

ONE_CLICK = "List-Unsubscribe"  # What a mail program posts, with the value One-Click.


@bp.get("/projects/<slug>/activity", allow=Permission.ACTIVITY_READ)
def activity():
    entries = feed.pages(g.project, g.user, before())
    return render(
        "notices/activity.html", project=g.project, days=feed.by_day(entries), page=entries
    )


@bp.get("/account/letters", allow=SIGNED_IN)
def rhythm():
    return page(RhythmForm.of(g.user, queries.places_of(g.user)))


@bp.post("/account/letters", allow=SIGNED_IN)
def update_rhythm():
    form = RhythmForm.of(g.user, queries.places_of(g.user))
    if not form.validate_on_submit():
        return page(form), 422
    Rhythm.choose(g.user, **form.facts())
    flash("Saved.")
    return redirect(url_for("notices.rhythm"), code=303)


@bp.get("/letters/<token>", allow=ANYONE)
def stop(token):
    return stop_page(find_stop(token), token)


@bp.post("/letters/<token>", allow=ANYONE)
def create_stop(token):
    """Whoever holds the letter may: its signed address stands for its reader.

    A mail program gets the page at once: RFC 8058, 3.1, has it follow no redirect.
    """
    found = find_stop(token)
    if found is None:
        return stop_page(None, token)
    if request.form.get("again"):
        found.start_again()
    else:
        found.stop()
    if ONE_CLICK in request.form:
        return stop_page(found, token)
    return redirect(url_for("notices.stop", token=token), code=303)


@bp.get("/projects/<slug>/people/<int:number>/address", allow=Permission.MEMBER_WRITE)
def address(number):
    person = find_member(number).user
    bounce = Bounce.of(person.email)
    held = queries.held_for(person.email)
    return render("notices/address.html", person=person, number=number, bounce=bounce, held=held)


@bp.post("/projects/<slug>/people/<int:number>/address", allow=Permission.MEMBER_WRITE)
def create_trial(number):
    person = find_member(number).user
    Letter.try_again(person.email)
    flash(f"Letters to {person.name} are on their way again.")
    return redirect(url_for("projects.people"), code=303)


def find_member(number):
    return Membership.get_or_none(id=number, project=g.project) or abort(404)


def find_stop(token):
    return ways_out.read(token)


def page(form):
    return render("notices/letters.html", form=form, always=ALWAYS)


def stop_page(found, token):
    """Return the page with the button; a wrong or old link says so, and that is all it says."""
    if found is None:
        return render("notices/stop_over.html"), 404
    return render("notices/stop.html", stop=found, token=token, always=ALWAYS)


def before():
    """Return the key that the address asks to go on from. A mistyped one leads nowhere."""
    text = request.args.get("before", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 19):
        abort(404)
    return int(text) if text else None
