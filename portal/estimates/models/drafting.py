"""What may happen to a draft, each in one transaction that nobody else is in."""

from contextlib import contextmanager

from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.estimates.models.lines import LINES_MOST, SECTIONS_MOST, Line, Section
from portal.signoff.subject import SubjectStatus

FINAL = "An approved estimate is final. Only a change request moves it, or a new estimate adds."
SENT = "A sent estimate cannot change. Make a new version."


class StaleDraft(Conflict):
    """Somebody else saved the draft after it was opened."""


class Drafting:
    """Mixed into EstimateVersion. `edits` counts the saves: a copy that missed one is refused."""

    def save_draft(self, *, by, edits, values):
        """Write what a person typed. `values` holds fields of the version, and under `sections`
        and `lines` those of its sections by id and of its lines by number; others stay as they are.

        Raises StaleDraft if it was saved since `edits`, Conflict if it is no draft any more.
        """
        values = dict(values)
        sections, lines = values.pop("sections", {}), values.pop("lines", {})
        with self._edit(by, edits):
            write(self, values)
            for section, its_lines in self.parts():
                write(section, sections.get(section.id, {}))
                for line in its_lines:
                    write(line, lines.get(line.number, {}))

    def add_section(self, *, by, title=""):
        """Add a section at the end, with a blank line in it."""
        with self._edit(by):
            last = self._sections()[-1:]
            if self.sections.count() >= SECTIONS_MOST:
                raise DomainError(f"An estimate has at most {SECTIONS_MOST} sections.")
            position = last[0].position + 1 if last else 1
            number = self.estimate.next_section_number()
            section = Section.create(version=self, number=number, position=position, title=title)
            if not title:
                self._new_line(section)
        return section

    def add_line(self, section_id=None, *, by, **fields):
        """Add a line at the end of a section (default: the last one) and return it."""
        with self._edit(by):
            section = self._section(section_id) if section_id else self._sections()[-1]
            return self._new_line(section, **fields)

    def duplicate_line(self, number, *, by):
        """Put a copy of a line, with a number of its own, right below it."""
        with self._edit(by):
            line = self._line(number)
            self._check_room()
            copy = line.copy_to(line.section, number=self.estimate.next_line_number())
            order = line.section.lines_in_order()
            order.remove(copy)
            order.insert(order.index(line) + 1, copy)
            arrange(line.section, order)
        return copy

    def remove_line(self, number, *, by):
        with self._edit(by):
            self._line(number).delete_instance()

    def raise_line(self, number, *, by):
        """Move a line up by one; from the top of a section to the end of the one before."""
        with self._edit(by):
            self._shift(self._line(number), -1)

    def lower_line(self, number, *, by):
        """Move a line down by one; from the end of a section to the top of the next."""
        with self._edit(by):
            self._shift(self._line(number), 1)

    def raise_section(self, section_id, *, by):
        with self._edit(by):
            self._shift_section(self._section(section_id), -1)

    def lower_section(self, section_id, *, by):
        with self._edit(by):
            self._shift_section(self._section(section_id), 1)

    def remove_section(self, section_id, *, by):
        """Remove a section in which nothing is written."""
        with self._edit(by):
            section = self._section(section_id)
            if any(not line.is_blank for line in section.lines):
                raise DomainError("Remove or move its lines first.")
            if self.sections.count() == 1:
                raise DomainError("An estimate has at least one section.")
            section.delete_instance()

    @contextmanager
    def _edit(self, by, edits=None):
        """Hold the draft for one change that started from its save number `edits`."""
        cls, was = type(self), self.edits if edits is None else edits
        now = {"edits": was + 1, "edited_by": by, "edited_at": clock.now()}
        with self.project.change() as project:
            is_draft = (cls.id == self.id) & (cls.status == SubjectStatus.DRAFT)
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

    def _sections(self):
        return list(self.sections.order_by(Section.position, Section.id))

    def _section(self, section_id):
        found = self.sections.where(Section.id == section_id).first()
        if found is None:
            raise Conflict("That section is not there any more.")
        return found

    def _line(self, number):
        query = Line.select(Line, Section).join(Section)
        found = query.where(Section.version == self, Line.number == number).first()
        if found is None:
            raise Conflict("That line is not there any more.")
        return found

    def _new_line(self, section, **fields):
        self._check_room()
        order = section.lines_in_order()
        position = order[-1].position + 1 if order else 1
        number = self.estimate.next_line_number()
        return Line.create(section=section, number=number, position=position, **fields)

    def _check_room(self):
        if Line.select().join(Section).where(Section.version == self).count() >= LINES_MOST:
            raise DomainError(f"An estimate has at most {LINES_MOST} lines.")

    def _shift(self, line, step):
        sections = self._sections()
        here = sections.index(line.section)
        order = line.section.lines_in_order()
        at = order.index(line)
        if 0 <= at + step < len(order):
            order.insert(at + step, order.pop(at))
            arrange(line.section, order)
        elif 0 <= here + step < len(sections):
            there = sections[here + step]
            others = there.lines_in_order()
            others.insert(len(others) if step < 0 else 0, line)
            arrange(there, others)

    def _shift_section(self, section, step):
        sections = self._sections()
        at = sections.index(section)
        if 0 <= at + step < len(sections):
            sections.insert(at + step, sections.pop(at))
            for position, one in enumerate(sections, 1):
                write(one, {"position": position})


def arrange(section, lines):
    """Put these lines into this section, in this order."""
    for position, line in enumerate(lines, 1):
        write(line, {"section": section, "position": position})


def write(row, values):
    """Set what differs, and save only that."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if row._dirty:
        row.save()
