"""The one question after a resolution: where it stands on the page and in the mail."""

from urllib.parse import quote

from portal.access.models import User
from portal.care.models import CareAnswer, is_asked, may_answer
from portal.core import tokens
from portal.feedback.beside import Ask, beside
from portal.feedback.models import Feedback
from portal.mail import message
from portal.notices.registry import Aside, aside

QUESTION = "Was this handled well?"
PURPOSE = "care question"
LINK_DAYS = 90  # An inbox that somebody tidies up after a quarter.
DAY_SECONDS = 24 * 60 * 60


def sign(item, person):
    """Return a signed word that names one feedback and one person."""
    return tokens.sign(message.settings().secret_key, PURPOSE, [item.id, person.id])


def read(word):
    """Return (feedback, person) of a link, or None: forged, old, or not theirs to answer any more."""
    secret, seconds = message.settings().secret_key, LINK_DAYS * DAY_SECONDS
    value = tokens.read(secret, PURPOSE, word, seconds)
    if value is None:
        return None
    item, person = Feedback.get_or_none(id=value[0]), User.get_or_none(id=value[1])
    return (item, person) if item and person and may_answer(item, person) else None


@message.late("feedback-resolved")
def link(context):
    """Return where the mail leads to be answered; empty for whoever is not asked."""
    return {"care_path": path_for(context["letter"])}


@aside("feedback-resolved")
def beneath(letter):
    """Return the same for a digest that carries the letter, or None."""
    path = path_for(letter)
    return Aside(QUESTION, "Good, or not good", path) if path else None


def path_for(letter):
    """Return where the reader of a letter about a resolution answers, or nothing."""
    item = Feedback.find(letter.project_id, letter.subject_number)
    person = User.get_by_id(letter.user_id)
    is_theirs = is_asked(item) and may_answer(item, person)
    return f"/care/answers/{quote(sign(item, person))}" if is_theirs else ""


@beside
def ask(item, reader):
    """Return the question for the feedback's page, or None."""
    if reader.is_studio or not is_asked(item):
        return None
    answer = CareAnswer.of(item, reader)
    path = f"{item.path}/care"
    if answer is None:
        return Ask(QUESTION, path, (("good", "Good"), ("not_good", "Not good")))
    said = "You said: good." if answer.is_good else "You said: not good."
    more = "Say why, or change it" if answer.can_be_changed else ""
    return Ask(QUESTION, path, said=said, more=more)
