"""What is typed about who may decide what, and who answers for whom."""

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.core.form_fields import DayField, MoneyField
from portal.projects.here import Here
from portal.signoff.subject import SUBJECTS


class KindsField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class MandateForm(FlaskForm):
    """Empty means no limit."""

    Meta = Here

    kinds = KindsField("May decide about")
    decision_limit = MoneyField("At most, for one decision")
    project_limit = MoneyField("At most, in all on this project")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.kinds.choices = [
            (kind, f"{cls.NOUN}s".capitalize()) for kind, cls in sorted(SUBJECTS.items())
        ]

    @classmethod
    def of(cls, mandate, **options):
        """Return the form with the mandate that is in force, if there is one."""
        data = mandate and {
            "kinds": mandate.kinds,
            "decision_limit": mandate.decision_limit_minor,
            "project_limit": mandate.project_limit_minor,
        }
        return cls(data=data or {}, **options)

    def validate_decision_limit(self, field):
        if (field.data or 0) < 0:
            raise ValidationError("A limit is not below zero.")

    validate_project_limit = validate_decision_limit

    def terms(self):
        return {
            "kinds": self.kinds.data or (),
            "decision_limit_minor": self.decision_limit.data,
            "project_limit_minor": self.project_limit.data,
        }


class StandInForm(FlaskForm):
    person = SelectField("Who answers instead", coerce=int)
    from_on = DayField("From", [InputRequired("Choose the first day.")])
    until_on = DayField("Until, that day included", [InputRequired("Choose the last day.")])

    @classmethod
    def among(cls, people, **options):
        """Return the form for these people who decide."""
        form = cls(**options)
        form.person.choices = [(person.id, person.name) for person in people]
        return form
