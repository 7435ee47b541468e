"""What producers type about projects, companies and people."""

from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from portal.access.permissions import Role
from portal.projects import queries
from portal.projects.models import CURRENCIES, ClientKind, Health
from portal.projects.promises import MOST_MINUTES, Promise

KINDS = {
    ClientKind.EXTERNAL: "Another company, which pays",
    ClientKind.INTERNAL: "Another department of our own house",
}
HEALTH = {
    Health.ON_TRACK: "On track",
    Health.AT_RISK: "At risk",
    Health.LATE: "Late",
}
CLIENT_ROLES = {
    Role.REVIEWER: "Reviewer: comments, gives opinions",
    Role.APPROVER: "Approver: decides",
    Role.SPONSOR: "Sponsor: decides anything",
}
STUDIO_ROLES = {
    Role.TEAM: "Team: works on it",
    Role.PRODUCER: "Producer: runs it",
}


class ProjectForm(FlaskForm):
    name = StringField("Name", [DataRequired("Write the project's name."), Length(max=120)])
    client = SelectField("Client", coerce=int)
    new_client = StringField("Name of the new client", [Length(max=120)])
    currency = SelectField("Currency", choices=CURRENCIES)
    launch_on = DateField("Launch", [Optional()])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = {client.id: client.name for client in queries.clients()}
        self.client.choices = {0: "A new client, named below", **known}

    def validate_new_client(self, field):
        if not self.client.data and not (field.data or "").strip():
            raise ValidationError("Choose a client, or name the new one.")


class FactsForm(FlaskForm):
    name = StringField("Name", [DataRequired("Write the project's name."), Length(max=120)])
    phase = StringField("Phase", [Length(max=80)])
    health = SelectField("How it goes", choices=HEALTH)
    health_note = StringField("Why, in a sentence", [Length(max=160)])
    next_on = DateField("Next date", [Optional()])
    next_what = StringField("What happens then", [Length(max=80)])
    starts_on = DateField("Start", [Optional()])
    launch_on = DateField("Launch", [Optional()])

    def facts(self):
        """Return the columns of the project that were asked for, empty texts as such."""
        return {
            field.name: field.data or ("" if isinstance(field, StringField) else None)
            for field in self
            if field.name != "csrf_token"
        }


class ClientForm(FlaskForm):
    name = StringField("Name", [DataRequired("Write the client's name."), Length(max=120)])
    kind = SelectField("Kind", choices=KINDS)
    legal_name = StringField("Legal name", [Length(max=200)])
    address = TextAreaField("Address", [Length(max=500)])
    tax_number = StringField("Tax number", [Length(max=60)])

    def facts(self):
        """Return the columns of the client that it speaks of."""
        return {field.name: field.data or "" for field in self if field.name != "csrf_token"}


class PromiseForm(FlaskForm):
    """In working hours; empty: nothing is promised."""

    first_response = IntegerField(
        "First answer within, in working hours",
        [Optional(), NumberRange(1, MOST_MINUTES // 60, "Write a number of whole hours.")],
    )
    resolution = IntegerField(
        "Solved within, in working hours",
        [Optional(), NumberRange(1, MOST_MINUTES // 60, "Write a number of whole hours.")],
    )

    @classmethod
    def to(cls, client):
        """Return the form of what a client is promised now."""
        promise = Promise.to(client) or Promise()
        minutes = promise.first_response_minutes, promise.resolution_minutes
        first, whole = (one and one // 60 for one in minutes)
        return cls(formdata=None, first_response=first, resolution=whole)

    def validate_resolution(self, field):
        if field.data and self.first_response.data and field.data < self.first_response.data:
            raise ValidationError("An answer comes before the solution.")

    def minutes(self):
        """Return what is promised, in working minutes, by the column."""
        hours = {
            "first_response_minutes": self.first_response.data,
            "resolution_minutes": self.resolution.data,
        }
        return {name: hour and hour * 60 for name, hour in hours.items()}


class PersonForm(FlaskForm):
    # Their own ids: a page may hold another form with a name.
    name = StringField(
        "Name", [DataRequired("Write the person's name."), Length(max=120)], id="person-name"
    )
    email = EmailField(
        "E-mail", [DataRequired("Write the person's address."), Length(max=254)], id="person-email"
    )
    title = StringField("What they do", [Length(max=120)], id="person-title")

    def facts(self):
        return {"name": self.name.data, "email": self.email.data, "title": self.title.data or ""}


class NewMemberForm(PersonForm):
    role = SelectField("Part in the project", choices=CLIENT_ROLES, id="person-role")


class RoleForm(FlaskForm):
    role = SelectField("Part in the project")

    @classmethod
    def of(cls, person, **options):
        """Return the form with the parts that a person of that side can have."""
        form = cls(**options)
        form.role.choices = STUDIO_ROLES if person.is_studio else CLIENT_ROLES
        return form


class JoinForm(FlaskForm):
    project = SelectField("Project", coerce=int)
    role = SelectField("Part in the project", choices=STUDIO_ROLES)

    @classmethod
    def of(cls, projects):
        """Return the form for the projects that the reader is not on."""
        form = cls()
        form.project.choices = {one.id: one.name for one in projects if not one.membership}
        return form


class FactsOfPersonForm(FlaskForm):
    name = StringField("Name", [DataRequired("Write the person's name."), Length(max=120)])
    title = StringField("What they do", [Length(max=120)])
    phone = StringField("Phone", [Length(max=40)])

    def facts(self):
        return {
            "name": self.name.data,
            "title": self.title.data or "",
            "phone": self.phone.data or "",
        }


class ErasureForm(FlaskForm):
    email = EmailField("Their address", [DataRequired("Write the person’s address.")])


class MemberForm(FlaskForm):
    ROLES = {False: CLIENT_ROLES, True: STUDIO_ROLES}  # By whether somebody is of the studio.

    person = SelectField("Person", coerce=int)
    role = SelectField("Part in the project")

    @classmethod
    def of(cls, outsiders, **options):
        """Return the form for people who are not on the project yet, by where they belong."""
        form, places = cls(**options), {}
        for person in outsiders:
            words = f"{person.name}, {person.title}" if person.title else person.name
            places.setdefault(person.company or "Our studio", {})[person.id] = words
        form.person.choices = places
        form.role.choices = {"At the client": CLIENT_ROLES, "In the studio": STUDIO_ROLES}
        return form
