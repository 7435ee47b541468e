"""Words at a place of a sign-off's page: a question, a reply, the wish for a new version."""

from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import Length

from portal.core.fields import plain

WORDS_CHARACTERS = 2_000


class WordsForm(FlaskForm):
    """One field. The page's own boxes name it after their place, so that each keeps its words."""

    words = TextAreaField(validators=[Length(max=WORDS_CHARACTERS)])

    @classmethod
    def at(cls, name, typed, label, problem):
        """Return the box of that name as it was typed, checked; `problem` is said of an empty one."""
        form = cls(formdata=None, words=typed.get(name, ""))
        typed, form.words.name = form.words.data, name
        form.words.label.text = label
        form.words.errors = []
        if not plain(typed).strip():
            form.words.errors = [problem]
        elif len(typed) > WORDS_CHARACTERS:
            form.words.errors = [f"Keep it below {WORDS_CHARACTERS:,} characters."]
        return form

    @property
    def typed(self):
        return self.words.data
