"""Care over HTTP: the figures, who hears of complaints, and the one question after a resolution."""

from flask import abort, flash, g, redirect, request, url_for

from portal.access.models import User
from portal.access.permissions import ANYONE, Permission
from portal.care import asking, queries
from portal.care.board import MONTHS, WAYS, Board, share
from portal.care.figures import hours_words
from portal.care.forms import AnswerForm, NamedForm
from portal.care.models import CHANGE, CareAnswer, is_asked
from portal.core.errors import Conflict
from portal.core.web import Room, render
from portal.feedback.models import Feedback
from portal.projects.models import Client
from portal.projects.promises import Promise

bp = Room("care", __name__)


@bp.get("/care", allow=Permission.CARE_READ)
def index():
    board = asked_board()
    if board.name is None:
        abort(404)
    return render(
        "care/index.html",
        board=board,
        complaints=queries.complaints(g.user),
        not_good=queries.not_good(g.user),
        named=queries.named(),
        ways=WAYS,
        months=MONTHS,
        share=share,
        hours_words=hours_words,
    )


@bp.get("/care/clients/<int:number>", allow=Permission.CLIENT_WRITE)
def named(number):
    promise = Promise.to(find_client(number))
    form = NamedForm(data={"person": promise.complaints_to_id or 0 if promise else 0})
    return named_page(number, form)


@bp.post("/care/clients/<int:number>", allow=Permission.CLIENT_WRITE)
def update_named(number):
    client, form = find_client(number), NamedForm()
    if not form.validate_on_submit():
        return named_page(number, form), 422
    person = User.get_by_id(form.person.data) if form.person.data else None
    Promise.name_for_complaints(client, person, by=g.user)
    flash("Saved.")
    return redirect(url_for("care.index"), code=303)


@bp.get("/care/answers/<token>", allow=ANYONE)
def answer(token):
    """Where a mail leads. It shows the question with its buttons, and does nothing."""
    found = asking.read(token)
    return answer_page(*found, is_link=True) if found else (render("care/over.html"), 404)


@bp.post("/care/answers/<token>", allow=ANYONE)
def create_answer(token):
    found = asking.read(token)
    if found is None:
        return render("care/over.html"), 404
    return answered(*found, url_for("care.answer", token=token), is_link=True)


@bp.get("/projects/<slug>/feedback/<int:number>/care", allow=Permission.FEEDBACK_ANSWER)
def show(number):
    return answer_page(find(number), g.user)


@bp.post("/projects/<slug>/feedback/<int:number>/care", allow=Permission.FEEDBACK_ANSWER)
def create(number):
    return answered(find(number), g.user, url_for("care.show", number=number))


def answered(item, person, url, *, is_link=False):
    """Keep the answer, and lead back to the page that shows it; or say what is wrong with it."""
    form, held = AnswerForm(), CareAnswer.of(item, person)
    if not form.validate_on_submit():
        return answer_page(item, person, form, is_link=is_link), 422
    facts = form.facts()
    if is_link and held and held.why:  # What nobody is shown behind a link, nobody changes there.
        facts["why"] = None
    try:
        CareAnswer.give(item, by=person, **facts)
    except Conflict as stale:
        return answer_page(item, person, refusal=stale.message, is_link=is_link), 409
    return redirect(url, code=303)


def answer_page(item, person, form=None, refusal="", *, is_link=False):
    """Return the page; behind a link it shows none of what was written: a mail can be forwarded."""
    held = CareAnswer.of(item, person)
    return render(
        "care/answer.html",
        item=item,
        person=person,
        held=held,
        is_asked=is_asked(item),
        is_open=held is None or held.can_be_changed,
        form=form or AnswerForm(formdata=None, why=held.why if held and not is_link else ""),
        refusal=refusal,
        is_link=is_link,
        question=asking.QUESTION,
        change=CHANGE,
    )


def asked_board():
    """Return the Board that the address asks for; a mistyped address leads nowhere."""
    way, of, start = request.args.get("by", "client"), asked_number("of"), asked_number("from")
    if way not in WAYS:
        abort(404)
    sees_all = g.user.may(Permission.STUDIO_WRITE)
    return Board(g.user, sees_all=sees_all, way=way, of=of, start=start or 0)


def asked_number(name):
    """Return a number that the address holds, or None if it holds none."""
    text = request.args.get(name, "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 10):
        abort(404)
    return int(text) if text else None


def named_page(number, form):
    return render("care/named.html", client=find_client(number), form=form)


def find_client(number):
    return Client.get_or_none(id=number) or abort(404)


def find(number):
    return Feedback.get_or_none(project=g.project, number=number) or abort(404)
