"""How the money of a project stands, for the pages that show it: signed, used, left, waiting."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from portal.budget import queries
from portal.budget.picture import picture
from portal.core import filters


@dataclass
class Standing:
    """Amounts are minor units of the project's currency, excluding tax."""

    project: Any
    baseline: Any
    statements: list[Any]  # The oldest first.
    waiting_minor: int  # What the open sign-offs would add, as sent.
    until_on: date | None = None  # A day that the picture should reach.

    @classmethod
    def of(cls, project, baseline, waiting_minor, until_on=None):
        return cls(project, baseline, queries.statements(project), waiting_minor, until_on)

    @property
    def last(self):
        """The statement that counts, or None."""
        return self.statements[-1] if self.statements else None

    @property
    def approved_minor(self):
        return self.baseline.total_minor

    @property
    def short_minor(self):
        """How much more than approved the last statement names; 0: what is approved will do."""
        named = (self.last.used_minor, self.last.forecast_minor or 0) if self.last else (0,)
        return max(0, max(named) - self.approved_minor)

    @cached_property
    def picture(self):
        """The picture of it, or None while nothing is signed."""
        args = self.project, self.baseline, self.waiting_minor, self.statements, self.until_on
        return picture(*args)

    @cached_property
    def strip(self):
        """The running total as rows of (label, note, value, kind)."""
        return [*self._signed(), *self._stated(), *self._waiting()]

    @cached_property
    def signatures(self):
        """The table behind the picture: (what, change, running total)."""
        rows, total = [], 0
        for one in self.baseline.amendments:
            total += one.amount_minor
            on = filters.instant_day(one.signed_at)
            what = f"{on}: {one.subject.capitalize()}"
            rows.append((what, self._change(one.amount_minor), self._brief(total)))
        return rows

    def _signed(self):
        signed = self.baseline.standing
        if signed:
            on = filters.instant_day(signed[0].signed_at)
            yield "Contract", on, self._brief(self.baseline.contract_minor), ""
        if len(signed) > 1:
            changes = self._change(self.baseline.changes_minor)
            yield "Changes", f"{len(signed) - 1} signed", changes, ""
        yield "Approved", "", self._brief(self.approved_minor), "sum"

    def _stated(self):
        if self.last is None:
            return
        left = self.approved_minor - self.last.used_minor
        note = f"on {filters.short_day(self.last.as_of_on)}"
        yield "Used", note, self._brief(self.last.used_minor), ""
        yield ("Left", "", self._brief(left), "") if left >= 0 else self._over(-left)
        if self.last.forecast_minor is not None:
            yield "Forecast", "for the whole", self._brief(self.last.forecast_minor), ""

    def _over(self, minor):
        return "Over", "what is signed", self._brief(minor), ""

    def _waiting(self):
        if self.waiting_minor:
            yield "Waiting", "", self._change(self.waiting_minor), ""

    def _brief(self, minor):
        return filters.brief(minor, self.project.currency)

    def _change(self, minor):
        return filters.signed(minor, self.project.currency)
