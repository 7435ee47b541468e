"""What a change request does to the scope, item by item. Pure: drafts and snapshots both use it."""

from dataclasses import dataclass

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
    """One item added, changed or removed."""

    action: Action
    section: str
    title: str
    detail: str
    price_minor: int | None  # What it adds to the sum, negative when it gives back; None: not said.
    item: int | None = None  # The item's number; None for a new one.
    was: Was | None = None

    @classmethod
    def of(cls, impact, item):
        """Return what a draft's impact comes to, beside `item` as the baseline has it, or None.

        A change without a price costs nothing; a removal without one gives back the whole price.
        """
        if impact.action == Action.ADDED or item is None:
            return cls(
                impact.action, impact.section, impact.title, impact.detail, impact.price_minor
            )
        usual = -item.price_minor if impact.action == Action.REMOVED else 0
        return cls(
            action=impact.action,
            section=item.section,
            title=_either(impact.title, item.title),
            detail=_either(impact.detail, item.detail),
            price_minor=_either(impact.price_minor, usual),
            item=item.number,
            was=Was(item.title, item.detail, item.price_minor, item.edited_by),
        )

    @classmethod
    def read(cls, facts):
        """Return the effect that a snapshot tells of."""
        was = facts["was"]
        return cls(
            action=Action(facts["action"]),
            section=facts["section"],
            title=facts["title"],
            detail=facts["detail"],
            price_minor=facts["price"]["minor"],
            item=facts["item"],
            was=was and Was(was["title"], was["detail"], was["price"]["minor"], was["edited_by"]),
        )

    def facts(self, currency):
        """Return the effect in the canonical values of a snapshot."""
        return {
            "action": str(self.action),
            "section": self.section,
            "title": self.title,
            "detail": self.detail,
            "price": {"minor": self.price_minor, "currency": currency},
            "item": self.item,
            "was": self.was
            and {
                "title": self.was.title,
                "detail": self.was.detail,
                "price": {"minor": self.was.price_minor, "currency": currency},
                "edited_by": self.was.edited_by,
            },
        }

    @property
    def key(self):
        """What makes it the same row in two versions: the item, or a new one's title."""
        return self.item or self.title.casefold()

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
        if self.action == Action.ADDED and self.price_minor is None:
            return f"Say what “{self.title}” costs."
        if self.action != Action.ADDED and self.was is None:
            return f"Choose the item that is {self.action}."
        if self.action == Action.REMOVED and self.price_minor > max(0, -self.was.price_minor):
            return f"Removing “{self.was.title}” cannot cost more. Write a minus before the price."
        return ""


def total_minor(effects):
    """Return what effects add to the project's sum, in minor units."""
    return sum(effect.price_minor or 0 for effect in effects)


def _either(value, otherwise):
    return otherwise if value in (None, "") else value
