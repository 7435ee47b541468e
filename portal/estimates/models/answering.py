"""What a sent version says for itself, from its snapshot, and what a yes to it does."""

import datetime as dt

from portal.core import dates, money
from portal.core.filters import READER
from portal.estimates import choices, difference, effect, pricing, snapshot, typed
from portal.scope import baseline, trace
from portal.scope.models import Amendment
from portal.scope.moving import MovesBaseline
from portal.signoff.subject import Offer, SubjectStatus


class Answering(MovesBaseline):
    """Mixed into EstimateVersion: the questions that the engine asks about it."""

    @property
    def noun(self):
        return f"ballpark {self.NOUN}" if self.stance == snapshot.BALLPARK else self.NOUN

    @classmethod
    def offer(cls, shown, options):
        sheet = pricing.price(shown, options)
        launch = shown["launch"]
        return Offer(
            currency=sheet.currency,
            total_minor=sheet.total_minor,
            options=sheet.options,
            launch_on=launch and dt.date.fromisoformat(launch),
            is_binding=sheet.is_binding,
            sheet=sheet,
            choice="; ".join(choices.words(shown, sheet.options)),
        )

    @classmethod
    def read_options(cls, snapshot, form):
        return typed.options(snapshot, form, READER.get().locale)

    @classmethod
    def places(cls, snapshot):
        lines = (line for section in snapshot["sections"] for line in section["lines"])
        return {f"line-{line['number']}": line["what"] for line in lines}

    @classmethod
    def difference(cls, before, after):
        return difference.between(before, after)

    def scope_parts(self):
        return trace.parts_of(self.project, self.KIND, self.number)

    def last_words(self, offer):
        if not offer.is_binding:
            return [
                "The studio writes a firm estimate now. You get it to read and to answer.",
                "Nothing was added to the project's scope, and no amount was agreed.",
            ]
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
        """Add what was chosen to the scope. A later draft can no longer be sent.

        A yes to a ballpark changes nothing: it asks for the next, firm version.
        """
        if not offer.is_binding:
            return
        edits = effect.edits(offer.sheet)
        Amendment.make(decision, kind=self.KIND, edits=edits, launch_on=offer.launch_on)
        cls = type(self)
        drafts = (cls.estimate == self.estimate_id) & (cls.status == SubjectStatus.DRAFT)
        cls.update(status=SubjectStatus.WITHDRAWN).where(drafts).execute()
