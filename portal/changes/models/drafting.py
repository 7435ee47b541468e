"""What can be done to a version of a change request while it is a draft, and how the next begins."""

from portal.changes.models.parts import (
    ALTERNATIVES_MOST,
    IMPACTS_MOST,
    Alternative,
    Impact,
    alone,
    last_number,
)
from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.signoff import consequences

SENT = "A sent change request cannot change. Make a new version."
WORDS = ("title", "summary", "why", "silence", "valid_until_on")
MONEY = ("used_minor", "forecast_minor", "as_of_on")  # Of a funding request.


class StaleDraft(Conflict):
    """Somebody else saved the draft after it was opened."""


class Drafting:
    """Mixed into the model of a version."""

    def write(self, impacts, *, by, edits, launch_on=None, **words):
        """Save a draft that offers no choice: `write_alternatives` with only one."""
        return self.write_alternatives([alone(impacts, launch_on)], by=by, edits=edits, **words)

    def write_alternatives(self, alternatives, *, by, edits, **words):
        """Save the draft as it was typed by someone who had opened it after so many `edits`.

        `alternatives` are dicts of Alternative's columns with their `impacts`, dicts of Impact's
        columns, `item` being a scope item's number; an alternative without a number is a new one.
        Returns the draft. Raises Conflict if it is none any more, StaleDraft if it was saved since
        `edits`, DomainError if there are too many.
        """
        check_few(alternatives)
        cls = type(self)
        with self.project.change() as project:
            now = cls.get_by_id(self.id)
            if not consequences.may_edit(self.KIND, "wording", now.status):
                raise Conflict(SENT)
            if now.edits != edits:
                other = now.edited_by or now.created_by
                raise StaleDraft(f"{other.name} saved this draft after you opened it.")
            stamp = {"edits": edits + 1, "edited_by": by, "edited_at": clock.now()}
            cls.update(**words, **stamp).where(cls.id == self.id).execute()
            self.replace_alternatives(alternatives)
            project.revise(is_internal=True)
        return cls.draft(project, self.number)

    def begin_next(self, *, by):
        """Make the next version, with the same words and rows. Call it inside `change()`."""
        words = {name: getattr(self, name) for name in (*WORDS, *MONEY)}
        version = type(self).create(
            change=self.change, version=self.version + 1, created_by=by, **words
        )
        version.replace_alternatives([one.columns() for one in self.alternatives])
        return version

    def replace_alternatives(self, alternatives):
        """Replace the alternatives. Each keeps its number; a new one gets one nobody has read."""
        last, taken = last_number(self.change), set()
        Alternative.delete().where(Alternative.version == self).execute()
        ways = alternatives or [alone([])]
        chosen = next((one for one in ways if one.get("is_recommended")), ways[0])
        items = {item.number: item for item in self.project.scope_items}
        for position, one in enumerate(ways):
            number = one.get("number")
            if number not in range(1, last + 1) or number in taken:
                number = max({last, *taken}) + 1
            taken.add(number)
            facts = {"number": number, "position": position, "is_recommended": one is chosen}
            way = Alternative.create(**{**_own(one), **facts}, version=self)
            for place, row in enumerate(one.get("impacts", ())):
                item = items.get(row["item"])
                Impact.create(**{**row, "alternative": way, "item": item, "position": place})


def check_few(alternatives):
    """Raise DomainError for more alternatives or rows than one request may have."""
    if len(alternatives) > ALTERNATIVES_MOST:
        raise DomainError(f"A change request has {ALTERNATIVES_MOST} alternatives at most.")
    if sum(len(one.get("impacts", ())) for one in alternatives) > IMPACTS_MOST:
        raise DomainError(f"A change request has {IMPACTS_MOST} rows at most.")


def _own(alternative):
    """Return its columns without its rows."""
    return {name: value for name, value in alternative.items() if name != "impacts"}
