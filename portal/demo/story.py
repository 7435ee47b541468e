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


def load(settings):
    """Tell the story once. Returns True, or False if it is there already.

    Raises DomainError on an address that others can reach and where other people are known,
    Conflict if an earlier load was cut off. It takes some seconds and no network.
    """
    if not settings.is_loopback:
        raise DomainError(NOT_HERE)
    if not is_empty():
        return _was_told()
    calendar = Calendar(clock.now(), people.STUDIO["zone"])
    tell(Stage(calendar))
    send_letters()
    people.give_passwords()
    return True


def tell(stage):
    """Act every scene at its moment."""
    scenes = [scene for chapter in CHAPTERS for scene in chapter.scenes]
    for scene in sorted(scenes, key=lambda scene: scene.at(stage.calendar)):
        with clock.at(scene.at(stage.calendar)):
            scene.act(stage)


def _was_told():
    found = [User.by_email(email) for email in people.ACCOUNTS]
    if not any(found):
        raise DomainError(OTHERS)
    if not all(found) or not all(person.password_hash for person in found):
        raise Conflict(CUT_OFF)
    return False
