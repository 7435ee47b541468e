"""Authority: what one person may decide on a project now, read from role, mandate and signatures."""

import json
from dataclasses import dataclass
from functools import cached_property

from portal.access.models import User
from portal.access.permissions import Role
from portal.core import money
from portal.core.errors import DomainError
from portal.core.read import Read

# What a person committed the client to, in their own seat or through a stand-in. A yes that led
# nowhere, or was undone by both sides, is not counted.
_DECIDERS = Read(
    """select u.*, m.role, m.id as member, a.id as mandate_id, a.number as mandate_number, a.kinds,
              a.decision_limit_minor, a.project_limit_minor, p.currency,
              (select cast(coalesce(sum(d.commits_minor), 0) as bigint) from decision d
               join sign_off s on s.id = d.sign_off_id
               where d.project_id = m.project_id and coalesce(d.acting_for_id, d.user_id) = u.id
                 and s.status in ('open', 'approved')) as spent_minor
       from membership m join "user" u on u.id = m.user_id join project p on p.id = m.project_id
       left join mandate a on a.id = (select max(b.id) from mandate b
                                      where b.project_id = m.project_id and b.user_id = u.id)
       where m.project_id = :project and m.role in ('approver', 'sponsor')
         and u.disabled_at is null
       order by m.id""",
    model=User,
)


class Uncovered(DomainError):
    """Nobody on the project may decide so much."""


@dataclass(frozen=True)
class Authority:
    """One person, and how far their yes reaches. Amounts in minor units; None: no limit."""

    user: User
    member: int  # The membership's number.
    role: Role
    currency: str
    mandate_id: int | None  # None: nobody limited them.
    mandate_number: int | None
    kinds: tuple[str, ...]  # Empty: every kind.
    decision_limit_minor: int | None
    project_limit_minor: int | None
    spent_minor: int

    @classmethod
    def on(cls, project):
        """Return the authority of everyone who may decide on a project, by the person's id."""
        return {row.id: cls.of(row) for row in _DECIDERS.all(project=project.id)}

    @classmethod
    def is_there_for(cls, project, kind, amount_minor):
        """Answer whether anybody on a project may say yes to so much alone."""
        return any(one.covers(kind, amount_minor) for one in cls.on(project).values())

    @classmethod
    def of(cls, row):
        is_limited = row.role == Role.APPROVER and row.mandate_id is not None
        return cls(
            user=row,
            member=row.member,
            role=Role(row.role),
            currency=row.currency,
            mandate_id=row.mandate_id if is_limited else None,
            mandate_number=row.mandate_number if is_limited else None,
            kinds=tuple(json.loads(row.kinds)) if is_limited else (),
            decision_limit_minor=row.decision_limit_minor if is_limited else None,
            project_limit_minor=row.project_limit_minor if is_limited else None,
            spent_minor=row.spent_minor,
        )

    @cached_property
    def limit_minor(self):
        """The most that a single yes may come to now, or None."""
        limits = []
        if self.decision_limit_minor is not None:
            limits.append(self.decision_limit_minor)
        if self.project_limit_minor is not None:
            limits.append(max(0, self.project_limit_minor - self.spent_minor))
        return min(limits, default=None)

    def covers(self, kind, amount_minor):
        """Answer whether a yes of this person alone is enough for that."""
        is_kind = not self.kinds or kind in self.kinds
        return is_kind and (self.limit_minor is None or amount_minor <= self.limit_minor)

    def refusal(self, kind, noun):
        """Return why it is more than this person may decide alone."""
        if self.kinds and kind not in self.kinds:
            return f"You may not decide about {noun}s alone."
        words = f"This is over what you may decide alone ({self._money(self.limit_minor)}"
        if self.limit_minor != self.decision_limit_minor:
            words += f" left of {self._money(self.project_limit_minor)}"
        return f"{words})."

    def facts(self, commits_minor):
        """Return what a receipt says of the mandate behind a yes, or None for one without limit."""
        if self.mandate_id is None:
            return None
        limits = {"decision": self.decision_limit_minor, "project": self.project_limit_minor}
        return {
            "number": self.mandate_number,
            "kinds": list(self.kinds),
            "used": self._amount(self.spent_minor + commits_minor),
            **{f"{name}_limit": self._amount(minor) for name, minor in limits.items()},
        }

    def _amount(self, minor):
        return None if minor is None else {"minor": minor, "currency": self.currency}

    def _money(self, minor):
        return f"{money.show(minor, self.currency, brief=True)} {self.currency}"


def next_who_covers(authorities, kind, amount_minor, *, leave_out):
    """Return the person with the smallest authority that is enough, or None.

    An approver with a limit comes before one without, and both before a sponsor.
    """
    fit = [
        one
        for one in authorities.values()
        if one.user.id not in leave_out and one.covers(kind, amount_minor)
    ]
    fit.sort(
        key=lambda one: (one.role == Role.SPONSOR, one.limit_minor is None, one.limit_minor or 0)
    )
    return fit[0].user if fit else None
