"""Is it ours, is it whole, does it still count? For anyone who holds a receipt or an export.

Nothing is said that does not stand in the file itself, but for three words: whether the ledger still
holds it, whether it is disputed or cancelled, and whether a later version followed.
"""

import hashlib
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal import workshop
from portal.core.errors import DomainError
from portal.documents import receipts
from portal.documents.models import SealKey
from portal.documents.places import place
from portal.ledger import verify
from portal.ledger.models import Event
from portal.ledger.verbs import Verb
from portal.signoff import marks
from portal.signoff.models import Decision, Receipt, Seal, SignOff
from portal.storage.models import Blob

MAX_BYTES = 50_000_000  # An export without its films; larger ones are for the script.
HEAD_BYTES = 1024  # Within these a PDF says that it is one.
NEITHER = "This is neither a receipt (a PDF) nor an export (a zip). Choose one of these."


@dataclass(frozen=True)
class Finding:
    """What we can say about a file."""

    is_good: bool
    heading: str
    said: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()


def check(path):
    """Return the Finding about the file at `path`. Raises DomainError for what is no such file."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if b"%PDF-" in head:
        return _receipt(path)
    if head.startswith(b"PK"):
        return _export(path)
    raise DomainError(NEITHER)


# A receipt ---------------------------------------------------------------------------------------


def _receipt(path):
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    ours = Seal.select().join(Blob).where(Blob.sha256 == sha256).first()
    if ours:  # The very bytes that we made: nothing has to be read to know all of them.
        return _standing(ours.receipt)
    seals, record = _read(path)
    known = {key.fingerprint for key in SealKey.select(SealKey.fingerprint)}
    mine = [seal for seal in seals if seal["fingerprint"] in known]
    if not seals:
        return _bad("This file has no seal", "A receipt of ours is sealed as soon as it is made.")
    if not mine:
        return _bad("This seal is not ours", "It was made with a key that this studio never had.")
    if not mine[0]["intact"]:
        return _bad("This file was changed", "It is not what was sealed. Do not rely on it.")
    if not mine[0]["whole"] or len(seals) > 1:
        return _bad("Something was added", "What was sealed is in it, and more. Use the original.")
    return _sealed(record, sha256)


def _read(path):
    with place(), tempfile.TemporaryDirectory() as into:
        told = workshop.run("receipt", path, Path(into))
        record = told["attached"].get("record.json")
        return told["seals"], record and (Path(into) / record["file"]).read_bytes()


def _sealed(record, sha256):
    """Say what the ledger says of the record in a file whose seal is ours and good."""
    receipt = _held(record)
    if receipt is None:
        words = "The seal is ours and good, but the ledger here does not hold its entry."
        return _bad("The record is missing", words, "Tell the studio, and keep this file.")
    seal = Seal.of(receipt)
    if seal and seal.pdf and seal.pdf.sha256 != sha256:
        words = "The seal is good, yet these are not the bytes that were sealed."
        return _bad("This is not the file we made", words)
    return _standing(receipt)


def _held(record):
    """Return the receipt with exactly this record, if the ledger holds its entry, or None."""
    try:
        event = json.loads(record)["event"]
        entry = Event.get_or_none(
            Event.hash == str(event["hash"]),
            Event.verb.in_((Verb.DECISION_MADE, Verb.DECISION_RECORDED)),
        )
        text = record.decode()
    except (TypeError, ValueError, KeyError):
        return None
    receipt = entry and Receipt.select().join(Decision).where(Decision.event == entry.id).first()
    return receipt if receipt and receipt.record == text else None


def _standing(receipt):
    record, sign_off = receipt.facts, receipt.decision.sign_off
    entry = Event.get_or_none(hash=record["event"]["hash"])
    if (
        entry is None
        or hashlib.sha256(verify.PREFIX + entry.line.encode()).hexdigest() != entry.hash
    ):
        return _bad("The record is missing", "The ledger here does not hold its entry any more.")
    said = ["The seal is ours, and not a byte has changed.", "The ledger holds its entry."]
    heading, words = _now(receipt, sign_off)
    facts = tuple(_facts(receipt, record, sign_off))
    return Finding(True, heading, (*said, *words), facts)


def _now(receipt, sign_off):
    """Return how a genuine receipt stands today: a heading, and what else there is to say."""
    became, source = marks.of(sign_off), receipt.decision.source
    said = [f"The answer was {source}."] if source else []
    if became.is_cancelled:
        said.append("Both sides have undone it since; it counts in no sum any more.")
        return f"Genuine, cancelled by {became.cancelled_by.subject_label}", said
    if receipt.decision.id in {one.decision_id for one in became.disputes}:
        said.append("Whoever it is the answer of objected to it since.")
        return "Genuine, disputed", said
    if _is_followed(sign_off):
        said.append(f"It is about version {sign_off.version}. A later one was sent since.")
        return "Genuine, and followed by a later version", said
    return "Genuine, and current", [*said, "No later version of this was sent."]


def _is_followed(sign_off):
    later = SignOff.select().where(
        SignOff.project == sign_off.project_id,
        SignOff.kind == sign_off.kind,
        SignOff.subject_number == sign_off.subject_number,
        SignOff.version > sign_off.version,
    )
    return later.exists()


def _facts(receipt, record, sign_off):
    yield "Receipt", receipt.name
    yield "What", f"{sign_off.label.capitalize()}, {sign_off.title}"
    yield "Answer", receipts.DID[record["answer"]]
    if record["amount"]:
        yield "Amount", f"{receipts.money_of(record['amount'])}, excluding tax"
    yield "Answered at", receipts.utc(record["made_at"])
    yield "Entry", f"{receipts.place_of(record)}, {record['event']['hash']}"


# An export ---------------------------------------------------------------------------------------


def _export(path):
    verifier = Path(verify.__file__)
    with place(), tempfile.TemporaryDirectory() as into:
        told = workshop.run("record", path, Path(into), verifier=verifier)
    lines = tuple(f"Not checked: {words}" for words in told["unchecked"])
    if told["wrong"]:
        return _bad("This export was changed", *told["wrong"], *lines)
    if not all(_holds(chain, head) for chain, head in told["heads"].items()):
        words = "It fits together, but the ledger here does not hold what it ends with."
        return _bad("This is not our ledger", words, *lines)
    said = ("It fits together, and the ledger here holds every entry of it.", *lines)
    facts = tuple(
        (chain, f"{head['seq']} entries, the last {head['hash']}")
        for chain, head in sorted(told["heads"].items())
    )
    return Finding(True, "Genuine, and ours", said, facts)


def _holds(chain, head):
    """Answer whether the ledger has this entry there: then it has all before it, by their hashes."""
    entry = Event.chain == str(chain), Event.seq == int(head["seq"])
    return Event.select().where(*entry, Event.hash == str(head["hash"])).exists()


def _bad(heading, *said):
    return Finding(False, heading, said)
