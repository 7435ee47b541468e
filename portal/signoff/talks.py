"""The thread on what is signed in versions: the studio's own until the first of them is sent."""

from portal.core.read import Read
from portal.signoff.models import Ask, SignOff
from portal.threads.topic import Discussed, topic

KINDS: dict[str, str] = {}  # Of what is talked about, by the kind that its sign-offs have.
_ASKED = Read(
    """select a.user_id from addressee a join sign_off s on s.id = a.sign_off_id
       where s.project_id = :project and s.kind = :kind and s.subject_number = :number
         and a.ask <> :copy and s.version =
             (select max(o.version) from sign_off o where o.project_id = s.project_id
              and o.kind = s.kind and o.subject_number = s.subject_number)"""
)


class Sent(Discussed):
    """Mixed into what has versions that are sent. While all are drafts, no client learns of it.

    A model says by `drafted_title()` what the studio calls it until then.
    """

    SIGNED_AS = ""  # The kind of its sign-offs.

    def latest_sign_off(self):
        """Return the sign-off of the newest version that was sent, or None."""
        about = {"kind": self.SIGNED_AS, "subject_number": self.number}
        sent = SignOff.select().where(SignOff.project == self.project_id).filter(**about)
        return sent.order_by(SignOff.version.desc()).first()

    @property
    def is_shared(self):
        return self.latest_sign_off() is not None

    @property
    def title(self):
        """What it is called, as it was sent last; to the studio alone, before, as it is drafted."""
        sent = self.latest_sign_off()
        return sent.title if sent else self.drafted_title()

    def starters(self):
        """Whoever was asked about the newest version hears what is said of it."""
        about = {"kind": self.SIGNED_AS, "number": self.number, "copy": Ask.COPY}
        return {row.user_id for row in _ASKED.all(project=self.project_id, **about)}


def discussed(cls):
    """Let both sides talk about this kind of thing, from the day the client knows of it."""
    KINDS[cls.SIGNED_AS] = cls.KIND
    return topic(cls)
