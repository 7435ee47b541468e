"""How an answer came to be, for its receipt: asked, opened, answered or written down, and told."""

import datetime as dt

from portal.core import money
from portal.core.fields import capital
from portal.documents.paper import Fact
from portal.ledger.models import Identity
from portal.signoff.models.answers import How, recorded
from portal.signoff.subject import SUBJECTS

#: The fields of a record that are told here.
TOLD = {
    *("recorded", "acting_for", "mandate", "asked_at", "opened_at", "form_age_s", "letters"),
    *("notified", "session", "supersedes", "release", "purchase_order_sha256", "files"),
}
ERASED = "Erased on request; the commitment remains"


def source(record):
    """recorded by the studio from a letter of 3 March 2026; empty where it was given here."""
    said = record["recorded"]
    return recorded(said["how"], dt.date.fromisoformat(said["on"])) if said else ""


def sentence(record):
    """Return the same as a sentence begins."""
    return capital(source(record))


def authority(record):
    """Yield on whose behalf and on what mandate it was answered."""
    said = record["recorded"]
    if said:
        how = How(said["how"]).of(dt.date.fromisoformat(said["on"]))
        yield Fact("Recorded by", name_of(said["by"]), (f"Of the studio, from {how}",))
    if record["acting_for"]:
        yield Fact("Acting for", name_of(record["acting_for"]), ("Who was away",))
    else:
        yield Fact("Acting for", "Nobody else: in their own seat", look="quiet")
    mandate = record["mandate"]
    if mandate:
        yield Fact("Mandate", f"Number {mandate['number']}", tuple(_limits(mandate)))
    else:
        yield Fact("Mandate", "No limit was set, or none was used", look="quiet")


def came_with(record, decision):
    """Yield what came with the answer: an order number, files."""
    digest = record["purchase_order_sha256"]
    if digest:
        yield Fact("Purchase order", decision.purchase_order)
        yield Fact.hash("Hash of that number", digest)
    else:
        yield Fact("Purchase order", "None was given", look="quiet")
    for sha256 in record["files"]:
        yield Fact.hash("File", sha256, "Came with the answer")
    if not record["files"]:
        yield Fact("Files", "None came with the answer", look="quiet")


def facts(record, moment):
    """Yield how the question came to this person; `moment` says an instant in words."""
    yield Fact("Asked at", moment(record["asked_at"]))
    opened, age, letters = record["opened_at"], record["form_age_s"], record["letters"]
    quiet = Fact("First opened", "Not noted", look="quiet")
    yield Fact("First opened", moment(opened)) if opened else quiet
    if age is not None:
        yield Fact("Page made", f"{age} seconds before the answer")
    yield Fact(
        "Letters to them",
        f"{letters['written']} written, {letters['sent']} sent, {letters['failed']} failed",
    )
    yield Fact("Told besides", _people(record["notified"]), ("Each by commitment in the record",))
    before = record["supersedes"]
    if before:
        yield Fact.hash("Replaces", before["digest"], f"The digest of version {before['version']}")
    else:
        yield Fact("Replaces", "No version before it", look="quiet")
    if record["session"]:
        yield Fact.hash("Session", record["session"], "A hash of a hash: it opens nothing")
    yield Fact("Release", record["release"])


def name_of(commitment):
    """Return the name behind a commitment, as it was kept with it."""
    found = Identity.get_or_none(commitment=commitment)
    return found.facts["name"] if found else ERASED


def _limits(mandate):
    if mandate["kinds"]:
        yield "For " + ", ".join(SUBJECTS[kind].NOUN for kind in mandate["kinds"])
    if mandate["decision_limit"]:
        yield f"Up to {_money(mandate['decision_limit'])} for one decision"
    if mandate["project_limit"]:
        used = _money(mandate["used"])
        yield f"Up to {_money(mandate['project_limit'])} on this project, {used} with this"


def _money(amount):
    return f"{money.show(amount['minor'], amount['currency'])}\u00a0{amount['currency']}"


def _people(commitments):
    return f"{len(commitments)} {'person' if len(commitments) == 1 else 'people'}"
