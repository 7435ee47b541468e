"""Whether a page is still the one that counts: what became of its version, and what replaced it."""

from functools import cached_property

from portal.access.permissions import Permission
from portal.core.read import Read
from portal.signoff import refusals
from portal.signoff.models.questions import RENEWABLE

_NEWEST = Read(
    """select s.number, s.version, s.status, r.text as wish, r.requested_at, r.user_id, u.name as wisher
       from sign_off s left join version_request r on r.sign_off_id = s.id
       left join "user" u on u.id = r.user_id
       where s.project_id = :project and s.kind = :kind and s.subject_number = :number
       order by s.version desc limit 1"""
)


class Standing:
    """One sent version beside the newest of its kind. One query, besides what has ended it."""

    def __init__(self, sign_off, role, is_copied=False):
        self.sign_off, self.role, self.is_copied = sign_off, role, is_copied

    @cached_property
    def newest(self):
        """The newest sent version: `number`, `version`, and the wish for one after it."""
        about = self.sign_off
        return _NEWEST.one(project=about.project_id, kind=about.kind, number=about.subject_number)

    @property
    def tag(self):
        """Changes when the page of this version is no longer what it was."""
        return f"{self.sign_off.status}-{self.newest.version}"

    @property
    def is_replaced(self):
        return self.newest.version > self.sign_off.version

    @property
    def is_current(self):
        """True while it can be answered, and nothing newer was sent."""
        return self.sign_off.is_open and not self.is_replaced

    @property
    def newest_path(self):
        return f"/projects/{self.sign_off.project.slug}/sign-offs/{self.newest.number}"

    @property
    def words(self):
        """What became of it, as a sentence."""
        return refusals.closed_words(self.sign_off)

    @cached_property
    def receipt(self):
        """The receipt of the answer that ended it, or None."""
        made = max(self.sign_off.decisions, key=lambda one: one.id, default=None)
        return made and made.receipts.get()

    @property
    def has_request(self):
        """True while a new version was asked for and none was sent."""
        return self.newest.wish is not None and not self.is_replaced

    @property
    def may_request(self):
        return (
            self.role.may(Permission.VERSION_REQUEST)
            and not self.is_copied
            and not self.is_replaced
            and not self.has_request
            and self.sign_off.status in RENEWABLE
            and self.sign_off.project.closed_at is None
        )


def sent_before(draft):
    """Return the newest sent version of the thing, with the wish for one after it; or None."""
    if draft.version == 1:
        return None
    return _NEWEST.one(project=draft.project.id, kind=draft.KIND, number=draft.number)


def subject_path(sign_off):
    """Return where the studio goes on with the thing: /projects/tidelines/estimates/3"""
    return f"/projects/{sign_off.project.slug}/{sign_off.kind}s/{sign_off.subject_number}"
