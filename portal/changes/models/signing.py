"""What the sign-off engine asks of a version of a change request, and what its yes does."""

from portal.changes import difference, readiness, sheet
from portal.changes.funding import Funding
from portal.core.errors import DomainError
from portal.scope import trace
from portal.scope.models import Amendment, Edit
from portal.scope.moving import MovesBaseline
from portal.signoff.parties import party
from portal.signoff.subject import SubjectStatus
from portal.studio.models import Studio

FORMAT = "change/2"


class Incomplete(DomainError):
    """It cannot be sent yet; the message says what is missing first."""


class Signing(MovesBaseline):
    """Mixed into the model of a version: its words, `project`, `baseline`, `alternatives`."""

    KIND = "change"
    NOUN = "change request"
    SHEET = "changes/_sheet.html"
    CHOICES = "changes/_choices.html"
    STRIP_LAST = True
    IS_CHANGE = True

    @property
    def noun(self):
        return self.change.noun

    def missing(self):
        """Return what has to be filled in before it can be sent, a sentence each."""
        return readiness.missing(self)

    def check_ready(self):
        missing = self.missing()
        if missing:
            raise Incomplete(missing[0])

    @property
    def funding(self):
        """What a funding request says of the money, or None."""
        if not self.change.is_funding:
            return None
        signed = self.baseline.total_minor
        return Funding(signed, self.used_minor, self.forecast_minor, self.as_of_on)

    def snapshot(self):
        project = self.project
        return {
            "format": FORMAT,
            "kind": self.KIND,
            "noun": self.noun,
            "cause": str(self.change.cause),
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
            "alternatives": [_facts(one, project.currency) for one in self.alternatives],
            "funding": self.funding and self.funding.facts(project.currency),
            "origins": [origin.facts() for origin in self.change.origins],
            "launch_before": _iso(project.launch_on),
            "silence": self.silence,
            "valid_until": _iso(self.valid_until_on),
        }

    offer = staticmethod(sheet.offer)
    difference = staticmethod(difference.between)
    places = staticmethod(sheet.places)

    def overtaken(self, snapshot):
        if not self.baseline.standing:
            return "All that was signed has been cancelled, so there is nothing left to change."
        found = sheet.read(snapshot).alternatives
        for effect in (effect for one in found for effect in one.effects):
            item = self.baseline.item(effect.item)
            if item and item.edited_by != effect.was.edited_by:
                did = "removed" if item.is_removed else "changed"
                return f"“{effect.was.title}” was {did} by {item.subject} after this was sent."
        return None

    def scope_parts(self):
        return trace.parts_of(self.project, self.KIND, self.number)

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


def _facts(alternative, currency):
    """Return an alternative in canonical values."""
    return {
        "number": alternative.number,
        "title": alternative.title,
        "summary": alternative.summary,
        "is_recommended": alternative.is_recommended,
        "effects": [effect.facts(currency) for effect in alternative.effects],
        "total": {"minor": alternative.total_minor, "currency": currency},
        "launch": _iso(alternative.new_launch_on),
    }


def _iso(on):
    return on and on.isoformat()
