"""Plain functions that make one thing each."""

import datetime as dt
import secrets

from portal.access.models import Membership, User
from portal.access.permissions import HouseRole
from portal.cancellations.models import Cancellation
from portal.changes.models import ChangeRequest
from portal.core import clock
from portal.estimates.library import outline
from portal.estimates.models import Estimate, EstimateImport, EstimateTemplate, LineKind
from portal.feedback.models import Feedback
from portal.feedback.words import Kind as FeedbackKind
from portal.feedback.words import VerdictKind
from portal.ledger.models import SYSTEM, record
from portal.ledger.verbs import Verb
from portal.projects.models import Client, Project
from portal.scope.models import Action, Amendment, Edit
from portal.signoff.deciding import by_staff
from portal.signoff.deciding.decide import Form, decide
from portal.signoff.models import (
    Answer,
    Decision,
    Evidence,
    How,
    LineQuestion,
    Mandate,
    Receipt,
    Rule,
    SignOff,
    SignOffStatus,
)
from portal.studio.costs import CostRate
from portal.studio.rates import Rate
from portal.studio.terms import Terms
from tests.make_prototypes import image, picture, pins, prototype  # noqa: F401 - make.prototype(…)


def user(name, *, client=None, house_role=None, **fields):
    email = fields.pop("email", f"{name.lower().replace(' ', '.')}@demo.test")
    return User.enrol(
        email=email, name=name, by=SYSTEM, client=client, house_role=house_role, **fields
    )


def producer(name="Sam"):
    return user(name, house_role=HouseRole.PRODUCER)


def client(name="Harbour Museum", **fields):
    return Client.add(by=SYSTEM, name=name, **fields)


def project(slug="harbour", *, by, client, currency="EUR", **fields):
    name = fields.pop("name", slug.title())
    return Project.start(by=by, client=client, name=name, slug=slug, currency=currency, **fields)


def member(user, project, role, *, by=SYSTEM):
    return project.add_member(user, role, by=by, invite=False)


def member_of(user, project):
    return Membership.get(user=user, project=project)


def mandate(user, project, *, by, **terms):
    """What an approver may decide alone from now on; amounts in minor units."""
    return Mandate.set(member_of(user, project), by=by, **terms)


def amendment(project, *edits, by, kind="estimate", number=None, title="Contract", launch_on=None):
    """Sign `edits` as `by`: the rows that the engine leaves behind after a yes.

    For tests about what signatures come to; a test about signing goes through the engine.
    """
    with project.change():
        sign_off = _signed_off(project, by, kind, number, title)
        event = record(Verb.PROJECT_CREATED, project, by=by)  # Any fact will do, and tells nobody.
        decision = Decision.create(
            project=project,
            sign_off=sign_off,
            user=by,
            answer=Answer.APPROVE,
            options=[],
            baseline_number=0,
            key=secrets.token_hex(8),
            signer=by.identity,
            device=by.identity,
            event=event,
            made_at=event.at,
        )
        Receipt.issue(decision, {"sign_off": sign_off.number, "signer": by.identity})
        return Amendment.make(decision, kind=kind, edits=edits, launch_on=launch_on)


def added(title, price_minor, *, section="", detail=""):
    """An edit that adds something to the scope."""
    return Edit(Action.ADDED, title=title, price_minor=price_minor, section=section, detail=detail)


def _signed_off(project, by, kind, number, title):
    number = number or project.next_number(SignOff)
    return SignOff.create(
        project=project,
        number=project.next_number(SignOff),
        kind=kind,
        subject_id=project.id * 1000 + project.next_number(SignOff),
        subject_number=number,
        version=1,
        title=title,
        status=SignOffStatus.APPROVED,
        rule=Rule.ANY,
        snapshot='{"origins":[],"why":"Because."}',
        digest="0" * 64,
        currency=project.currency,
        baseline_number=0,
        requested_by=by,
    )


def change(project, *, by, impacts=None, alternatives=None, cause="scope", **words):
    """A draft of a change request that could be sent; `impacts` are dicts of an impact's columns.

    `alternatives` are dicts of an alternative's columns with `impacts`, instead of those.
    """
    words = {
        "title": "School groups",
        "summary": "Schools book by themselves.",
        "why": "Time.",
    } | words
    draft = ChangeRequest.draft(project, by=by, cause=cause).current
    if alternatives is None:
        rows = [change_row() | impact for impact in ([ADDED] if impacts is None else impacts)]
        return draft.write(rows, by=by, edits=0, **words)
    ways = [
        way | {"impacts": [change_row() | row for row in way["impacts"]]} for way in alternatives
    ]
    return draft.write_alternatives(ways, by=by, edits=0, **words)


def change_row():
    """A row of a change request in which nothing is said yet."""
    return {"item": None, "section": "", "title": "", "detail": "", "price_minor": None}


ADDED = {"action": Action.ADDED, "title": "Booking", "section": "Schools", "price_minor": 4_750_00}


VAT = {"number": 1, "name": "VAT", "bp": 2100, "is_reverse": False}


def estimate(project, *, by, lines=(("Design", 120_00),), title="The visitor site", **fields):
    """A draft with lines of fixed prices: (what, price in minor units), then columns of the line."""
    draft = Estimate.start(project, by=by, title=title).draft
    draft.remove_line(1, by=by)  # The blank one, so that these count from 1.
    for what, price_minor, *more in lines:
        columns = {"kind": LineKind.FIXED, "fixed_minor": price_minor} | dict(*more)
        draft.add_line(by=by, what=what, **columns)
    draft.save_draft(by=by, edits=draft.edits, values=fields)
    return draft


def cancellation(sign_off, *, by, reason="The museum stops the project."):
    """A draft of a cancellation of what was approved."""
    return Cancellation.propose(sign_off, by=by, reason=reason)


def answer(sign_off, *, by, answer=Answer.APPROVE, options=None, **form):
    """Answer as the page of this person would post it, and return the Decision."""
    offer = sign_off.offer(options)
    read = {
        "answer": answer,
        "version": sign_off.version,
        "digest": sign_off.digest,
        "baseline_number": sign_off.subject.baseline_number(),
        "total_minor": offer.total_minor,
        "options": offer.options,
        "notes": "" if answer == Answer.APPROVE else "Because.",
        "has_consented": True,
        "key": secrets.token_hex(8),
    }
    evidence = Evidence(by.name, "password", clock.now(), "192.0.2.7", "a browser")
    return decide(sign_off, Form(**read | form), evidence, by=by)


def recorded(sign_off, person, *, by, said="Yes, go ahead.", **heard):
    """An answer that the studio writes down for a client: by call, unless `heard` says otherwise."""
    usual = {"answer": Answer.APPROVE, "how": How.CALL, "on": clock.now().date()}
    made = by_staff.Heard(person=person, said=said, **usual | heard)
    return by_staff.record_answer(sign_off, made, by=by)


def feedback(
    project, *, by, kind=FeedbackKind.CHANGE, text="Show only the tides while we are open", **more
):
    """Feedback, as somebody of the client files it."""
    return Feedback.file(project, by=by, kind=kind, text=text, **more)


def verdict(item, *, by, kind=VerdictKind.INCLUDED_REVISION, reason="Part of the strip.", **more):
    """A verdict on what it is now."""
    return item.give_verdict(kind, by=by, reason=reason, seen=item.verdicts, **more)


def terms(text, name="General terms"):
    """The next version of the studio's terms, offered since long ago."""
    return Terms.issue(name=name, text=text, from_on=dt.date(2026, 1, 1))


def house(project, *, by):
    """One of each thing that the studio keeps besides its projects, and a file to import."""
    day = dt.date(2026, 1, 1)
    Rate.add(role="Design", currency="EUR", hour_minor=95_00, from_on=day)
    CostRate.add(role="Design", currency="EUR", hour_minor=45_00, from_on=day)
    terms("Thirty days.")
    draft = project.estimates.first().latest
    EstimateTemplate.keep(outline.of(draft), name="Website", by=by)
    rows = [["Description", "Price"], ["Design", ["1200"]]]
    return EstimateImport.keep(project, by=by, rows=rows, file_name="lines.xlsx")


def question(sign_off, *, by, text="Does this include the ferry?", place=""):
    """What somebody of the client asks about a place of what was sent."""
    return LineQuestion.ask(sign_off, by=by, text=text, place=place)
