"""The small form on which a cancellation is drafted and sent."""

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, SelectMultipleField, TextAreaField, widgets
from wtforms.validators import DataRequired, Length, Optional, ValidationError

REASON_CHARACTERS = 4000


class ProposalForm(FlaskForm):
    reason = TextAreaField(
        "Why should it be cancelled?",
        [DataRequired("Say why; the client reads it."), Length(max=REASON_CHARACTERS)],
    )
    deciders = SelectMultipleField(
        "Who signs it for the client",
        coerce=int,
        widget=widgets.ListWidget(prefix_label=False),
        option_widget=widgets.CheckboxInput(),
    )
    due_on = DateField("Answer by, if you like", [Optional()])
    act = HiddenField()

    def validate_deciders(self, field):
        if not field.data and not self.is_preview:
            raise ValidationError("Choose at least one person who can approve.")

    @property
    def is_preview(self):
        return self.act.data == "preview"

    def __init__(self, people, signers, **kept):
        """Offer these people; whoever signed what it undoes is ticked at first."""
        is_new = "formdata" in kept
        super().__init__(**kept)
        self.people = {person.id: person for person in people}
        self.deciders.choices = {person.id: person.name for person in people}
        if is_new:
            self.deciders.data = [id_ for id_ in self.people if id_ in signers]

    @property
    def chosen(self):
        return [self.people[id_] for id_ in self.deciders.data]
