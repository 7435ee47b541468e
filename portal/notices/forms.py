"""How often somebody wants letters, as they choose it."""

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.validators import ValidationError

from portal.notices.models import Rhythm
from portal.notices.pacing import Pace

USUAL = "usual"  # Of a project: as often as of all.
NEVER_QUIET = ""
STUDIO_PACES = {
    Pace.AT_ONCE: "At once, one letter for each thing",
    Pace.HOURLY: "Every full hour, gathered into one letter",
    Pace.DAILY: "Once a day, gathered into one letter",
    Pace.WEEKLY: "Once a week, gathered into one letter",
    Pace.NEVER: "Never",
}
CLIENT_PACES = {
    Pace.AT_ONCE: "As it happens, at most one letter a day",
    Pace.DAILY: "Once a day, gathered into one letter",
    Pace.WEEKLY: "Once a week, gathered into one letter",
    Pace.NEVER: "Never",
}
SHORT = {
    Pace.AT_ONCE: "As it happens",
    Pace.HOURLY: "Every hour",
    Pace.DAILY: "Once a day",
    Pace.WEEKLY: "Once a week",
    Pace.NEVER: "Never",
}
HOURS = {str(hour): f"{hour:02}:00" for hour in range(24)}
QUIET_HOURS = {NEVER_QUIET: "No quiet hours", **HOURS}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class RhythmForm(FlaskForm):
    """For one person; `of` adds a field for each project."""

    pace = RadioField("Letters about what happens")
    hour = SelectField("Hour of the daily and weekly letter", choices=HOURS)
    weekday = SelectField(
        "Day of the weekly letter", choices={str(i): day for i, day in enumerate(WEEKDAYS)}
    )
    quiet_from = SelectField("Quiet from", choices=QUIET_HOURS)
    quiet_until = SelectField("Quiet until", choices=QUIET_HOURS)
    place_ids: tuple[int, ...] = ()

    @classmethod
    def of(cls, user, places):
        """Return the form of a person, as they chose before; places are their projects' rows."""
        paces = STUDIO_PACES if user.is_studio else CLIENT_PACES
        choices = {USUAL: "As above", **{str(pace): SHORT[pace] for pace in paces}}
        fields = {name(one.id): SelectField(one.name, choices=choices) for one in places}
        form = type("PersonsForm", (cls,), fields)(data=chosen(user, places))
        form.pace.choices = {str(pace): words for pace, words in paces.items()}
        form.place_ids = tuple(one.id for one in places)
        return form

    @property
    def places(self):
        """The field of each project."""
        return [self[name(one)] for one in self.place_ids]

    def validate_quiet_until(self, field):
        if bool(field.data) != bool(self.quiet_from.data):
            raise ValidationError("Say when the quiet hours start and when they end.")
        if field.data and field.data == self.quiet_from.data:
            raise ValidationError("Let them end at another hour than they start.")

    def facts(self):
        """Return what `Rhythm.choose` takes."""
        quiet = (self.quiet_from.data, self.quiet_until.data)
        wanted = {one: self[name(one)].data for one in self.place_ids}
        return {
            "pace": Pace(self.pace.data),
            "hour": int(self.hour.data),
            "weekday": int(self.weekday.data),
            "quiet": tuple(map(int, quiet)) if all(quiet) else None,
            "projects": {k: None if pace == USUAL else Pace(pace) for k, pace in wanted.items()},
        }


def name(project_id):
    return f"project_{project_id}"


def chosen(user, places):
    """Return what the form shows before somebody types."""
    rhythm = Rhythm.of(user)
    pace = rhythm.pace
    if pace == Pace.HOURLY and not user.is_studio:
        pace = Pace.AT_ONCE
    quiet = (rhythm.quiet_from_hour, rhythm.quiet_until_hour)
    return {
        "pace": pace,
        "hour": str(rhythm.hour),
        "weekday": str(rhythm.weekday),
        "quiet_from": NEVER_QUIET if quiet[0] is None else str(quiet[0]),
        "quiet_until": NEVER_QUIET if quiet[1] is None else str(quiet[1]),
        **{name(one.id): one.pace or USUAL for one in places},
    }
