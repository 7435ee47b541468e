"""The conversation on a project itself: for what is about none of its things."""

from portal.threads.topic import Topic, topic


@topic
class Conversation(Topic):
    """Every project has one. It has no row of its own, so it is there from the beginning."""

    KIND = "conversation"
    NOUN = "the project"

    number = 1

    def __init__(self, project):
        self._project = project

    @classmethod
    def find(cls, project, number):
        return cls(project) if number == cls.number else None

    @classmethod
    def label_of(cls, _number):
        return cls.NOUN

    @classmethod
    def path_of(cls, slug, _number):
        return f"/projects/{slug}/conversation"

    @property
    def project(self):
        return self._project

    @property
    def project_id(self):
        return self.project.id

    @property
    def title(self):
        return self.project.name
