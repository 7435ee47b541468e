"""All that the studio does among itself. None of it may change a byte outside.

Each act can be done again and again. Together they write every column that `columns` calls internal.
"""

import datetime as dt
import io
import secrets

from werkzeug.datastructures import FileStorage

from portal.access import viewing
from portal.access.models import Code, Membership, Session
from portal.access.permissions import Role
from portal.cancellations.models import Cancellation
from portal.care.models import Cause, Escalation
from portal.changes.models import ChangeRequest
from portal.core import db
from portal.estimates.library import outline
from portal.estimates.models import Estimate, EstimateImport, EstimateTemplate, LineKind, Stance
from portal.feedback.inbox import batch
from portal.feedback.inbox.undoing import Deed
from portal.feedback.models import Feedback, SavedReply
from portal.feedback.words import Severity
from portal.mail.bounces import Bounce
from portal.mail.models import Letter
from portal.notices.models import Rhythm
from portal.notices.pacing import Pace
from portal.projects.promises import Promise
from portal.prototypes.models import Comparison, Pin, Prototype, SiteFile, Source
from portal.scope.models import Action
from portal.search.models import SavedSearch
from portal.studio.costs import CostRate
from portal.studio.rates import Rate
from portal.studio.terms import Terms
from portal.threads import files
from portal.threads.models import edit, has_read, note
from portal.threads.topic import TOPICS
from tests import make, make_sites
from tests.canary.values import DAY, MINUTE, NUMBERS, WORD

PNG, SITE_PAGE = make.image(99), b"<!doctype html><title>quagga-page</title>"


def word(name):
    """Return a text of that name that stands nowhere else."""
    return f"{WORD}-{name}-{secrets.token_hex(3)}"


def numbers(table, *columns):
    return {name: NUMBERS[f"{table}.{name}"] for name in columns}


def upload(name, content):
    return FileStorage(io.BytesIO(content), filename=name)


# Notes -------------------------------------------------------------------------------------------


def notes(world):
    """A note in each kind of thread there is, with a colleague's name, files, and put otherwise."""
    for kind, cls in TOPICS.items():
        text = word(f"note-{kind}").encode()
        kept = files.keep([upload(f"{WORD}.txt", text), upload(f"{WORD}.png", PNG)])
        about = cls.find(world.project, 1)
        assert about, kind
        said = word(f"note-text-{kind}")
        written = note(about, by=world.sam, text=f"@Dora @Bo {said}", files=kept)
        if not about.is_record:
            edit(about, written, by=world.sam, text=f"@Dora {word('note-anew')}")
        has_read(about, by=world.dora, note=written.number)


# The inbox ---------------------------------------------------------------------------------------


def triage(world):
    """Hand over, weigh, put off, many at once, and undo."""
    sam, item, every = world.sam, world.feedback(1), [one.id for one in Feedback.select()]
    later = dt.datetime.combine(DAY, dt.time(8, MINUTE), dt.UTC)
    severity = Severity.LOW if item.handling.severity == Severity.CRITICAL else Severity.CRITICAL
    batch.each(batch.find(sam, every), lambda one: one.weigh(severity, by=sam))
    item.snooze(None, by=sam)
    item.snooze(later, by=sam)
    world.feedback(3).snooze(later + dt.timedelta(days=secrets.randbelow(9)), by=sam)
    to, by = world.dora, sam
    if item.handling.assignee_id == to.id:
        to, by = by, to
    done = batch.each(batch.find(sam, every), lambda one: one.assign(to, by=by)).done
    Deed("assign", to.id, [[one.id, was] for one, was in done][1:2]).undo(by=sam)


def saved_replies(world):
    gone = SavedReply.keep(by=world.sam, name=word("gone"), text=WORD)
    gone.remove(by=world.sam)
    SavedReply.keep(by=world.sam, name=word("reply"), text=word("reply-text"))


def promises(world):
    """Promise more, and take it back; another one hears of complaints."""
    client, by = world.project.client, world.sam
    promised = {
        name: NUMBERS[f"promise.{name}"]
        for name in ("first_response_minutes", "resolution_minutes")
    }
    is_kept = Promise.to(client).resolution_minutes == promised["resolution_minutes"]
    minutes = {name: value + 600 * is_kept for name, value in promised.items()}
    Promise.give(client, by=by, **minutes)
    person = world.sam if Promise.to(client).complaints_to_id == world.ada.id else world.ada
    Promise.name_for_complaints(client, person, by=by)


def escalations(world):
    """Whoever is named hears of a complaint without an answer; at first, of each that is filed."""
    item = world.feedback(1)
    told = Escalation.delete().where(Escalation.feedback == item).returning(Escalation.cause)
    causes = {row.cause for row in told.execute()}
    with item.project.change():
        Escalation.tell(item, Cause.FILED if Cause.UNANSWERED in causes else Cause.UNANSWERED)


# What the studio keeps ---------------------------------------------------------------------------


def rates(world):
    """Lines on both cards, one of them ended."""
    for card, minor in (
        (Rate, NUMBERS["rate.hour_minor"]),
        (CostRate, NUMBERS["cost_rate.hour_minor"]),
    ):
        role = word("role")
        facts = {"role": role, "currency": "EUR", "hour_minor": minor, "from_on": DAY}
        card.add(**facts).end(on=DAY)


def terms(world):
    Terms.issue(name=word("terms"), text=word("terms-text"), from_on=DAY)


def templates(world):
    kept = outline.of(world.project.estimates.first().latest)
    template = EstimateTemplate.keep(kept, name=word("template"), by=world.sam)
    template.rename(word("template"), by=world.sam)
    template.retire(by=world.sam)


def imports(world):
    rows = [[WORD, "Price"], [word("cell"), "1"]]
    into = world.project.estimates.first()
    EstimateImport.keep(world.project, by=world.sam, rows=rows, file_name=f"{WORD}.xlsx", into=into)
    EstimateImport.update(is_done=True).where(EstimateImport.number == 1).execute()


# Drafts ------------------------------------------------------------------------------------------


def estimate_drafts(world):
    """One of its own, and the next version of one that was sent."""
    write_estimate(Estimate.start(world.project, by=world.sam, title=word("estimate")).draft, world)
    every = world.project.estimates.order_by(Estimate.number)
    sent = [one for one in every if not one.is_final and one.draft is None]
    for one in sent[:1]:
        write_estimate(one.revise(by=world.sam), world)


def write_estimate(draft, world):
    said = {name: word(name) for name in ("title", "summary", "terms", "silence", "terms_name")}
    more = numbers("estimate_version", "contingency_bp", "discount_bp")
    more |= {"valid_until_on": DAY, "launch_on": DAY, "stance": Stance.BALLPARK}
    more["taxes"] = [make.VAT | {"name": word("tax")}]
    more["payments"] = [{"what": word("payment"), "bp": 10_000, "on": "approval"}]
    line = draft.add_line(by=world.sam)
    line_of = {
        "what": word("what"),
        "note": word("line-note"),
        "unit": WORD,
        "role": word("role"),
        "kind": LineKind.QUANTITY,
        "is_optional": True,
        "is_chosen_by_default": True,
        "taxes": [],
    }
    line_of |= numbers(
        "estimate_line",
        *("quantity_thousandths", "rate_minor", "fixed_minor"),
        *("least_thousandths", "most_thousandths"),
        *("low_minutes", "likely_minutes", "high_minutes"),
    )
    section = draft.sections.first()
    titled = {"title": word("section"), "choice": word("choice")}
    sections, lines = {section.id: titled}, {line.number: line_of}
    values = said | more | {"sections": sections, "lines": lines}
    draft.save_draft(by=world.sam, edits=draft.edits, values=values)
    draft.remove_line(draft.duplicate_line(line.number, by=world.sam).number, by=world.sam)


def change_drafts(world):
    """One of its own, one that a feedback became, and the next version of one that was sent."""
    sam, project = world.sam, world.project
    new = ChangeRequest.draft(project, by=sam, cause="budget")
    turned = world.feedback(3).turn_into_change(by=sam)
    known = [ChangeRequest.find(project, one.number) for one in project.changes]
    sent = [one for one in known if not one.current.is_draft][:1]
    for one in sent:
        one.make_version(by=sam)
    for number in (new.number, turned.number, *(one.number for one in sent)):
        write_change(ChangeRequest.find(project, number).current, world)


def write_change(draft, world):
    said = {name: word(name) for name in ("title", "summary", "why", "silence")}
    money = numbers("change_version", "used_minor", "forecast_minor")
    days = {"valid_until_on": DAY, "as_of_on": DAY}
    added = make.change_row() | {
        "action": Action.ADDED,
        "section": word("impact"),
        "title": word("impact"),
        "detail": word("impact"),
        "unit": WORD,
    }
    added |= numbers("impact", "price_minor", "quantity_thousandths", "rate_minor")
    removed = make.change_row() | {"action": Action.REMOVED, "item": 2}
    way = {"title": word("way"), "summary": word("way"), "launch_on": DAY, "is_recommended": True}
    ways = [way | {"impacts": [added, removed]}]
    draft.write_alternatives(ways, by=world.sam, edits=draft.edits, **said, **money, **days)
    type(draft).update(asks={"note": word("asks")}).where(type(draft).id == draft.id).execute()


def prototype_drafts(world):
    """One of its own with a website and a file that failed; the next version of one that was sent."""
    sam = world.sam
    new = Prototype.add(world.project, by=sam, title=word("prototype"), looks=[make.picture(WORD)])
    new.prototype.set_terms(by=sam, role=word("role"), minutes=NUMBERS["prototype.further_minutes"])
    new.prototype.link_items([1], by=sam)
    known = [world.prototype(one.number) for one in world.project.prototypes]
    sent = next((one for one in known if one.sent and not one.history[0].is_draft), known[0])
    draft = sent.history[0] if sent.history[0].is_draft else sent.add_version(by=sam)
    for version in (new, draft):
        version.describe(title=word("version"), note=word("version-note"))
        version.add_screens([make.picture(word("screen"), seed=77)])
        version.add_link(word("link"), f"https://example.test/{WORD}")
        source = Source.create(version=version, name=f"{WORD}.zip", size_bytes=1, created_by=sam)
        SiteFile.place(source, [make_sites.row(f"{WORD}.html", SITE_PAGE)])
        source.fail(word("problem"))
    Comparison.ask(sent.sent[0], draft)


def studio_pins(world):
    """Pins that somebody of the studio has not published."""
    Pin.leave(world.prototype(1).sent[0], by=world.sam, screen=1, x_bp=1, y_bp=1, text=word("pin"))


def cancellations(world):
    """The proposal of one, and its reason worded anew."""
    for _ in range(2):
        Cancellation.propose(world.sign_off(1), by=world.sam, reason=word("cancellation"))


# One's own ---------------------------------------------------------------------------------------


def ways_in(world):
    """A session that looks through a client's eyes, a code, a password."""
    session, _ = Session.start(world.sam, how="password", address=WORD, agent=word("agent"))
    member = Membership.get(project=world.project, role=Role.APPROVER)
    viewing.open_(session, member, by=world.sam)
    Code.send(world.sam, browser=word("browser"))
    world.dora.set_password(word("password"))


def habits(world):
    hour = (Rhythm.of(world.dora).hour or 0) % 20 + 1
    chosen = {"hour": hour, "weekday": hour % 6 + 1, "quiet": (hour, hour + 2)}
    chosen["projects"] = {world.project.id: Pace.WEEKLY if hour % 2 else Pace.NEVER}
    Rhythm.choose(world.dora, pace=Pace.WEEKLY if hour % 2 else Pace.HOURLY, **chosen)
    text = word("search")
    SavedSearch.keep(world.sam, name=word("search"), text=text)


def post_that_fails(world):
    """A letter to somebody of the studio on the project comes back; then his address is mended."""
    letter = Letter.select().where(Letter.user_id == world.bo.id).order_by(-Letter.id).first()
    with db.change():
        letter._record("failed", word("error"))
        Letter.update(error=word("error")).where(Letter.id == letter.id).execute()
        if Bounce.of(letter.address):
            Letter.try_again(letter.address)
        else:
            Bounce.note(letter, word("bounce"))


ACTS = (
    cancellations,
    notes,
    triage,
    saved_replies,
    promises,
    escalations,
    rates,
    terms,
    templates,
    imports,
    estimate_drafts,
    change_drafts,
    prototype_drafts,
    studio_pins,
    ways_in,
    habits,
    post_that_fails,
)


def all_of_them(world):
    for act in ACTS:
        act(world)
