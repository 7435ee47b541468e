"""The document of a receipt: the record, who signed, and the whole sheet that was signed.

It is made from the record, the sealed snapshot and the two texts that the record holds by hash:
who signed, and the note. A row that is missing, or says none, is printed too: that is information.
"""

import datetime as dt

from portal.core import canonical, dates, money
from portal.documents import sent, talk, way
from portal.documents.paper import PARTS, Fact, Facts, Paper, Part, Prose, Signature, day
from portal.ledger.verify import texts

DID = {
    "approve": "Approved",
    "approve_with_notes": "Approved with a note",
    "request_changes": "Changes requested",
    "decline": "Declined",
}
HOW = {
    "password": "Password",
    "email code": "Six digits mailed to the address on file",
    "recorded by the studio": "Not in the portal: the studio recorded what was said",
}
LEVEL = "Electronic signature with evidence"
#: Fields that stand in a row of their own; whatever else a record holds is listed as it is.
TOLD = {
    *("format", "project", "sign_off", "made_at", "event", "kind", "subject_number", "version"),
    *("digest", "amount", "answer", "options", "launch", "baseline", "consent", "notes_sha256"),
    *("signer", "device", "identified_by", "identified_at", "questions"),
    *way.TOLD,
}
ERASED = "Erased on request; its commitment remains"


class Altered(Exception):
    """What a record holds by its hash is not what it says. Nothing is printed from that."""


def paper_of(receipt, key):
    """Return the Paper of a receipt that will be sealed with `key`.

    Raises Altered if the snapshot or the note is not what the record says.
    """
    record, sign_off = receipt.facts, receipt.decision.sign_off
    _check(record, sign_off, receipt.decision)
    shown, signer = sign_off.shown, receipt.signer
    options = tuple(record["options"]) if _is_yes(record) else None
    label = f"Receipt {receipt.name}"
    return Paper(
        label=label,
        title=shown["title"],
        lede=_lede(record, signer),
        issuer=shown.get("studio", {}).get("name") or key.name,
        foot=(
            f"{label} · {_level(record)} · Sealed by {key.name}, key {key.fingerprint[: sent.SHOWN]}…",
            f"Entry {place_of(record)} · Digest {record['digest'][: sent.SHOWN]}…",
        ),
        parts=[
            *_record_parts(receipt, record, sign_off, signer, key),
            *_signed(record, sign_off, options),
        ],
        made_at=record["made_at"],
        under=(f"{sign_off.label.capitalize()}", _moment(record["made_at"], signer)),
        state=DID[record["answer"]],
        is_signed=_is_signed(record),
    )


def files_of(receipt):
    """Return what is attached: the record and the snapshot, byte for byte."""
    sign_off = receipt.decision.sign_off
    return [
        _file("record.json", receipt.record, "The record of the decision"),
        _file("snapshot.json", sign_off.snapshot, "What was shown and signed"),
    ]


def file_name(receipt):
    """Return what the file is called: receipt-tidelines-7.pdf."""
    return f"receipt-{receipt.name.replace('/', '-')}.pdf"


def _check(record, sign_off, decision):
    if canonical.sha256(sign_off.snapshot) != record["digest"]:
        raise Altered(f"the snapshot of {sign_off.path} is not the one that was signed")
    notes = canonical.sha256(decision.notes) if decision.notes else None
    if notes != record["notes_sha256"]:
        raise Altered(f"the note on {sign_off.path} is not the one that was written")
    order = canonical.sha256(decision.purchase_order) if decision.purchase_order else None
    if order != record["purchase_order_sha256"]:
        raise Altered(f"the purchase order of {sign_off.path} is not the one that was given")
    if not talk.is_whole(decision, record["questions"]):
        raise Altered(f"the questions on {sign_off.path} are not those that were asked")


def _lede(record, signer):
    company = signer["company"] if signer else "the client"
    name = signer["name"] if signer else "Somebody"
    said = f"{name} answered for {company}: {DID[record['answer']].lower()}."
    if record["recorded"]:
        said += f" It was {way.source(record)}."
    if _is_yes(record) and record["amount"]:
        said += f" {money_of(record['amount'])}, excluding tax."
    if _is_yes(record) and record["launch"]:
        said += f" Launch {day(record['launch'])}."
    return said


def _record_parts(receipt, record, sign_off, signer, key):
    name = signer and (signer["typed_name"] or signer["name"])
    signed = Signature(name or ERASED, tuple(_lines(record, signer)), _is_signed(record))
    source = way.sentence(record)
    did = "Recorded" if source else "Signed" if _is_yes(record) else "Answered"
    yield Part(did, [signed], source or LEVEL)
    yield Part("Answer", [Facts(list(_answer(record, receipt.decision)))])
    yield Part("Who", [Facts(list(_who(record, signer)))])
    yield Part("What", [Facts(list(_what(record, sign_off)))])
    yield from talk.parts(receipt.decision)
    yield Part("How it came", [Facts(list(way.facts(record, utc)))])
    yield Part("Record", [Facts(list(_entry(record, key)))], "The ledger's entry, and this file")


def _signed(record, sign_off, options):
    """Return the whole sheet that was answered, after its summary."""
    shown = sign_off.shown
    did = "signed" if _is_signed(record) else "answered"
    note = f"{sign_off.label.capitalize()}, all of it, as it was shown"
    yield Part(f"What was {did}", [Prose.of(shown["summary"] or shown["title"])], note)
    yield from PARTS[sign_off.kind](shown, options)


def _is_yes(record):
    return record["answer"].startswith("approve")


def _is_signed(record):
    """Return whether the person signed here: said yes, and not to somebody of the studio."""
    return _is_yes(record) and record["recorded"] is None


def _level(record):
    return "Answer recorded by the studio" if record["recorded"] else LEVEL


def _lines(record, signer):
    if signer:
        role = ", ".join(filter(None, (signer["title"], signer["company"])))
        yield f"{signer['name']}, {role}" if role else signer["name"]
    yield _moment(record["made_at"], signer)
    if record["recorded"]:
        yield way.sentence(record)


def _answer(record, decision):
    yield Fact("Answer", DID[record["answer"]])
    consent = record["consent"]
    if consent:
        yield Fact("Agreed to", f"“{consent['text']}”", (f"Text {consent['id']}",))
        yield Fact.hash("Hash of that text", consent["sha256"])
    elif record["recorded"]:
        yield Fact("Agreed to", "Nothing was ticked here, so nothing is claimed", look="quiet")
    else:
        yield Fact("Agreed to", "Nothing: this is no approval", look="quiet")
    if record["notes_sha256"]:
        yield Fact("Note or reason", decision.notes)
        yield Fact.hash("Hash of the note", record["notes_sha256"])
    else:
        yield Fact("Note or reason", "None was written", look="quiet")
    yield from way.came_with(record, decision)


def _who(record, signer):
    if signer:
        yield Fact("Name on file", signer["name"])
        typed = signer["typed_name"]
        yield Fact("Name typed", typed) if typed else Fact("Name typed", "None", look="quiet")
        yield Fact("Address on file", signer["email"])
        yield Fact("For", ", ".join(filter(None, (signer["company"], signer["title"]))))
    else:
        yield Fact("Name", ERASED, look="quiet")
    yield from way.authority(record)
    yield Fact("Identified by", HOW.get(record["identified_by"], record["identified_by"]))
    yield Fact("Identified at", *_times(record["identified_at"], signer))
    yield Fact("Answered at", *_times(record["made_at"], signer))
    yield Fact.hash("Identity record", record["signer"], "A salted hash: it can be erased")
    yield Fact.hash("Address and device", record["device"], "Kept by the studio, not printed")


def _what(record, sign_off):
    yield Fact("Subject", f"{sign_off.label.capitalize()}, {sign_off.title}")
    yield Fact("Project", f"{record['project']}, sign-off {record['sign_off']}")
    amount, options = record["amount"], record["options"]
    if amount:
        yield Fact(
            "Amount" if _is_yes(record) else "Amount shown", f"{money_of(amount)}, excluding tax"
        )
    else:
        yield Fact("Amount", "Nothing about money was decided", look="quiet")
    if options:
        more = (f"In the record: {', '.join(options)}",)
        yield Fact("Options chosen", sign_off.offer(tuple(options)).choice or _lines(options), more)
    else:
        yield Fact("Options chosen", "None", look="quiet")
    launch = record["launch"]
    quiet = Fact("Launch", "Not moved by this", look="quiet")
    yield Fact("Launch", day(launch)) if launch else quiet
    yield Fact("Scope at that time", f"Baseline {record['baseline']}")
    yield Fact.hash("Digest", record["digest"], "SHA-256 of the snapshot, which is attached")
    files = sorted(set(texts(sign_off.shown, {"files", "sha256"})))
    for sha256 in files:
        yield Fact.hash("File", sha256)
    if not files:
        yield Fact("Files", "None belong to it", look="quiet")


def _entry(record, key):
    event = record["event"]
    yield Fact("Entry", f"{event['seq']} of the chain {event['chain']}")
    yield Fact.hash("Hash", event["hash"])
    yield Fact.hash("After the entry", event["prev"])
    yield Fact("Sealed by", f"{key.name}, with the studio's own key; by no client's")
    yield Fact.hash("Key", key.fingerprint, "SHA-256 of its certificate")
    yield Fact("Attached", "record.json, snapshot.json", ("Byte for byte as they were hashed",))
    for name in sorted(record.keys() - TOLD):
        yield Fact(name.replace("_", " ").capitalize(), canonical.dump(record[name]))


def _times(stamp, signer):
    """Return an instant in UTC, and where the signer is."""
    zone = signer and signer.get("zone")
    return (utc(stamp), (_in_zone(stamp, zone),) if zone else ())


def _moment(stamp, signer):
    zone = signer and signer.get("zone")
    return _in_zone(stamp, zone) if zone else utc(stamp)


def utc(stamp):
    at = dt.datetime.fromisoformat(stamp)
    return f"{dates.day(at.date())}, {at:%H:%M:%S} UTC"


def _in_zone(stamp, zone):
    place = dates.place(zone)
    at = dt.datetime.fromisoformat(stamp).astimezone(place)
    city = place.key.rpartition("/")[2].replace("_", " ")
    return f"{dates.day(at.date())}, {at:%H:%M:%S} {city} time"


def money_of(amount):
    return f"{money.show(amount['minor'], amount['currency'])}\u00a0{amount['currency']}"


def place_of(record):
    return f"{record['event']['chain']}/{record['event']['seq']}"


def _file(name, text, description):
    return {
        "name": name,
        "text": text,
        "media_type": "application/json",
        "description": description,
    }
