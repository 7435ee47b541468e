"""Prototype: something to look at, numbered. PrototypeVersion: exactly what it shows."""

from functools import cached_property

import peewee

from portal.access.models import User
from portal.access.permissions import Permission
from portal.core import clock, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import EnumField, LineField, UTCDateTimeField
from portal.core.read import Read
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Project
from portal.prototypes import sheet
from portal.prototypes.models.comparisons import Comparison
from portal.prototypes.models.drafting import Drafting
from portal.prototypes.models.items import Linking
from portal.prototypes.models.rounds import WITH_STUDIO, Round
from portal.prototypes.models.screens import LOOKS, Screen
from portal.prototypes.models.sharing import SharedPin
from portal.prototypes.models.sources import UNDER_WAY, Source
from portal.prototypes.models.terms import Terms
from portal.signoff.models import SignOff
from portal.signoff.subject import Subject, SubjectStatus, signable
from portal.signoff.talks import Sent, discussed

#: Why no pin can be left on a version in this state. In any other it can.
CLOSED = {
    SubjectStatus.DRAFT: "This version has not been sent yet.",
    SubjectStatus.APPROVED: "This version is approved, so its pins are closed.",
    SubjectStatus.DECLINED: "This version was declined, so its pins are closed.",
    SubjectStatus.WITHDRAWN: "The studio took this version back, so its pins are closed.",
    SubjectStatus.EXPIRED: "This version was open until a day that has passed.",
    SubjectStatus.SUPERSEDED: "A newer version replaced this one.",
}
#: With one of these answers a version's round is over.
DECIDED = (SubjectStatus.APPROVED, SubjectStatus.CHANGES_REQUESTED, SubjectStatus.DECLINED)


@discussed
class Prototype(Terms, Linking, Sent, db.Model):
    """Something to look at. What it is called and what it shows stands in its versions."""

    KIND = SIGNED_AS = NOUN = "prototype"
    PLACE = "prototypes"
    READ = Permission.PROTOTYPE_READ

    project = peewee.ForeignKeyField(Project, backref="prototypes")
    number = peewee.IntegerField()  # Counts from 1 in its project: "prototype 2".
    included_rounds = peewee.IntegerField(null=True)  # By the contract; None: as many as it takes.
    captain = peewee.ForeignKeyField(User, null=True)  # Gathers the client's pins of a round.
    further_role = LineField(default="")  # Whose hours a round beyond the included ones takes.
    further_minutes = peewee.BigIntegerField(null=True)
    terms_by = peewee.ForeignKeyField(User, backref="+", null=True)  # Stands by that price.
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def add(cls, project, *, by, title, looks=(), note=""):
        """Open a prototype with a first draft that shows these Looks. Returns the draft."""
        with project.change() as held:
            prototype = cls.create(project=held, number=held.next_number(cls))
            version = PrototypeVersion.create(
                prototype=prototype, version=1, title=title, note=note, created_by=by
            )
            version.place(looks)
            record(Verb.PROTOTYPE_DRAFTED, prototype, by=by, version=1)
        return version

    @classmethod
    def find(cls, project, number):
        """Return the project's prototype of that number with its versions, or None."""
        rows = _WHOLE.all(project=project.id, number=number)
        if not rows:
            return None
        prototype = rows[0][0]
        prototype.project = project
        prototype.history = [version for _, version in rows]
        for version in prototype.history:
            version.prototype = prototype
        return prototype

    @cached_property
    def history(self):
        """Every version, the newest first."""
        return list(self.versions.order_by(PrototypeVersion.version.desc()))

    @property
    def sent(self):
        """The versions that a client knows of, the newest first."""
        return [one for one in self.history if not one.is_draft]

    def seen_by(self, role):
        """Return the versions a member in this role may see, the newest first."""
        return self.history if role.is_studio else self.sent

    def drafted_title(self):
        return self.history[0].title

    def assigned(self):
        return {self.history[0].created_by_id}

    def add_version(self, *, by, keeps_screens=True):
        """Begin the next version, with the screens of the last one or with none.

        Raises Conflict while there is a draft.
        """
        with self.project.change() as project:
            prototype = Prototype.find(project, self.number)
            last = prototype.history[0]
            if last.is_draft:
                raise Conflict(f"Version {last.version} is still a draft. Change that one.")
            version = PrototypeVersion.create(
                prototype=prototype, version=last.version + 1, title=last.title, created_by=by
            )
            for screen in Screen.of(last) if keeps_screens else ():
                kept = {name: screen.__data__[name] for name in ("position", "name", *LOOKS)}
                Screen.create(version=version, **kept)
            record(Verb.PROTOTYPE_DRAFTED, prototype, by=by, version=version.version)
        return version


@signable
class PrototypeVersion(Subject, Drafting, db.Model):
    """Exactly what is shown. A draft can change; a sent version cannot."""

    KIND = NOUN = "prototype"
    SEEN = "looked at"
    SHEET = "prototypes/_sheet.html"
    IS_MONEY = False

    prototype = peewee.ForeignKeyField(Prototype, backref="versions")
    version = peewee.IntegerField()  # Counts from 1 in its prototype.
    status = EnumField(SubjectStatus, default=SubjectStatus.DRAFT)
    title = LineField(max_length=120)
    note = LineField(default="", max_length=300)  # What is new, in one sentence.
    silence = LineField(default="", max_length=300)  # What happens without an answer.
    created_by = peewee.ForeignKeyField(User)
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("prototype", "version"), True),)

    @classmethod
    def draft(cls, project, number):
        prototype = Prototype.find(project, number)
        newest = prototype and prototype.history[0]
        return newest if newest and newest.is_draft else None

    @property
    def project(self):
        return self.prototype.project

    @property
    def number(self):
        return self.prototype.number

    @property
    def is_draft(self):
        return self.status == SubjectStatus.DRAFT

    @property
    def label(self):
        """prototype 2, version 3"""
        return f"{self.NOUN} {self.number}, version {self.version}"

    @property
    def path(self):
        return f"/projects/{self.project.slug}/prototypes/{self.number}/versions/{self.version}"

    @property
    def replaced_by(self):
        """The newest version that was sent after this one, or None. Drafts do not count."""
        sent = self.prototype.sent
        return sent[0] if sent and sent[0].version > self.version else None

    @property
    def closed(self):
        """Why no pin can be left on it any more, as a sentence; None while it is open."""
        newer = self.replaced_by
        if newer:
            return f"Version {newer.version} replaced this one. Leave your pins there."
        return CLOSED.get(self.status)

    def closed_to(self, person):
        """Why this person can leave no pin on it, as a sentence; None while they can.

        Once a captain has submitted the round, nobody of the client adds to it.
        """
        if self.closed or person.is_studio or self.prototype.acting_captain() is None:
            return self.closed
        return WITH_STUDIO if Round.of(self).is_submitted else None

    # Sent and answered ---------------------------------------------------------------------------

    def send(self, *, by, silence="", **asked):
        """Freeze it as it is and ask these people, as `SignOff.request` takes them. Returns it.

        Raises DomainError if something is missing, Conflict if it is no draft any more.
        """
        with self.drafting() as draft:
            draft.silence = silence
            draft.save()
            sign_off = SignOff.request(draft, by=by, silence=draft.silence, **asked)
            if draft.version == 1:
                draft.prototype.announce_items(by=by)
            Round.begin(draft)
            for earlier in draft.prototype.versions.where(PrototypeVersion.id != draft):
                SharedPin.carry(earlier, draft)
            Comparison.follow(draft)
        self.__data__.update(draft.__data__)
        return sign_off

    def move(self, field, *, was, to):
        super().move(field, was=was, to=to)
        if to in DECIDED:
            Round.of(self).close()

    def check_ready(self):
        if self.sources.where(Source.status << UNDER_WAY).exists():
            raise DomainError("A file is still on its way. Wait for it, or remove it.")
        if not self.screens.exists():
            raise DomainError("Add something to look at before you send it.")

    def snapshot(self):
        fresh = PrototypeVersion.get_by_id(self.id)  # The bytes of the database, not of a form.
        return sheet.whole(fresh, [screen.facts() for screen in Screen.of(fresh)])

    @classmethod
    def offer(cls, snapshot, options):
        return sheet.offer(snapshot, options)

    @classmethod
    def difference(cls, before, after):
        return sheet.difference(before, after)

    def scope_parts(self):
        return self.prototype.parts()

    def last_words(self, offer):
        return [
            "This version is the one that gets built.",
            "If the studio shows a newer one, it asks you again; this yes stays on record.",
        ]


_WHOLE = Read(
    """select {p}, {v} from prototype p join prototype_version v on v.prototype_id = p.id
       where p.project_id = :project and p.number = :number order by v.version desc""",
    models={"p": Prototype, "v": PrototypeVersion},
)
