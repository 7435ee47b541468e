"""What a funding request says of the money: used, forecast, and what is short. Pure."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Funding:
    """Amounts in minor units, excluding tax, as the client is charged them, on one day."""

    approved_minor: int  # Signed so far.
    used_minor: int  # Worked off of it.
    forecast_minor: int  # What the whole will come to if nothing changes.
    as_of_on: date

    @classmethod
    def read(cls, facts):
        """Return what a snapshot tells, or None if it is no funding request."""
        if facts is None:
            return None
        names = ("approved", "used", "forecast")
        amounts = {f"{name}_minor": facts[name]["minor"] for name in names}
        return cls(**amounts, as_of_on=date.fromisoformat(facts["as_of"]))

    def facts(self, currency):
        """Return it in the canonical values of a snapshot."""
        amounts = {
            "approved": self.approved_minor,
            "used": self.used_minor,
            "forecast": self.forecast_minor,
            "shortfall": self.shortfall_minor,
        }
        said = {name: {"minor": minor, "currency": currency} for name, minor in amounts.items()}
        return {**said, "as_of": self.as_of_on.isoformat()}

    @property
    def shortfall_minor(self):
        """What is missing of the forecast."""
        return self.forecast_minor - self.approved_minor

    @property
    def used_bp(self):
        """The part of the forecast that is used, in basis points, for the picture."""
        return self._share(self.used_minor)

    @property
    def approved_bp(self):
        """The part of the forecast that is signed, in basis points."""
        return self._share(self.approved_minor)

    def _share(self, minor):
        return min(10_000, minor * 10_000 // max(1, self.forecast_minor))
