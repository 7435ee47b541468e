"""Lines and sections of a draft, put elsewhere."""

from portal.core.errors import Conflict
from portal.core.fields import line as one_line
from portal.estimates.models.lines import Line, Section


class Arranging:
    """Mixed into EstimateVersion, each of its verbs one change."""

    def raise_line(self, number, *, by):
        """Move a line up by one; from the top of a section to the end of the one before."""
        with self._edit(by):
            return self._shift(self._line(number), -1)

    def lower_line(self, number, *, by):
        """Move a line down by one; from the end of a section to the top of the next."""
        with self._edit(by):
            return self._shift(self._line(number), 1)

    def place_line(self, number, section_id, before=0, *, by):
        """Put a line into a section before another line; before none of them: at its end."""
        with self._edit(by):
            moved, section = self._line(number), self._section(section_id)
            order = [one for one in section.lines_in_order() if one != moved]
            insert(order, moved, before, key=lambda one: one.number)
            arrange(section, order)
        return moved

    def raise_section(self, section_id, *, by):
        with self._edit(by):
            self._shift_section(self._section(section_id), -1)

    def lower_section(self, section_id, *, by):
        with self._edit(by):
            self._shift_section(self._section(section_id), 1)

    def place_section(self, section_id, before=0, *, by):
        """Put a section before another one; before none of them: at the end."""
        with self._edit(by):
            section = self._section(section_id)
            order = [one for one in self._sections() if one != section]
            insert(order, section, before, key=lambda one: one.id)
            arrange_sections(order)

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
        return line

    def _shift_section(self, section, step):
        sections = self._sections()
        at = sections.index(section)
        if 0 <= at + step < len(sections):
            sections.insert(at + step, sections.pop(at))
            arrange_sections(sections)


def insert(order, one, before, *, key):
    """Put `one` into a list, before the one with that key; if there is none, at the end."""
    keys = [key(other) for other in order]
    order.insert(keys.index(before) if before in keys else len(order), one)


def arrange(section, lines):
    """Put these lines into this section, in this order."""
    for position, line in enumerate(lines, 1):
        write(line, {"section": section, "position": position})


def arrange_sections(sections):
    for position, section in enumerate(sections, 1):
        write(section, {"position": position})


def choose_packages(sections, before):
    """Let one package of each choice be chosen at first: one that was not chosen `before`, an id;
    else one that was; else the first.
    """
    choices = {}
    for section in sections:
        choices.setdefault(one_line(section.choice), []).append(section)
    for choice, packages in choices.items():
        ticked = [one for one in packages if one.is_chosen_by_default]
        now = next((one for one in ticked if one.id not in before), (ticked or packages)[0])
        for one in packages:
            write(one, {"is_chosen_by_default": choice != "" and one == now})


def write(row, values):
    """Set what differs, and save only that."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if row._dirty:
        row.save()
