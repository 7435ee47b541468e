"""What the sign-off engine asks of a version of a change request, and what its yes does."""

from portal.changes import sheet
from portal.core import clock
from portal.core.errors import DomainError
from portal.estimates.snapshot import party
from portal.scope import baseline
from portal.scope.models import Amendment, Edit
from portal.signoff.subject import Subject, SubjectStatus
from portal.studio.models import Studio

FORMAT = "change/1"


class Incomplete(DomainError):
    """It cannot be sent yet; the message says what is missing first."""


class Signing(Subject):
    """Mixed into the model of a version, which has its words, `project`, `baseline`, `effects`."""

    KIND = "change"
    NOUN = "change request"
    SHEET = "changes/_sheet.html"

    def missing(self):
        """Return what has to be filled in before it can be sent, a sentence each."""
        effects, today = self.effects, clock.now().date()
        touched = [effect.item for effect in effects if effect.item]
        lacking = (
            (not self.baseline.number, "Nothing is signed yet: get an estimate approved first."),
            (not self.title, "Give it a title."),
            (not self.summary, "Say in one sentence what changes."),
            (not self.why, "Say why."),
            (
                not effects and self.new_launch_on is None,
                "Say what changes: something in the scope, or the launch.",
            ),
            *((effect.missing, effect.missing) for effect in effects),
            (
                any(self.baseline.item(number).is_removed for number in touched),
                "Something here has been removed from the scope meanwhile. Take its row out.",
            ),
            (
                len(touched) != len(set(touched)),
                "One item stands in two rows. Say all about it in one.",
            ),
            (
                self.valid_until_on is not None and self.valid_until_on < today,
                "It is valid until a day that has passed.",
            ),
        )
        return [sentence for is_lacking, sentence in lacking if is_lacking]

    def check_ready(self):
        missing = self.missing()
        if missing:
            raise Incomplete(missing[0])

    def snapshot(self):
        project = self.project
        return {
            "format": FORMAT,
            "kind": self.KIND,
            "project": {"slug": project.slug, "name": project.name},
            "studio": party(Studio.here()),
            "client": party(project.client),
            "number": self.number,
            "version": self.version,
            "title": self.title,
            "summary": self.summary,
            "why": self.why,
            "currency": project.currency,
            "baseline": self.baseline.number,
            "effects": [effect.facts(project.currency) for effect in self.effects],
            "total": {"minor": self.total_minor, "currency": project.currency},
            "launch": _iso(self.new_launch_on),
            "launch_before": _iso(project.launch_on),
            "silence": self.silence,
            "valid_until": _iso(self.valid_until_on),
        }

    offer = staticmethod(sheet.offer)
    difference = staticmethod(sheet.difference)

    def baseline_number(self):
        return baseline.number_of(self.project)

    def strip(self, offer):
        return baseline.strip(self.project, offer.total_minor, offer.launch_on, subject=self)

    def changed_since(self, decision):
        return baseline.changed_since(self.project, decision)

    def overtaken(self, snapshot):
        for effect in sheet.read(snapshot).effects:
            item = self.baseline.item(effect.item)
            if item and item.edited_by != effect.was.edited_by:
                did = "removed" if item.is_removed else "changed"
                return f"“{effect.was.title}” was {did} by {item.subject} after this was sent."
        return None

    def last_words(self, offer):
        return sheet.last_words(offer)

    def approved(self, decision, offer):
        """Move the baseline, from the sealed snapshot. A later draft can no longer be sent."""
        items = {item.number: item for item in self.project.scope_items}
        edits = [
            Edit(
                effect.action,
                item=items.get(effect.item),
                section=effect.section,
                title=effect.title,
                detail=effect.detail,
                price_minor=effect.price_minor,
            )
            for effect in offer.sheet.effects
        ]
        Amendment.make(decision, kind=self.KIND, edits=edits, launch_on=offer.launch_on)
        for later in self.change.versions.where(type(self).status == SubjectStatus.DRAFT):
            later.move("status", was=SubjectStatus.DRAFT, to=SubjectStatus.WITHDRAWN)


def _iso(on):
    return on and on.isoformat()
