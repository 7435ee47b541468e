"""People, what they are on a project, and how they get in."""

from portal.access.models.addresses import AddressChange
from portal.access.models.attempts import Attempt
from portal.access.models.entry import Code, Session
from portal.access.models.invitations import Invitation
from portal.access.models.people import Membership, User
from portal.access.models.postings import Posting

__all__ = [
    "AddressChange",
    "Attempt",
    "Code",
    "Invitation",
    "Membership",
    "Posting",
    "Session",
    "User",
]
