"""What a sent version says for itself, from its snapshot, and what a yes to it does."""

import datetime as dt

from portal.core import dates, money
from portal.estimates import difference, effect, pricing
from portal.scope import baseline
from portal.scope.models import Amendment
from portal.signoff.subject import Offer, Subject, SubjectStatus


class Answering(Subject):
    """Mixed into EstimateVersion: the questions that the engine asks about it."""

    @classmethod
    def offer(cls, snapshot, options):
        sheet = pricing.price(snapshot, options)
        launch = snapshot["launch"]
        return Offer(
            currency=sheet.currency,
            total_minor=sheet.total_minor,
            options=sheet.options,
            launch_on=launch and dt.date.fromisoformat(launch),
            sheet=sheet,
        )

    @classmethod
    def places(cls, snapshot):
        lines = (line for section in snapshot["sections"] for line in section["lines"])
        return {f"line-{line['number']}": line["what"] for line in lines}

    @classmethod
    def difference(cls, before, after):
        return difference.between(before, after)

    def baseline_number(self):
        return baseline.number_of(self.project)

    def strip(self, offer):
        return baseline.strip(self.project, offer.total_minor, offer.launch_on, subject=self)

    def changed_since(self, decision):
        return baseline.changed_since(self.project, decision)

    def last_words(self, offer):
        now = baseline.of(self.project)
        total = money.show(now.total_minor, offer.currency, brief=True)
        launch = (
            f" and the launch is on {dates.day(now.launch_on, year=False)}" if now.launch_on else ""
        )
        return [
            f"Your new project total is {total} {offer.currency}{launch}.",
            "What you approved is in the project's scope, each item with your signature.",
        ]

    def approved(self, decision, offer):
        """Add what was chosen to the scope. A later draft can no longer be sent."""
        edits = effect.edits(offer.sheet)
        Amendment.make(decision, kind=self.KIND, edits=edits, launch_on=offer.launch_on)
        cls = type(self)
        drafts = (cls.estimate == self.estimate_id) & (cls.status == SubjectStatus.DRAFT)
        cls.update(status=SubjectStatus.WITHDRAWN).where(drafts).execute()
