"""What the people page of a project says of those who decide: how much, and who stands in."""

from portal.access.permissions import Role
from portal.core import money
from portal.core.filters import short_day
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
        days = f"{short_day(found.from_on)} until {short_day(found.until_on)}"
        yield Remark(found.absent_id, f"{found.person.name} answers from {days}")


def words(one):
    """Return how far a person's yes reaches: "Decides up to 2,000 EUR at once, …"."""
    if one.role == Role.SPONSOR:
        return "Decides anything"
    if one.mandate_id is None:
        return "Decides without a limit"
    said = ["Decides"]
    if one.kinds:
        said = ["Decides about " + " and ".join(f"{SUBJECTS[kind].NOUN}s" for kind in one.kinds)]
    if one.decision_limit_minor is not None:
        said.append(f"up to {_sum(one.decision_limit_minor, one)} at once")
    if one.project_limit_minor is not None:
        used = money.show(one.spent_minor, one.currency, brief=True)
        said.append(f"up to {_sum(one.project_limit_minor, one)} in all ({used} used)")
    return ", ".join(said) if len(said) > 1 else f"{said[0]} without a limit"


def _sum(minor, one):
    return f"{money.show(minor, one.currency, brief=True)} {one.currency}"
