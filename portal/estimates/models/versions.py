"""Estimate: what a client is offered, numbered. EstimateVersion: one exact wording of it."""

import datetime as dt
from enum import StrEnum

import peewee
from peewee import fn

from portal.access.models import User
from portal.access.permissions import Permission
from portal.core import clock, dates, db
from portal.core.errors import Conflict, DomainError
from portal.core.fields import EnumField, JSONTextField, LineField, ProseField, UTCDateTimeField
from portal.core.read import Read
from portal.estimates import pricing, readiness, snapshot
from portal.estimates.models.answering import Answering
from portal.estimates.models.drafting import FINAL, Drafting
from portal.estimates.models.lines import Line, Section, parts_of
from portal.ledger.models import record
from portal.ledger.verbs import Verb
from portal.projects.models import Client, Project
from portal.signoff import consequences
from portal.signoff.models import SignOff
from portal.signoff.subject import SubjectStatus, signable
from portal.signoff.talks import Sent, discussed
from portal.studio.models import Studio
from portal.studio.terms import Terms

VALID_DAYS = 30  # What a first draft offers; the producer changes it.
#: What a new version takes over from the one before.
COPIED = (
    "title",
    "summary",
    "terms",
    "silence",
    "stance",
    "terms_name",
    "contingency_bp",
    "discount_bp",
    "taxes",
    "payments",
    "valid_until_on",
    "launch_on",
)


class Stance(StrEnum):
    FIRM = "firm"  # A yes is a contract.
    BALLPARK = "ballpark"  # A yes asks for a firm estimate, and commits neither side to an amount.


class Incomplete(DomainError):
    """It cannot be sent yet; the message says what is missing."""


@discussed
class Estimate(Sent, db.Model):
    """A priced answer to a brief. What it says stands in its versions."""

    KIND = SIGNED_AS = NOUN = "estimate"
    PLACE = "estimates"
    READ = Permission.ESTIMATE_READ

    project = peewee.ForeignKeyField(Project, backref="estimates")
    number = peewee.IntegerField()  # Counts from 1 in its project: "estimate 3".
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("project", "number"), True),)

    @classmethod
    def start(cls, project, *, by, title=""):
        """Open an estimate with its first draft: one section, one blank line."""
        with project.change() as held:
            estimate = cls.create(project=held, number=held.next_number(cls))
            usual = EstimateVersion.usual_terms(held)
            usual["valid_until_on"] = today() + dt.timedelta(days=VALID_DAYS)
            version = EstimateVersion.make(estimate, 1, by=by, title=title, **usual)
            section = Section.create(version=version, number=1, position=1)
            Line.create(section=section, number=1, position=1)
            record(Verb.ESTIMATE_DRAFTED, estimate, by=by, version=1)
        return estimate

    def in_order(self):
        return list(self.versions.order_by(EstimateVersion.version))

    @property
    def latest(self):
        return self.versions.order_by(EstimateVersion.version.desc()).get()

    @property
    def draft(self):
        return self.versions.where(EstimateVersion.status == SubjectStatus.DRAFT).first()

    @property
    def is_final(self):
        """True once a firm version was approved; a yes to a ballpark asks for the next version."""
        kinds = {Stance.FIRM: EstimateVersion.KIND, Stance.BALLPARK: "ballpark"}
        columns = EstimateVersion.status, EstimateVersion.stance
        every = EstimateVersion.select(*columns).where(EstimateVersion.estimate == self)
        return any(consequences.is_final(kinds[v.stance], "wording", v.status) for v in every)

    def drafted_title(self):
        return self.latest.title or "Untitled"

    def assigned(self):
        return {self.latest.created_by_id, self.latest.edited_by_id}

    def revise(self, *, by):
        """Return a new draft that says what the latest version says.

        Raises Conflict if there is a draft already or a version was approved.
        """
        with self.project.change():
            self.check_not_final()
            latest = self.latest
            if latest.is_draft:
                raise Conflict(f"Version {latest.version} is still a draft. Change that one.")
            kept = {name: getattr(latest, name) for name in COPIED}
            if latest.status == SubjectStatus.APPROVED:  # A yes to a ballpark asks for this one.
                kept["stance"] = Stance.FIRM
            version = EstimateVersion.make(self, latest.version + 1, by=by, **kept)
            for section, lines in latest.parts():
                copy = section.copy_to(version)
                for line in lines:
                    line.copy_to(copy)
            record(Verb.ESTIMATE_DRAFTED, self, by=by, version=version.version)
        return version

    def check_not_final(self):
        if self.is_final:
            raise Conflict(FINAL)

    def next_section_number(self):
        """Return a number that no section of any version has, inside `project.change()`."""
        last = Section.select(fn.MAX(Section.number)).join(EstimateVersion)
        return (last.where(EstimateVersion.estimate == self).scalar() or 0) + 1

    def next_line_number(self):
        """Return a number that no line of any version has, inside `project.change()`."""
        last = Line.select(fn.MAX(Line.number)).join(Section).join(EstimateVersion)
        return (last.where(EstimateVersion.estimate == self).scalar() or 0) + 1


@signable
class EstimateVersion(Answering, Drafting, db.Model):
    """One exact wording. A draft can change; a sent one cannot."""

    KIND = NOUN = "estimate"
    SHEET = "estimates/_sheet.html"

    estimate = peewee.ForeignKeyField(Estimate, backref="versions")
    version = peewee.IntegerField()  # Counts from 1 in its estimate.
    status = EnumField(SubjectStatus, default=SubjectStatus.DRAFT)
    title = LineField(default="")
    summary = ProseField(default="")
    terms = ProseField(default="")
    silence = LineField(default="")  # What happens without an answer.
    stance = EnumField(Stance, default=Stance.FIRM)
    terms_name = LineField(default="")  # "General terms, version 3"; empty: written for this one.
    contingency_bp = peewee.BigIntegerField(default=0)
    discount_bp = peewee.BigIntegerField(default=0)
    taxes = JSONTextField(default=list)  # [{"number", "name", "bp", "is_reverse"}]
    payments = JSONTextField(default=list)  # [{"what", "bp", "on"}], the shares add up to all.
    removed = JSONTextField(null=True)  # What was taken out last, for the way back.
    valid_until_on = peewee.DateField(null=True)
    launch_on = peewee.DateField(null=True)  # The new launch, if the yes moves it.
    edits = peewee.IntegerField(default=0)  # How often the draft was saved: two people, one draft.
    edited_by = peewee.ForeignKeyField(User, null=True)
    edited_at = UTCDateTimeField(default=clock.now)
    created_by = peewee.ForeignKeyField(User)
    created_at = UTCDateTimeField(default=clock.now)

    class Meta:
        indexes = ((("estimate", "version"), True),)

    @classmethod
    def make(cls, estimate, version, *, by, **fields):
        return cls.create(estimate=estimate, version=version, created_by=by, edited_by=by, **fields)

    @classmethod
    def usual_terms(cls, project):
        """Return what a first draft starts with: the tax and terms that the client was sent last.

        Terms are of this project alone, as its drafts are; else the studio's own of today.
        """
        here = Estimate.project == project
        sent = cls.select().join(Estimate).join(Project).order_by(here.desc(), cls.id.desc())
        is_theirs = Project.client == project.client_id
        last = sent.where(is_theirs, cls.status != SubjectStatus.DRAFT).first()
        usual = {"taxes": last.taxes} if last else {}
        if last and last.estimate.project_id == project.id:
            return usual | {"terms": last.terms, "terms_name": last.terms_name}
        terms = Terms.current()
        return usual | ({"terms": terms.text, "terms_name": terms.label} if terms else {})

    @classmethod
    def draft(cls, project, number):
        """Return the draft of that estimate in the project, or None."""
        return next((one for one in cls.all_of(project, number) if one.is_draft), None)

    @classmethod
    def all_of(cls, project, number):
        """Return every version of that estimate in the project, the newest first."""
        return [linked(row) for row in _ALL.all(project=project.id, number=number)]

    @property
    def project(self):
        return self.estimate.project

    @property
    def number(self):
        return self.estimate.number

    @property
    def is_draft(self):
        return self.status == SubjectStatus.DRAFT

    def parts(self):
        """Return its sections in order, each with its lines in order, as they are now."""
        return parts_of(self)

    def sheet(self, parts=None):
        """Return what the draft comes to now; lines without a price yet count as nothing."""
        return pricing.price(snapshot.priced(self, self.parts() if parts is None else parts))

    # Sent and answered ---------------------------------------------------------------------------

    def send(self, *, by, edits=None, **asked):
        """Freeze it as it is and ask these people, as `SignOff.request` takes them. Returns it.

        Raises Incomplete or DomainError if something is missing, Conflict if it is no draft any
        more, if it was saved since `edits`, or if another version was approved meanwhile.
        """
        with self.project.change() as project:
            draft = db.lock(self)
            draft.estimate.project = project
            if not draft.is_draft or (edits is not None and edits != draft.edits):
                raise self._not_as_it_was()
            terms = {"silence": draft.silence, "expires_on": draft.valid_until_on}
            sign_off = SignOff.request(draft, by=by, **asked, **terms)
        self.__data__.update(draft.__data__)
        return sign_off

    def check_ready(self):
        missing = readiness.missing(self, self.parts(), today())
        if missing:
            raise Incomplete(missing)

    def snapshot(self):
        fresh = linked(_ONE.one(id=self.id))  # The bytes of the database, not of a form.
        return snapshot.whole(fresh, fresh.parts())


WHOLE = {"v": EstimateVersion, "e": Estimate, "p": Project, "c": Client}
_ALL = Read(
    """select {v}, {e}, {p}, {c} from estimate_version v join estimate e on e.id = v.estimate_id
       join project p on p.id = e.project_id join client c on c.id = p.client_id
       where e.project_id = :project and e.number = :number order by v.version desc""",
    models=WHOLE,
)
_ONE = Read(
    """select {v}, {e}, {p}, {c} from estimate_version v join estimate e on e.id = v.estimate_id
       join project p on p.id = e.project_id join client c on c.id = p.client_id
       where v.id = :id""",
    models=WHOLE,
)


def linked(row):
    """Return the version of a row, with its estimate, project and client at hand."""
    version, version.estimate, version.estimate.project, version.project.client = row
    for one in row:
        one._dirty.clear()
    return version


def today():
    """Return the day it is where the studio is."""
    return dates.today(clock.now(), Studio.here().zone)
