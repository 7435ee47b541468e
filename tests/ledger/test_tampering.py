"""Whatever is altered in an export is found, wherever it stands.

The checkpoint is not signed yet: whoever alters something can remake it. So `remade` comes after
every tamper that the chain itself must reveal.
"""

import hashlib
import json
import unicodedata

import pytest

from portal.core import canonical
from portal.ledger import verify

CHAIN = "ledger/harbour.jsonl"


class Member(bytes):
    read_bytes = bytes.__bytes__


def wrong(members, *held):
    return verify.verify({name: Member(data) for name, data in members.items()}, held).wrong


def lines_of(members):
    return members[CHAIN].split(b"\n")[:-1]


def hash_of(line):
    return hashlib.sha256(verify.PREFIX + line).hexdigest()


def with_lines(members, lines):
    return {**members, CHAIN: b"".join(line + b"\n" for line in lines)}


def remade(members):
    """Return the export with a checkpoint that fits whatever is in it now."""
    checkpoint = json.loads(members["checkpoint.json"])
    checkpoint["files"] = {
        name: hashlib.sha256(data).hexdigest()
        for name, data in members.items()
        if name != "checkpoint.json"
    }
    lines = lines_of(members)
    checkpoint["heads"]["harbour"] = {"seq": len(lines), "hash": hash_of(lines[-1])}
    return {**members, "checkpoint.json": canonical.dump(checkpoint).encode()}


def changed(line, **fields):
    return canonical.dump(json.loads(line) | fields).encode()


def edited(line):
    subject = json.loads(line)["subject"]
    return changed(line, subject=subject | {"number": subject["number"] + 1})


def relinked(lines, start):
    """Return the lines with `prev` made right again from `start` on."""
    lines = list(lines)
    for i in range(max(start, 1), len(lines)):
        lines[i] = changed(lines[i], prev=hash_of(lines[i - 1]))
    return lines


def test_a_whole_export_has_nothing_wrong(whole):
    receipts = [f"harbour/{n}:{hash_of(line)}" for n, line in enumerate(lines_of(whole), 1)]
    assert wrong(whole, *receipts) == []
    assert wrong(remade(whole)) == []


# The chain finds it alone ------------------------------------------------------------------------


def edit(lines, i):
    lines[i] = edited(lines[i])


def edit_and_fix_the_next_link(lines, i):
    edit(lines, i)
    lines[i + 1] = changed(lines[i + 1], prev=hash_of(lines[i]))


def delete(lines, i):
    del lines[i]


def delete_and_fix_every_link(lines, i):
    del lines[i]
    lines[:] = relinked(lines, i)


def swap(lines, i):
    lines[i], lines[i + 1] = lines[i + 1], lines[i]


def duplicate(lines, i):
    lines.insert(i, lines[i])


def duplicate_and_fix_every_link(lines, i):
    lines.insert(i, lines[i])
    lines[:] = relinked(lines, i)


def date_back_and_fix_every_link(lines, i):
    lines[i + 1] = changed(lines[i + 1], at="2019-01-01T00:00:00.000Z")
    lines[:] = relinked(lines, i)


def move_to_another_chain(lines, i):
    lines[i] = changed(lines[i], chain="otter")
    lines[:] = relinked(lines, i)


@pytest.mark.parametrize(
    ("tamper", "spared"),
    [
        # How many entries at the end reveal nothing by themselves: what they were is forgotten.
        (edit, 1),
        (edit_and_fix_the_next_link, 2),
        (delete, 1),
        (delete_and_fix_every_link, 1),
        (swap, 1),
        (duplicate, 0),
        (duplicate_and_fix_every_link, 0),
        (date_back_and_fix_every_link, 1),
        (move_to_another_chain, 0),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_chain_reveals(whole, tamper, spared):
    missed = []
    for i in range(len(lines_of(whole)) - spared):
        lines = lines_of(whole)
        tamper(lines, i)
        if not wrong(remade(with_lines(whole, lines))):
            missed.append(i + 1)
    assert not missed


def test_an_entry_dated_back_at_the_end_is_found_although_all_else_fits(whole):
    lines = lines_of(whole)
    last = json.loads(lines[-1])
    late = {"seq": last["seq"] + 1, "prev": hash_of(lines[-1]), "at": "2020-01-01T00:00:00.000Z"}
    lines.append(changed(lines[-1], **late))
    assert "earlier than the entry before it" in wrong(remade(with_lines(whole, lines)))[0]


# The form of a line ------------------------------------------------------------------------------


def with_carriage_return(line):
    return line + b"\r"


def with_byte_order_mark(line):
    return b"\xef\xbb\xbf" + line


def with_a_key_twice(line):
    return line.replace(b'"verb":', b'"verb":"sign_off.sent","verb":')


def with_keys_in_another_order(line):
    fields = json.loads(line)
    backwards = {key: fields[key] for key in reversed(fields)}
    return json.dumps(backwards, ensure_ascii=False, separators=(",", ":")).encode()


def with_a_space_behind(line):
    return line + b" "


def with_an_escaped_letter(line):
    return line.replace(b"harbour", b"h\\u0061rbour", 1)


def not_in_utf_8(line):
    return line.replace(b"harbour", b"h\xe4rbour", 1)


@pytest.mark.parametrize(
    "rewrite",
    [
        with_carriage_return,
        with_byte_order_mark,
        with_a_key_twice,
        with_keys_in_another_order,
        with_a_space_behind,
        with_an_escaped_letter,
        not_in_utf_8,
    ],
    ids=lambda rewrite: rewrite.__name__,
)
def test_another_spelling_of_a_line_is_refused_although_every_hash_fits(whole, rewrite):
    missed = []
    for i in range(len(lines_of(whole))):
        lines = lines_of(whole)
        lines[i] = rewrite(lines[i])
        lines = [*lines[: i + 1], *relinked(lines, i + 1)[i + 1 :]]
        if not wrong(remade(with_lines(whole, lines))):
            missed.append(i + 1)
    assert not missed


def test_letters_taken_apart_are_refused_although_every_hash_fits(whole):
    lines = lines_of(whole)
    places = [i for i, line in enumerate(lines) if "é" in line.decode()]
    assert len(places) > 20
    for i in places:
        lines = lines_of(whole)
        lines[i] = unicodedata.normalize("NFD", lines[i].decode()).encode()
        lines = [*lines[: i + 1], *relinked(lines, i + 1)[i + 1 :]]
        assert "canonical" in wrong(remade(with_lines(whole, lines)))[0]


def test_bytes_behind_the_last_line_are_found(whole):
    assert wrong({**whole, CHAIN: whole[CHAIN] + b"{}"})
    assert wrong({**whole, CHAIN: whole[CHAIN] + b"\n"})
    assert wrong(remade({**whole, CHAIN: whole[CHAIN] + b"\n"}))


# The checkpoint, and what others have kept -------------------------------------------------------


@pytest.mark.parametrize("count", [1, 2, 5, 30, 59])
def test_a_cut_is_found_by_the_checkpoint_and_by_whoever_has_a_receipt(whole, count):
    cut = with_lines(whole, lines_of(whole)[:-count])
    last = f"harbour/60:{hash_of(lines_of(whole)[-1])}"

    assert f"ends with entry {60 - count}" in " ".join(wrong(cut))
    assert any(words.startswith("harbour/60:") for words in wrong(remade(cut), last))


def test_a_rewritten_history_is_found_by_whoever_has_a_later_receipt(whole):
    """Nothing inside the export can find it: that is why receipts go out to both sides."""
    true = lines_of(whole)
    receipt = f"harbour/60:{hash_of(true[-1])}"
    missed = []
    for i in range(len(true)):
        lines = list(true)
        lines[i] = edited(lines[i])
        forged = with_lines(whole, relinked(lines, i))
        if not wrong(forged) or not wrong(remade(forged), receipt):
            missed.append(i + 1)
    assert not missed


# What entries point to ---------------------------------------------------------------------------


def identities_of(members):
    return [json.loads(line) for line in members["identities.jsonl"].splitlines()]


def with_identities(members, rows):
    data = b"".join(canonical.dump(row).encode() + b"\n" for row in rows)
    return remade({**members, "identities.jsonl": data})


@pytest.mark.parametrize("field", ["json", "salt", "commitment"])
def test_a_changed_identity_is_found(whole, field):
    for i in range(len(identities_of(whole))):
        rows = identities_of(whole)
        first = "b" if rows[i][field][0] == "a" else "a"
        rows[i][field] = first + rows[i][field][1:]
        assert wrong(with_identities(whole, rows))


def test_a_missing_identity_is_found(whole):
    for i in range(len(identities_of(whole))):
        rows = identities_of(whole)
        gone = rows.pop(i)["commitment"]
        assert f"identity {gone}: is missing" in wrong(with_identities(whole, rows))[0]


def evidence(members):
    return [name for name in members if name.split("/")[0] in {"snapshots", "receipts", "files"}]


def test_evidence_that_was_removed_is_found(whole):
    assert {name.split("/")[0] for name in evidence(whole)} == {"snapshots", "receipts", "files"}
    for name in evidence(whole):
        rest = {other: data for other, data in whole.items() if other != name}
        assert any("missing" in words for words in wrong(remade(rest))), name


def test_evidence_that_was_changed_is_found(whole):
    missed = []
    for name in evidence(whole):
        for i in range(0, len(whole[name]), 7):
            data = bytearray(whole[name])
            data[i] ^= 1
            if not wrong(remade({**whole, name: bytes(data)})):
                missed.append((name, i))
    assert not missed


def test_a_receipt_of_a_decision_that_was_never_made_is_found(whole):
    name = next(name for name in whole if name.startswith("receipts/"))
    receipt = json.loads(whole[name])
    receipt["event"] |= {"seq": 1, "hash": hash_of(lines_of(whole)[0])}
    forged = {**whole, "receipts/harbour-99.json": canonical.dump(receipt).encode()}
    assert wrong(remade(forged))


# Any byte ----------------------------------------------------------------------------------------

STEP = 61  # A prime, so that no period of the format hides from it.


def test_any_changed_byte_of_any_file_is_found(whole):
    missed = []
    for name, whole_data in whole.items():
        for i in {*range(0, len(whole_data), STEP), len(whole_data) - 1}:
            data = bytearray(whole_data)
            data[i] ^= 1
            if not wrong_or_broken({**whole, name: bytes(data)}):
                missed.append((name, i))
    assert not missed


def test_any_changed_byte_of_the_checkpoint_is_found(whole):
    missed = []
    for i in range(0, len(whole["checkpoint.json"]), 5):
        data = bytearray(whole["checkpoint.json"])
        data[i] ^= 1
        if not wrong_or_broken({**whole, "checkpoint.json": bytes(data)}):
            missed.append(i)
    assert not missed


def wrong_or_broken(members):
    """The script ends with "cannot be read" when the checkpoint is no checkpoint any more."""
    try:
        return wrong(members)
    except verify.BROKEN as error:
        return [str(error)]
