"""What is said beside the answer: questions at a line, replies, the wish for a new version."""

from dataclasses import dataclass

from flask import abort, flash, g, redirect, request, url_for

from portal.access.permissions import Permission
from portal.core.web import Room, render, wants_part
from portal.signoff import queries
from portal.signoff.forms.question import WordsForm
from portal.signoff.models import LineQuestion, VersionRequest
from portal.signoff.models.questions import newest_of
from portal.signoff.questions import Talk
from portal.signoff.standing import Standing

bp = Room("asides", __name__, url_prefix="/projects/<slug>")
WHOLE = "all"  # How a form calls the place that is no line.


@bp.get("/questions/<int:number>", allow=Permission.SIGN_OFF_READ)
def show_question(number):
    """Lead to where it stands now: the newest version, which may be after the one it was asked on."""
    question = LineQuestion.find(g.project, number) or abort(404)
    newest = newest_of(question.sign_off).number
    anchor = f"question-{number}"
    return redirect(url_for("signoff.show", number=newest, _anchor=anchor), code=303)


@bp.post("/sign-offs/<int:number>/questions", allow=Permission.QUESTION_ASK)
def create_question(number):
    sign_off, named = find(number), request.form.get("place", WHOLE)
    place = "" if named == WHOLE else named
    talk = talk_on(sign_off)
    form = WordsForm.at(f"ask-{named}", request.form, "Your question", "Write your question.")
    box = Box(talk, place, form, "Ask")
    if form.words.errors:
        return box.refused()
    LineQuestion.ask(sign_off, by=g.user, place=place, text=form.typed)
    return box.answered()


@bp.post("/sign-offs/<int:number>/replies", allow=Permission.MESSAGE_WRITE)
def create_reply(number):
    sign_off, named = find(number), request.form.get("question", type=int)
    talk = talk_on(sign_off)
    asked = next((one.question for one in talk.asked if one.question.number == named), None)
    asked or abort(404)
    place = asked.place if asked.place in talk.places else ""
    form = WordsForm.at(f"reply-{named}", request.form, "Reply", "Write something first.")
    box = Box(talk, place, form, "Reply", asked)
    if form.words.errors:
        return box.refused()
    asked.reply(sign_off, by=g.user, text=form.typed)
    return box.answered()


@bp.post("/sign-offs/<int:number>/version-requests", allow=Permission.VERSION_REQUEST)
def create_version_request(number):
    sign_off, problem = find(number), "Say in a sentence what should be different."
    form = WordsForm.at("words", request.form, "What should be different?", problem)
    if form.words.errors:
        words = {"title": "Ask for a new version", "button": "Ask for a new version"}
        return render("signoff/words.html", sign_off=sign_off, form=form, **words), 422
    VersionRequest.make(sign_off, by=g.user, text=form.typed)
    flash("The studio has been told. You get a mail when the new version is there.")
    return redirect(sign_off.path, code=303)


@bp.get("/sign-offs/<int:number>/standing", allow=Permission.SIGN_OFF_READ)
def show_standing(number):
    """Nothing while the page counts as it was opened; then what became of it, and where to go on."""
    standing = Standing(find(number), g.membership.role)
    if request.headers.get("HX-PTag") == standing.tag:
        return "", 304
    return render(
        "signoff/_standing_news.html", standing=standing, sign_off=standing.sign_off, is_news=True
    )


@dataclass
class Box:
    """One box of the page, and how it answers: its place for htmx, a page for everyone else."""

    talk: Talk
    place: str
    form: WordsForm
    button: str
    question: LineQuestion | None = None

    def refused(self):
        """Return the box with what was typed and the sentence beside it."""
        if wants_part():
            return self._part(self.talk, refused=self), 422
        about = self.talk.title(self.place)
        words = {"title": f"{self.button}: {about}", "button": self.button}
        hidden = {"question": self.question.number} if self.question else {"place": self.at}
        context = {"sign_off": self.talk.sign_off, "form": self.form, "hidden": hidden}
        return render("signoff/words.html", **context, **words), 422

    def answered(self):
        if wants_part():
            return self._part(talk_on(self.talk.sign_off), refused=None)
        query = request.query_string.decode()  # The choices that the page was read with.
        path = f"{self.talk.sign_off.path}{'?' if query else ''}{query}"
        return redirect(f"{path}#talk-{self.at}", code=303)

    @property
    def at(self):
        return self.place or WHOLE

    def _part(self, talk, refused):
        return render("signoff/_talk.html", talk=talk, place=self.place, refused=refused)


def talk_on(sign_off):
    return Talk(sign_off, g.user, g.membership.role, queries.addressees_of(sign_off))


def find(number):
    return queries.sign_off_in(g.project, number) or abort(404)
