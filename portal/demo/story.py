"""The story as a whole: every chapter's scenes in the order of time, told once."""

from portal.access.models import User
from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.demo import people
from portal.demo.chapters import CHAPTERS
from portal.demo.post import send_letters
from portal.demo.stage import Calendar, Stage

NOT_HERE = (
    "The demo's accounts have a known password, so it is loaded only where PORTAL_BASE_URL is "
    "this machine itself, such as http://127.0.0.1:8000."
)
OTHERS = "People are known here already. Load the demo into an empty folder: set PORTAL_DATA."
CUT_OFF = "An earlier load of the demo was cut off. Empty the folder PORTAL_DATA, then load again."


def is_empty():
    """Answer whether nobody is known here yet, so that a demo would disturb nothing."""
    return not User.select().exists()


def load(settings, *, if_wanted=False):
    """Tell the story once. Returns True, or False if it is there already.

    Raises DomainError on an address that others can reach and where other people are known; with
    `if_wanted` these are left alone. Raises Conflict if an earlier load was cut off. It takes
    some seconds and no network.
    """
    reason = _unwanted(settings)
    if reason and not if_wanted:
        raise DomainError(reason)
    if reason or not is_empty():
        return False
    tell(Stage(Calendar(clock.now(), people.STUDIO["zone"])))
    people.give_passwords()
    return True


def tell(stage):
    """Act every scene at its moment, and let the letters leave between them."""
    scenes = [scene for chapter in CHAPTERS for scene in chapter.scenes]
    for scene in sorted(scenes, key=lambda scene: scene.at(stage.calendar)):
        moment = scene.at(stage.calendar)
        send_letters(moment)
        with clock.at(moment):
            scene.act(stage)
    send_letters(stage.calendar.now)


def _unwanted(settings):
    """Return why no demo belongs here, or nothing. Raises Conflict over half of one."""
    if not settings.is_loopback:
        return NOT_HERE
    found = [User.by_email(email) for email in people.ACCOUNTS]
    if not any(found):
        return "" if is_empty() else OTHERS
    if not all(person and person.password_hash for person in found):
        raise Conflict(CUT_OFF)
    return ""
