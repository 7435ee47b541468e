"""What may happen to a draft, each in one transaction that nobody else is in."""

from contextlib import contextmanager

from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.estimates.models.arranging import (
    Arranging,
    arrange,
    arrange_sections,
    choose_packages,
    write,
)
from portal.estimates.models.lines import LINES_MOST, SECTIONS_MOST, Line, Section
from portal.estimates.models.removing import Removing, removal
from portal.estimates.models.taking import Taking
from portal.signoff import consequences

FINAL = "An approved estimate is final. Only a change request moves it, or a new estimate adds."
SENT = "A sent estimate cannot change. Make a new version."


class StaleDraft(Conflict):
    """Somebody else saved the draft after it was opened."""


class Drafting(Arranging, Removing, Taking):
    """Mixed into EstimateVersion. `edits` counts the saves: a copy that missed one is refused."""

    def save_draft(self, *, by, edits, values):
        """Write what a person typed. `values` holds fields of the version, and under `sections`
        and `lines` those of its sections by id and of its lines by number; others stay as they are.
        A line that now names another role, and no other rate, takes that of the rate card.

        Returns the numbers of the lines that did. Raises StaleDraft if it was saved since `edits`,
        Conflict if it is no draft any more.
        """
        values = dict(values)
        sections, lines = values.pop("sections", {}), values.pop("lines", {})
        with self._edit(by, edits):
            write(self, values)
            parts = self.parts()
            taken = self._rates_of([line for _, its in parts for line in its], lines)
            chosen = {section.id for section, _ in parts if section.is_chosen_by_default}
            for section, its_lines in parts:
                write(section, sections.get(section.id, {}))
                for line in its_lines:
                    write(line, lines.get(line.number, {}) | taken.get(line.number, {}))
            choose_packages([section for section, _ in parts], chosen)
        return taken.keys()

    def add_section(self, *, by, title=""):
        """Add a section at the end, with a blank line in it."""
        with self._edit(by):
            section = self._new_section(title)
            if not title:
                self._new_line(section)
        return section

    def duplicate_section(self, section_id, *, by):
        """Put a copy of a section with its lines right below it. Returns its first line."""
        with self._edit(by):
            section = self._section(section_id)
            copy = self._new_section(section.title)
            write(copy, {"choice": section.choice})
            made = [self._copy(line, copy) for line in section.lines_in_order()]
            order = [one for one in self._sections() if one != copy]
            order.insert(order.index(section) + 1, copy)
            arrange_sections(order)
        return made[0] if made else None

    def add_line(self, section_id=None, *, by, **fields):
        """Add a line at the end of a section (default: the last one) and return it."""
        with self._edit(by):
            section = self._section(section_id) if section_id else self._sections()[-1]
            return self._new_line(section, **fields)

    def duplicate_line(self, number, *, by):
        """Put a copy of a line, with a number of its own, right below it."""
        with self._edit(by):
            line = self._line(number)
            copy = self._copy(line, line.section)
            order = line.section.lines_in_order()
            order.remove(copy)
            order.insert(order.index(line) + 1, copy)
            arrange(line.section, order)
        return copy

    def add_rows(self, rows, *, by, section_id=None, after=None):
        """Make lines of Rows: below the line with the number `after`, in its place if that is
        blank; else at the end of a section (default: the last one). A row that names a section
        goes there, and makes it if there is none of that name. Returns the first line.
        """
        with self._edit(by):
            at = self._line(after) if after else None
            home = at.section if at else self._section(section_id) if section_id else None
            home = home or self._sections()[-1]
            named = {one.title.casefold(): one for one in self._sections()}
            made = []
            for row in rows:
                title = row.section.casefold()
                if title and title not in named:
                    named[title] = self._new_section(row.section)
                made.append(
                    self._new_line(named.get(title, home) if title else home, **row.fields())
                )
            if at:
                self._gather_below(at, [line for line in made if line.section == home])
            write(self, {"removed": removal(added=[line.number for line in made])})
        return made[0] if made else None

    def _gather_below(self, at, made):
        order = [one for one in at.section.lines_in_order() if one not in made]
        place = order.index(at) + 1
        order[place:place] = made
        if at.is_blank:
            order.remove(at)
            at.delete_instance()
        arrange(at.section, order)

    @contextmanager
    def _edit(self, by, edits=None):
        """Hold the draft for one change that started from its save number `edits`."""
        cls, was = type(self), self.edits if edits is None else edits
        now = {"edits": was + 1, "edited_by": by, "edited_at": clock.now()}
        with self.project.change() as project:
            editable = consequences.editable(cls.KIND, "wording")
            is_draft = (cls.id == self.id) & cls.status.in_(editable)
            if not cls.update(now).where(is_draft, cls.edits == was).execute():
                raise self._not_as_it_was()
            yield
            project.revise(is_internal=True)
        for name, value in now.items():
            setattr(self, name, value)
        self._dirty.difference_update(now)  # The row already has them.

    def _not_as_it_was(self):
        now = type(self).get_by_id(self.id)
        if not now.is_draft:
            return Conflict(FINAL if now.estimate.is_final else SENT)
        return StaleDraft(f"{now.edited_by.name} saved this draft after you opened it.")

    def _new_section(self, title):
        last = self._sections()[-1:]
        if self.sections.count() >= SECTIONS_MOST:
            raise DomainError(f"An estimate has at most {SECTIONS_MOST} sections.")
        position = last[0].position + 1 if last else 1
        number = self._free(self.estimate.next_section_number(), "sections")
        return Section.create(version=self, number=number, position=position, title=title)

    def _new_line(self, section, **fields):
        self._check_room()
        order = section.lines_in_order()
        position = order[-1].position + 1 if order else 1
        return Line.create(section=section, number=self._free_line(), position=position, **fields)

    def _copy(self, line, section):
        self._check_room()
        return line.copy_to(section, number=self._free_line())

    def _free_line(self):
        return self._free(self.estimate.next_line_number(), "lines")

    def _free(self, number, kind):
        """Return a number that also nothing has which may be put back."""
        kept = [one["number"] for one in self.removed[kind]] if self.removed else []
        return max([number, *(one + 1 for one in kept)])

    def _check_room(self):
        if Line.select().join(Section).where(Section.version == self).count() >= LINES_MOST:
            raise DomainError(f"An estimate has at most {LINES_MOST} lines.")
