"""What differs between two snapshots of one change request: by alternative, then by item."""

from datetime import date

from portal.changes import sheet
from portal.core import dates, money
from portal.signoff.subject import Difference, DiffFact, DiffRow


def between(before, after):
    """Return what changed from one snapshot to another. Alternatives are the same by number."""
    old, new = sheet.read(before), sheet.read(after)
    is_choice = old.is_choice or new.is_choice
    total = DiffRow("This change request", "", old.total_minor, new.total_minor)
    rows = _alternatives(old, new) if is_choice else _effects(old.chosen, new.chosen)
    return Difference(
        since=f"Version {before['version']}.",
        rows=tuple(rows),
        facts=tuple(_facts(before, after, old, new)),
        total=total if total.change_minor and not is_choice else None,
    )


def _alternatives(old, new):
    was, now = ({one.number: one for one in each.alternatives} for each in (old, new))
    for number, one in now.items():
        before = was.get(number)
        if before is None:
            yield DiffRow(one.title, "A new alternative", None, one.total_minor)
        elif notes := list(_alternative(before, one)):
            yield DiffRow(one.title, " ".join(notes), before.total_minor, one.total_minor)
    for number, one in was.items():
        if number not in now:
            yield DiffRow(one.title, "No longer offered.", one.total_minor, None)


def _alternative(was, now):
    """Yield what is different about one alternative, a sentence each."""
    if was.title != now.title:
        yield f"Was called “{was.title}”." if was.title else "Has a name now."
    if was.summary != now.summary:
        yield "Described anew."
    if was.launch_on != now.launch_on:
        yield f"Launch {_day(now.launch_on)}, was {_day(was.launch_on)}."
    if was.is_recommended != now.is_recommended:
        yield "Now recommended." if now.is_recommended else "No longer recommended."
    for row in _effects(was, now):
        note = row.note or "Priced anew"
        yield f"{row.what}: {note[:1].lower()}{note[1:]}."


def _effects(old, new):
    was, now = ({one.key: one for one in way.effects} for way in (old, new))
    for key in dict.fromkeys([*now, *was]):
        if was.get(key) != now.get(key):
            yield _row(was.get(key), now.get(key))


def _row(was, now):
    before, after = (one.price_minor if one else None for one in (was, now))
    return DiffRow((now or was).title, _note(was, now), before, after)


def _note(was, now):
    if was is None:
        return f"Newly in it: {now.action}"
    if now is None:
        return "No longer in it"
    if was.action != now.action:
        return f"Now {now.action}, before {was.action}"
    if (was.title, was.detail) != (now.title, now.detail):
        return "Worded anew"
    return "Priced otherwise, to the same sum" if was.price_minor == now.price_minor else ""


def _facts(before, after, old, new):
    if not (old.is_choice or new.is_choice) and old.launch_on != new.launch_on:
        yield DiffFact("Launch", _day(old.launch_on), _day(new.launch_on))
    if old.valid_until_on != new.valid_until_on:
        until = (one.valid_until_on for one in (old, new))
        yield DiffFact("Valid until", *(_day(on, "no end") for on in until))
    if before["funding"] != after["funding"]:
        yield DiffFact("Shortfall", *(_shortfall(one, before["currency"]) for one in (old, new)))
    for what, name in (
        ("Title", "title"),
        ("Summary", "summary"),
        ("Why", "why"),
        ("Without an answer", "silence"),
        ("Details of the studio", "studio"),
        ("Details of the client", "client"),
    ):
        if before[name] != after[name]:
            yield DiffFact(what, "", "worded anew")


def _shortfall(one, currency):
    if one.funding is None:
        return "none"
    figure = money.show(one.funding.shortfall_minor, currency, brief=True)
    return f"{figure} {currency}, as of {dates.day(one.funding.as_of_on)}"


def _day(on: date | None, none="unchanged"):
    return dates.day(on) if on else none
