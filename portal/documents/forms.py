"""The file that somebody wants checked."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class CheckForm(FlaskForm):
    file = FileField("Receipt or export", [FileRequired("Choose a file first.")])
