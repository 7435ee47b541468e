"""In whose seat a person answers, and whether their yes alone is enough there."""

from dataclasses import dataclass

from portal.access.models import User
from portal.core import db
from portal.signoff.models import Addressee, Authority, Mandate, Rule
from portal.signoff.models.authority import next_who_covers


@dataclass(frozen=True)
class Reach:
    """One person before one offer. Amounts in minor units."""

    seat: Addressee
    acting_for: User | None  # Who is away and holds the seat; None: it is their own.
    authority: Authority | None  # Of the seat; None: whoever holds it decides here no more.
    is_within: bool  # Whether the mandate of the seat covers the offer.
    is_shared: bool  # Whether somebody else's yes covers it, and is needed as well.
    who_can: User | None  # Whom to ask where the mandate does not cover it.
    is_asked: bool  # Whether that person is asked already.
    commits_minor: int

    @property
    def may_approve(self):
        return self.is_within or self.is_shared

    def columns(self, *, is_yes):
        """Return what a decision keeps of it."""
        return {
            "seat": self.seat,
            "acting_for": self.acting_for,
            "commits_minor": self.commits_minor if is_yes and self.is_within else 0,
            "is_within_mandate": self.is_within,
        }

    def facts(self, *, is_yes):
        """Return what the ledger and the receipt say of it, without names."""
        commits_minor = self.columns(is_yes=is_yes)["commits_minor"]
        mandate = self.authority.facts(commits_minor) if self.authority and is_yes else None
        return {
            "mandate": mandate and mandate | {"covers": self.is_within},
            "acting_for": self.acting_for and self.acting_for.identity,
        }


def reach_of(sign_off, by, offer):
    """Return the reach of a person who holds a seat, or stands in for whoever does."""
    seat = sign_off.seat_of(by)
    authorities = Authority.on(sign_off.project)
    kind, commits_minor = sign_off.kind, offer.commits_minor

    def covers(user_id):
        return user_id in authorities and authorities[user_id].covers(kind, commits_minor)

    is_within = covers(seat.user_id)
    others = [one for one in sign_off.open_seats if one.id != seat.id and covers(one.user_id)]
    has_yes = any(made.is_yes and made.is_within_mandate for made in sign_off.decisions)
    who_can = others[0].user if others else None
    if not is_within and who_can is None:
        out = {by.id, seat.user_id}
        who_can = next_who_covers(authorities, kind, commits_minor, leave_out=out)
    return Reach(
        seat=seat,
        acting_for=seat.user if seat.user_id != by.id else None,
        authority=authorities.get(seat.user_id),
        is_within=is_within,
        is_shared=sign_off.rule != Rule.ANY and (has_yes or bool(others)),
        who_can=who_can,
        is_asked=bool(others),
        commits_minor=commits_minor,
    )


def others_on(sign_off):
    """Return who may decide on the project and is not asked to yet."""
    asked = {one.user_id for one in sign_off.seats}
    found = Authority.on(sign_off.project).values()
    return [one.user for one in found if one.user.id not in asked]


def hold(sign_off, by):
    """Lock the mandate of the seat, to whose sum others add, and then the sign-off."""
    for mandate in Mandate.of(sign_off.project, sign_off.seat_of(by).user)[:1]:
        db.lock(mandate)
    db.lock(sign_off)
