#!/usr/bin/env python3
"""Check an export of a Countersign ledger. It needs Python 3.9 or newer, and nothing else.

    python3 verify.py EXPORT.zip|FOLDER [CHAIN/SEQ:HASH ...]

CHAIN/SEQ:HASH stands on every receipt. A chain of hashes proves nothing against whoever holds
all of it; what somebody else has kept does. So give as many of these as you can find.
It prints what it read, what is wrong and what it could not check. Exit code 0: nothing is wrong.
"""

import hashlib
import json
import sys
import unicodedata
import zipfile
from pathlib import Path

PREFIX = b"ledger/v1\0"  # Hashed before the line of every entry.
GENESIS = "0" * 64  # What the first entry of a chain follows.
PEOPLE = {  # Fields that point to an identity.
    *("absent", "acting_for", "actor", "by", "device", "instead_of", "notified", "person"),
    "signer",
}
ANSWERS = {"decision.made", "decision.recorded"}  # Each has a receipt.
BROKEN = Exception  # Bytes that are not ours can lead to anything.


class Book:
    """What was read so far, what it points to, and what is wrong with it."""

    def __init__(self):
        self.wrong, self.unchecked = [], []
        self.chains = {}  # Name -> the hash of each entry, in order.
        self.decisions = {}  # "chain/seq" -> the fields of that entry.
        self.erased = set()  # Identities that an entry says are gone.
        self.named = {"identity": {}, "snapshot": {}, "file": {}, "receipt": {}}  # -> from where
        self.here = {kind: set() for kind in self.named}

    def check(self, is_right, where, words):
        if not is_right:
            self.wrong.append(f"{where}: {words}")

    def member(self, name, data):
        """Read one file of an export."""
        folder, _, stem = name.rpartition(".")[0].partition("/")
        try:
            if folder == "ledger":
                self.chain(stem.replace("__", "/"), data.split(b"\n")[:-1])
            elif folder == "snapshots":
                self.snapshot(stem, data)
            elif folder == "receipts":
                self.receipt(name, data)
            elif folder == "identities":
                for line in data.split(b"\n")[:-1]:
                    self.identity(line)
        except BROKEN as error:
            self.check(False, name, f"cannot be read: {error!r}")

    def chain(self, name, lines):
        """Read one chain: the bytes of each line, without the newline."""
        hashes, prev, at = self.chains.setdefault(name, []), GENESIS, ""
        for number, line in enumerate(lines, 1):
            where = f"{name}/{number}"
            hashes.append(hashlib.sha256(PREFIX + line).hexdigest())
            try:
                entry = read(line)
                for key, value in {"v": 1, "chain": name, "seq": number, "prev": prev}.items():
                    self.check(entry[key] == value, where, f"{key} is {entry[key]}, not {value}")
                self.check(entry["at"] >= at, where, "is earlier than the entry before it")
                self.note(where, entry)
                at = entry["at"]
            except BROKEN as error:
                self.check(False, where, error)
            prev = hashes[-1]

    def note(self, where, entry):
        """Remember what an entry points to."""
        body, named = entry["body"], self.named
        named["identity"].update((one, where) for one in texts(entry, PEOPLE) if one != "system")
        named["snapshot"].update((one, where) for one in texts(body, {"digest"}))
        named["file"].update((one, where) for one in texts(body, {"files"}))
        if entry["verb"] == "identity.erased":
            self.erased.update(texts(body, {"commitment"}))
        if entry["verb"] in ANSWERS:
            self.decisions[where] = entry
            named["receipt"][where] = where

    def identity(self, line):
        """Read one identity: what entries have committed themselves to, or why it is not here."""
        row = read(line)
        if "absent" in row:
            self.here["identity"].add(row["commitment"])
            self.unchecked.append(f"identity {row['commitment']}: {row['absent']}")
        else:
            made = hashlib.sha256(bytes.fromhex(row["salt"]) + row["json"].encode()).hexdigest()
            self.kept("identity", row["commitment"], made)

    def snapshot(self, digest, data):
        """Read what a client was shown."""
        self.kept("snapshot", digest, hashlib.sha256(data).hexdigest())
        files = texts(read(data), {"files", "sha256"})
        self.named["file"].update((one, f"snapshot {digest}") for one in files)

    def kept(self, kind, sha256, found):
        self.here[kind].add(sha256)
        self.check(found == sha256, f"{kind} {sha256}", "was changed")

    def receipt(self, name, data):
        """Compare every field of a receipt with the decision that it is the receipt of."""
        said = read(data)
        where = f"{said['event']['chain']}/{said['event']['seq']}"
        self.here["receipt"].add(where)
        entry = self.decisions[where]
        event = {key: entry[key] for key in ("chain", "seq", "prev")}
        event["hash"] = self.chains[entry["chain"]][entry["seq"] - 1]
        made = {**entry["body"], "format": "receipt/1", "made_at": entry["at"], "event": event}
        made.update(project=entry["chain"], sign_off=entry["subject"]["number"])
        self.check(dump(made) == data, name, f"does not say what {where} says")

    def heads(self, heads, who):
        """Compare where each chain ends with where it ended when somebody looked."""
        for name in sorted(heads.keys() | self.chains.keys()):
            hashes, head = self.chains.get(name, []), heads.get(name, {"seq": 0, "hash": GENESIS})
            found, said = f"{len(hashes)} {[GENESIS, *hashes][-1]}", f"{head['seq']} {head['hash']}"
            self.check(found == said, name, f"ends with entry {found}, {who} says with {said}")

    def checkpoint(self, data, sums):
        """Compare the whole export with what its checkpoint lists."""
        said = read(data)
        self.check(said["format"] == "checkpoint/1", "checkpoint.json", "has another format")
        self.heads(said["heads"], "the checkpoint")
        for name in sorted((sums.keys() | said["files"].keys()) - {"checkpoint.json"}):
            is_same = sums.get(name) == said["files"].get(name)
            self.check(is_same, name, "is not as the checkpoint lists it")
        self.unchecked.append("the checkpoint: a signature of it, which is not made yet")

    def held(self, text):
        """Compare what somebody has kept, CHAIN/SEQ:HASH, with what stands there now."""
        place, _, expected = text.partition(":")
        name, _, seq = place.rpartition("/")
        found = self.chains.get(name, [])[int(seq) - 1 : int(seq)]
        self.check(found == [expected], place, "is not the entry that somebody has a receipt of")

    def close(self):
        """Look for what is pointed to and not here, and for what should not be here."""
        for kind, named in self.named.items():
            for name in sorted(named.keys() - self.here[kind] - self.erased):
                self.check(False, f"{kind} {name}", f"is missing, and {named[name]} points to it")
        for name in sorted(self.here["identity"] & self.erased):
            self.check(False, f"identity {name}", "was erased, yet it is here")


def read(data):
    """Return the value of canonical JSON. Raises ValueError if it could be written otherwise."""
    value = json.loads(data.decode())
    if dump(value) != data or not unicodedata.is_normalized("NFC", data.decode()):
        raise ValueError("is not in canonical form")
    return value


def dump(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def texts(value, keys, is_named=False):
    """Yield each text that stands under one of these keys, however deep."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, keys, key in keys)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, keys, is_named)
    elif isinstance(value, str) and is_named:
        yield value


def members_of(export):
    """Return what an export, zip or folder, holds: name -> path."""
    if export.is_dir():
        return {p.relative_to(export).as_posix(): p for p in export.rglob("*") if p.is_file()}
    archive = zipfile.ZipFile(export)
    if len(set(archive.namelist())) != len(archive.infolist()):
        raise ValueError("it holds two files of one name")
    names = [name for name in archive.namelist() if not name.endswith("/")]
    return {name: zipfile.Path(archive, name) for name in names}


def verify(members, held=()):
    """Return the book of an export, compared with what others have kept of it."""
    book, sums = Book(), {}
    for name in sorted(members):  # So chains come before the receipts of their entries.
        data = members[name].read_bytes()
        sums[name] = hashlib.sha256(data).hexdigest()
        book.member(name, data)
        if name.startswith("files/"):
            book.kept("file", name[len("files/") :], sums[name])
    book.checkpoint(members["checkpoint.json"].read_bytes(), sums)
    for text in held:
        book.held(text)
    book.close()
    return book


def main(arguments):
    if not arguments:
        sys.exit(__doc__)
    try:
        book = verify(members_of(Path(arguments[0])), arguments[1:])
    except BROKEN as error:
        sys.exit(f"WRONG {arguments[0]} cannot be read: {error!r}")
    lines = [f"read {name}: {len(hashes)} entries" for name, hashes in book.chains.items()]
    lines += [f"read {kind}: {len(here)}" for kind, here in book.here.items()]
    lines += [f"NOT CHECKED {words}" for words in book.unchecked]
    lines += [f"WRONG {words}" for words in book.wrong]
    print("\n".join([*lines, "wrong" if book.wrong else "whole"]))
    sys.exit(bool(book.wrong))


if __name__ == "__main__":
    main(sys.argv[1:])
