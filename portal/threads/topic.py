"""What a room must say about a thing before people can talk about it.

A room registers a class with `@topic`. This room knows no other by name.
"""

from portal.access.permissions import Permission
from portal.projects.models import Project

TOPICS: dict[str, type["Topic"]] = {}


class Topic:
    """Mixed into a model that has `project` and `number` (counted per project)."""

    KIND = ""  # As the ledger names its class: "feedback".
    NOUN = ""  # "feedback", "prototype": as a reader says it.
    PLACE = ""  # "feedback", "prototypes": the word in its address.
    READ = Permission.MESSAGE_READ  # What else a member needs to read its thread.
    is_record = False  # True where what was said is part of what is signed: it stays as it is.
    is_shared = True  # False while the client knows nothing of it: then only notes are written.

    @classmethod
    def find(cls, project, number):
        """Return the one of that number in the project, or None."""
        found = cls.get_or_none(project=project, number=number)
        if found is not None:
            found.project = project
        return found

    @classmethod
    def label_of(cls, number):
        """feedback 3"""
        return f"{cls.NOUN} {number}"

    @property
    def label(self):
        return self.label_of(self.number)

    @classmethod
    def path_of(cls, slug, number):
        """Return where both sides read the thread."""
        return f"/projects/{slug}/{cls.PLACE}/{number}"

    @property
    def path(self):
        return self.path_of(self.project.slug, self.number)

    @property
    def own_path(self):
        """Where the thing itself is read."""
        return self.path

    @property
    def studio_path(self):
        """Where the studio answers it."""
        return self.path

    @classmethod
    def homes(cls, _project, _numbers):
        """Return what each of these is a part of, by its number: a label, and where it is read.

        What is a part of nothing is not in it.
        """
        return {}

    def starters(self):
        """Return the ids of the client's people who began it: they hear every reply."""
        return set()

    def assigned(self):
        """Return the ids of the studio's people who have it in hand: they hear every note."""
        return set()

    def replied(self, message):
        """Called inside the transaction of a message."""


class Discussed(Topic):
    """A topic whose own page is about other things: its thread has a page beside that."""

    @classmethod
    def path_of(cls, slug, number):
        return f"/projects/{slug}/threads/{cls.KIND}/{number}"

    @property
    def own_path(self):
        return f"/projects/{self.project.slug}/{self.PLACE}/{self.number}"


def topic(cls: type[Topic]) -> type[Topic]:
    """Let people talk about this kind of thing."""
    TOPICS[cls.KIND] = cls
    return cls


def of(event):
    """Return the thing that a fact of a thread is about."""
    cls = TOPICS[event.subject_kind]
    return cls.find(Project.get_by_id(event.project_id), event.subject_number)
