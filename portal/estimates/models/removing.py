"""What is taken out of a draft is kept, the last of it, with its place: there is a way back."""

import datetime as dt

from portal.core import clock
from portal.core.errors import Conflict, DomainError
from portal.estimates.models.arranging import arrange, arrange_sections, insert, write
from portal.estimates.models.lines import Line, Section

OFFERED = dt.timedelta(days=1)  # Then a page no longer speaks of it.


class Removing:
    """Mixed into EstimateVersion. `removed` is what `undo` puts back or takes out, or None:

    {"at", "name", "sections": [columns], "lines": [columns], "added": [numbers of lines]}
    """

    def remove_line(self, number, *, by):
        with self._edit(by):
            self._take_out([self._line(number)])

    def remove_section(self, section_id, *, by):
        """Remove a section with its lines."""
        with self._edit(by):
            section = self._section(section_id)
            if self.sections.count() == 1:
                raise DomainError("An estimate has at least one section.")
            self._take_out(section.lines_in_order(), section)

    def undo(self, *, by):
        """Put the last removal back where it was, or take out what was pasted last."""
        with self._edit(by):
            if not self.removed:
                raise Conflict("There is nothing to undo any more.")
            if self.removed["added"]:
                numbers = self.removed["added"]
                query = Line.select(Line, Section).join(Section)
                its = (Section.version == self) & Line.number.in_(numbers)
                return self._take_out(list(query.where(its).order_by(Line.position)))
            return self._put_back(**self.removed)

    @property
    def undo_words(self):
        """What happened within a day and can be undone, as a sentence, or None."""
        is_old = (
            self.removed and dt.datetime.fromisoformat(self.removed["at"]) < clock.now() - OFFERED
        )
        if not self.removed or is_old:
            return None
        count = len(self.removed["added"])
        return f"Added {count} lines." if count > 1 else "Added a line." if count else self._removal

    def undo_place(self, parts):
        """Return the id, as a page has it, of the section or line before which `undo` takes place;
        `end-7` is the end of the section with that id, `end` that of all.
        """
        if not self.removed:
            return None
        lines = [line.number for _, its in parts for line in its]
        if self.removed["sections"]:
            ids = {section.number: section.id for section, _ in parts}
            before = self.removed["sections"][0]["before"]
            return f"section-{ids[before]}" if before in ids else "end"
        befores = [*self.removed["added"], *(one["before"] for one in self.removed["lines"])]
        found = next((number for number in befores if number in lines), None)
        if found:
            return f"line-{found}"
        home = {one["section"] for one in self.removed["lines"]}
        sections = [section.id for section, _ in parts if section.number in home]
        return f"end-{sections[0]}" if sections else "end"

    @property
    def _removal(self):
        name, count = self.removed["name"], len(self.removed["lines"])
        if name:
            return f"Removed “{name}”."
        what = "section" if self.removed["sections"] else "line"
        return f"Removed a {what}." if what == "section" or count < 2 else f"Removed {count} lines."

    def _take_out(self, lines, section=None):
        followed = {
            line.section_id: [one.number for one in line.section.lines_in_order()] for line in lines
        }
        kept = [
            columns(line)
            | {
                "section": line.section.number,
                "before": after(line.number, followed[line.section_id]),
            }
            for line in lines
        ]
        named = section.title if section else lines[0].what if len(lines) == 1 else ""
        sections = self._sections()
        whole = section and columns(section) | {
            "before": after(section.number, [one.number for one in sections])
        }
        if named or not all(line.is_blank for line in lines):
            write(self, {"removed": removal(named, lines=kept, sections=[whole] if whole else [])})
        for line in lines:
            line.delete_instance()
        if section:
            section.delete_instance()

    def _put_back(self, *, sections, lines, **_):
        for one in sections:
            before = one.pop("before")
            order = self._sections()
            section = Section.create(version=self, position=0, **one)
            insert(order, section, before, key=lambda other: other.number)
            arrange_sections(order)
        made = [self._put_line_back(**one) for one in reversed(lines)]
        write(self, {"removed": None})
        return made[-1] if made else None

    def _put_line_back(self, *, section, before, **values):
        self._check_room()
        home = self.sections.where(Section.number == section).first() or self._sections()[-1]
        order = home.lines_in_order()
        line = Line.create(section=home, position=0, **values)
        insert(order, line, before, key=lambda other: other.number)
        arrange(home, order)
        return line


def removal(name="", *, lines=(), sections=(), added=()):
    return {
        "at": clock.now().isoformat(),
        "name": name,
        "lines": list(lines),
        "sections": list(sections),
        "added": list(added),
    }


def columns(row):
    """Return what a section or a line says, as plain values."""
    left = {"id", "version", "section", "position"}
    return {name: getattr(row, name) for name in row._meta.fields if name not in left}


def after(number, numbers):
    """Return the number that follows in a list, or None."""
    return next(iter(numbers[numbers.index(number) + 1 :]), None)
