"""What every subject answers alike whose yes moves the baseline."""

from portal.scope import baseline
from portal.signoff.subject import Subject


class MovesBaseline(Subject):
    """Mixed into the model of a version that becomes an amendment, in place of Subject."""

    def baseline_number(self):
        return baseline.number_of(self.project)

    def strip(self, offer):
        if not offer.is_binding:
            return None
        return baseline.strip(self.project, offer.total_minor, offer.launch_on, subject=self)

    def changed_since(self, decision):
        return baseline.changed_since(self.project, decision)
