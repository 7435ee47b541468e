"""What the people page of a project says of those who decide: how much, and who stands in."""

from portal.access.permissions import Role
from portal.core import dates, money
from portal.projects.beside import Remark, beside
from portal.signoff.models import Authority, StandIn
from portal.signoff.subject import SUBJECTS


@beside
def authority(project):
    """Yield one line for each person who decides, and one for each stand-in."""
    members = Authority.on(project)
    for one in members.values():
        path = f"/projects/{project.slug}/people/{one.member}/mandate"
        yield Remark(one.user.id, words(one), "Mandate and stand-in", path)
    for found in StandIn.to_come(project):
        days = f"{_day(found.from_on)} until {_day(found.until_on)}"
        yield Remark(found.absent_id, f"{found.person.name} answers from {days}")


def words(one):
    """Return how far a person's yes reaches: "Decides up to 2,000 EUR at once, …"."""
    if one.role == Role.SPONSOR:
        return "Decides anything"
    if one.mandate_id is None:
        return "Decides without a limit"
    said = ["Decides"]
    if one.kinds:
        said.append("about " + ", ".join(f"{SUBJECTS[kind].NOUN}s" for kind in one.kinds))
    limits = []
    if one.decision_limit_minor is not None:
        limits.append(f"up to {_sum(one.decision_limit_minor, one)} at once")
    if one.project_limit_minor is not None:
        used = f"{_sum(one.spent_minor, one)} used"
        limits.append(f"up to {_sum(one.project_limit_minor, one)} in all ({used})")
    return " ".join([*said, ", ".join(limits) or "without a limit"])


def _sum(minor, one):
    return f"{money.show(minor, one.currency, brief=True)} {one.currency}"


def _day(on):
    return dates.day(on)
