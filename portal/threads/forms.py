"""What people write in a thread."""

from flask_wtf import FlaskForm
from wtforms import MultipleFileField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

TEXT_CHARACTERS = 20_000


class WordsForm(FlaskForm):
    """A message, a note, or other words for one."""

    files = MultipleFileField("Files, up to 5")


class MessageForm(WordsForm):
    message = TextAreaField(
        "Message", [DataRequired("Write a message first."), Length(max=TEXT_CHARACTERS)]
    )


class NoteForm(WordsForm):
    note = TextAreaField(
        "Internal note", [DataRequired("Write a note first."), Length(max=TEXT_CHARACTERS)]
    )


class EditForm(FlaskForm):
    text = TextAreaField(
        "Your words", [DataRequired("Write something first."), Length(max=TEXT_CHARACTERS)]
    )


class PreviewForm(FlaskForm):
    """Words as they were typed, and where they were going: `to` is checked by the view."""

    message = TextAreaField()
    note = TextAreaField()
    to = StringField()
