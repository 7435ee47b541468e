"""How a reader gets fewer letters: the page of their choice, and a link that stops a project's."""

from dataclasses import dataclass

from portal.access.models import User
from portal.core import tokens
from portal.mail import message
from portal.mail.models import Letter
from portal.projects.models import Project

RHYTHM_PATH = "/account/letters"
PURPOSE = "stop letters"
NO_FOOT = {"address-changed", "address-code", "code", "invitation"}  # Whoever gets these is not in.
STOP_DAYS = 365  # Somebody who tidies up old mail finds a link that still works.
DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Stop:
    """Whose letters about which project a link stops."""

    user: User
    project: Project


@message.ways_out
def of(letter):
    """Return what the foot of a letter offers, or None: codes and invitations have none."""
    if letter.template in NO_FOOT:
        return None
    found = {"rhythm_path": RHYTHM_PATH, "stop_path": "", "project": ""}
    if letter.is_urgent or letter.project_id is None:
        return found
    project = Project.get_by_id(letter.project_id)
    return found | {"stop_path": f"/letters/{token(letter)}", "project": project.name}


def token(letter: Letter):
    """Return a signed word that names the person, the project, and that it is to stop letters."""
    value = [letter.user_id, letter.project_id]
    return tokens.sign(message.settings().secret_key, PURPOSE, value)


def read(word):
    """Return the Stop that a token names; None if it is forged, too old, or for nobody any more."""
    seconds = STOP_DAYS * DAY_SECONDS
    value = tokens.read(message.settings().secret_key, PURPOSE, word, seconds)
    if value is None:
        return None
    user, project = User.get_or_none(id=value[0]), Project.get_or_none(id=value[1])
    return Stop(user, project) if user and project else None
