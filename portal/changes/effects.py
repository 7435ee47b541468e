"""What a change request does to the scope, item by item. Pure: drafts and snapshots both use it."""

from dataclasses import dataclass

from portal.core import canonical, money
from portal.scope.models import Action


@dataclass(frozen=True, slots=True)
class Was:
    """An item as it stood before the change."""

    title: str
    detail: str
    price_minor: int
    edited_by: int  # The amendment that had last touched it.


@dataclass(frozen=True, slots=True)
class Effect:
    """One item added, changed or removed. `quantity_thousandths` is None for a fixed price."""

    action: Action
    section: str
    title: str
    detail: str
    price_minor: int | None  # What it adds to the sum, negative when it gives back; None: not said.
    item: int | None = None  # The item's number; None for a new one.
    was: Was | None = None
    quantity_thousandths: int | None = None
    unit: str = ""
    rate_minor: int | None = None

    @classmethod
    def of(cls, impact, item):
        """Return what a draft's impact comes to, beside `item` as the baseline has it, or None.

        A change without a price costs nothing; a removal without one gives back the whole price.
        """
        price, effort = impact.priced_minor, impact.effort
        if impact.action == Action.ADDED or item is None:
            words = (impact.section, impact.title, impact.detail)
            return cls(impact.action, *words, price, **effort)
        usual = -item.price_minor if impact.action == Action.REMOVED else 0
        return cls(
            action=impact.action,
            section=item.section,
            title=_either(impact.title, item.title),
            detail=_either(impact.detail, item.detail),
            price_minor=price if impact.is_by_rate else _either(price, usual),
            item=item.number,
            was=Was(item.title, item.detail, item.price_minor, item.edited_by),
            **effort,
        )

    @classmethod
    def read(cls, facts):
        """Return the effect that a snapshot tells of."""
        was, rate = facts["was"], facts["rate"]
        return cls(
            action=Action(facts["action"]),
            section=facts["section"],
            title=facts["title"],
            detail=facts["detail"],
            price_minor=facts["price"]["minor"],
            item=facts["item"],
            was=was and Was(was["title"], was["detail"], was["price"]["minor"], was["edited_by"]),
            quantity_thousandths=facts["quantity_thousandths"],
            unit=facts["unit"],
            rate_minor=rate and rate["minor"],
        )

    def facts(self, currency):
        """Return the effect in the canonical values of a snapshot."""

        def amount(minor):
            return {"minor": minor, "currency": currency}

        return {
            "action": str(self.action),
            "section": self.section,
            "title": self.title,
            "detail": self.detail,
            "quantity_thousandths": self.quantity_thousandths,
            "unit": self.unit,
            "rate": None if self.rate_minor is None else amount(self.rate_minor),
            "price": amount(self.price_minor),
            "item": self.item,
            "was": self.was
            and {
                "title": self.was.title,
                "detail": self.was.detail,
                "price": amount(self.was.price_minor),
                "edited_by": self.was.edited_by,
            },
        }

    @property
    def key(self):
        """What makes it the same row in two versions: the item, or a new one's title."""
        return self.item or self.title.casefold()

    @property
    def place(self):
        """What a question at it is filed under, in every version that has it."""
        return f"item-{self.item}" if self.item else f"new-{canonical.sha256(self.key)[:8]}"

    @property
    def is_by_rate(self):
        return None not in (self.quantity_thousandths, self.rate_minor)

    @property
    def unit_word(self):
        """h, day, days: the unit beside this quantity."""
        is_plural = self.unit != "h" and abs(self.quantity_thousandths) != 1000
        return f"{self.unit}s" if is_plural else self.unit

    def effort(self, currency):
        """Return quantity × rate in words, "8 h × 95"; empty for a fixed price."""
        if not self.is_by_rate:
            return ""
        rate = money.show(self.rate_minor, currency, brief=True)
        quantity = money.show_thousandths(self.quantity_thousandths)
        return f"{quantity} {self.unit_word} × {rate}".replace("-", money.MINUS)

    @property
    def is_renamed(self):
        return self.was is not None and self.was.title != self.title

    @property
    def is_reworded(self):
        return self.was is not None and self.was.detail != self.detail

    @property
    def becomes_minor(self):
        """The item's price once it is signed."""
        return (self.was.price_minor if self.was else 0) + (self.price_minor or 0)

    @property
    def missing(self):
        """What has to be filled in before it can be sent, as a sentence; empty when complete."""
        if self.action == Action.ADDED and not self.title:
            return "Say what is added."
        if self.action != Action.ADDED and self.was is None:
            return f"Choose the item that is {self.action}."
        if self.price_minor is None:
            return f"Say what “{self.title}” costs."
        if self.action == Action.REMOVED and self.price_minor > max(0, -self.was.price_minor):
            return f"Removing “{self.was.title}” cannot cost more. Write a minus before the price."
        return ""


def total_minor(effects):
    """Return what effects add to the project's sum, in minor units."""
    return sum(effect.price_minor or 0 for effect in effects)


def _either(value, otherwise):
    return otherwise if value in (None, "") else value
