"""What a draft takes over from the studio: rates, terms, and the hours that are expected."""

from portal.core.errors import Conflict
from portal.estimates import outlook
from portal.estimates.models.arranging import write
from portal.studio.rates import Rate, today
from portal.studio.terms import Terms


class Taking:
    """Mixed into EstimateVersion, each of its verbs one change."""

    def take_rate(self, number, *, by):
        """Give a line the rate that its role has on the rate card today."""
        with self._edit(by):
            line = self._line(number)
            rate = self.rate_card().get(line.role.casefold())
            if rate is None:
                raise Conflict("That role has no rate on the card any more.")
            write(line, {"rate_minor": rate.hour_minor})
        return line

    def take_expected(self, number, *, by):
        """Make the expected effort of a line its quantity."""
        with self._edit(by):
            line = self._line(number)
            expected = outlook.expected_thousandths(line)
            if expected is None:
                raise Conflict("Say low, likely and high first.")
            write(line, {"quantity_thousandths": expected})
        return line

    def take_terms(self, terms_id, *, by):
        """Put a version of the studio's terms in the place of what the draft says."""
        terms = Terms.get_or_none(id=terms_id)
        if terms is None:
            raise Conflict("Those terms are not there any more.")
        with self._edit(by):
            write(self, {"terms": terms.text, "terms_name": terms.label})

    def rate_card(self):
        """Return what an hour of each role costs today, by the role in small letters."""
        return Rate.all_on(self.project.currency, today())

    def _rates_of(self, lines, typed):
        """Return {number: columns} for each line that was given another role than it had."""
        wanting = [one for one in lines if wants_rate(one, typed.get(one.number, {}))]
        card = self.rate_card() if wanting else {}
        found = {one.number: card.get(typed[one.number]["role"].casefold()) for one in wanting}
        return {number: {"rate_minor": one.hour_minor} for number, one in found.items() if one}


def wants_rate(line, typed):
    """True for a line by the hour that now names another role, and no other rate than it had."""
    role, rate = typed.get("role"), typed.get("rate_minor", line.rate_minor)
    is_hourly = typed.get("unit", line.unit) == "h" and "rate_minor" in typed
    return bool(role) and role != line.role and is_hourly and rate in (None, line.rate_minor)
