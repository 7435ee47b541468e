"""How a reader gets fewer letters: the page of their choice, and a link that stops them."""

from dataclasses import dataclass

from portal.access.models import Membership, User
from portal.core import tokens
from portal.mail import message
from portal.mail.models import Letter
from portal.notices.models import ProjectPace, Rhythm
from portal.notices.pacing import Pace
from portal.projects.models import Project

RHYTHM_PATH = "/account/letters"
PURPOSE = "stop letters"
NO_FOOT = {"address-changed", "address-code", "code", "invitation"}  # Whoever gets these is not in.
STOP_DAYS = 365  # Somebody who tidies up old mail finds a link that still works.
DAY_SECONDS = 24 * 60 * 60
ALL = "all your projects"
EVERYTHING = 0  # In place of a project's number.


@dataclass(frozen=True)
class Stop:
    """Whose letters a link stops, about one project or, where there is none, about all."""

    user: User
    project: Project | None

    @property
    def about(self):
        return self.project.name if self.project else ALL

    @property
    def is_stopped(self):
        if self.project is None:
            return Rhythm.of(self.user).pace == Pace.NEVER
        held = ProjectPace.get_or_none(user=self.user, project=self.project)
        return held is not None and held.pace == Pace.NEVER

    def stop(self):
        self._put(Pace.NEVER, Pace.NEVER)

    def start_again(self):
        self._put(None, Pace.AT_ONCE)

    def _put(self, of_project, of_all):
        if self.project:
            ProjectPace.choose(self.user.id, self.project.id, of_project)
        else:
            Rhythm.put_all(self.user.id, of_all)


@message.ways_out
def of(letter):
    """Return what the foot of a letter offers, or None: codes and invitations have none."""
    if letter.template in NO_FOOT:
        return None
    found = {"rhythm_path": RHYTHM_PATH, "stop_path": "", "project": ""}
    if letter.is_urgent:
        return found
    about = Project.get_by_id(letter.project_id).name if letter.project_id else ALL
    return found | {"stop_path": f"/letters/{token(letter)}", "project": about}


def token(letter: Letter):
    """Return a signed word that names the person, the project or all, and what it is for."""
    value = [letter.user_id, letter.project_id or EVERYTHING]
    return tokens.sign(message.settings().secret_key, PURPOSE, value)


def read(word):
    """Return the Stop that a token names; None if it is forged, too old, or for nobody who gets any."""
    seconds = STOP_DAYS * DAY_SECONDS
    value = tokens.read(message.settings().secret_key, PURPOSE, word, seconds)
    if value is None:
        return None
    user, project = User.get_or_none(id=value[0]), Project.get_or_none(id=value[1])
    if user is None or user.disabled_at:
        return None
    if project is None:
        return Stop(user, None) if value[1] == EVERYTHING else None
    is_on_it = Membership.get_or_none(user=user, project=project) is not None
    return Stop(user, project) if is_on_it else None
