"""What a change request still needs before it can be sent, a sentence each."""

from portal.signoff.models.stand_ins import studio_day


def missing(draft):
    """Return what has to be filled in, the most general first; empty when it can go out."""
    today = studio_day()
    ways = draft.alternatives
    is_over = draft.valid_until_on is not None and draft.valid_until_on < today
    lacking = (
        (not draft.baseline.standing, "Nothing is signed yet: get an estimate approved first."),
        (not draft.title, "Give it a title."),
        (not draft.summary, "Say in one sentence what changes."),
        (not draft.why, "Say why."),
        *(_money(draft, ways) if draft.change.is_funding else ()),
        *(_names(ways) if len(ways) > 1 else ()),
        (not ways, NOTHING),
        *(pair for one in ways for pair in _alternative(one, len(ways) > 1)),
        (is_over, "It is valid until a day that has passed."),
    )
    return list(dict.fromkeys(sentence for is_lacking, sentence in lacking if is_lacking))


NOTHING = "Say what changes: something in the scope, or the launch."


def _alternative(one, is_choice):
    """Yield (is it lacking, sentence) for what one alternative needs."""
    effects, now = one.effects, one.version.baseline
    touched = [effect.item for effect in effects if effect.item]
    named = f"“{one.title}”: " if is_choice and one.title else ""
    yield not effects and one.new_launch_on is None, named + NOTHING
    for effect in effects:
        yield bool(effect.missing), named + effect.missing
    yield (
        any(now.item(number).is_removed for number in touched),
        named + "Something here has been removed from the scope meanwhile. Take its row out.",
    )
    yield (
        len(touched) != len(set(touched)),
        named + "One item stands in two rows. Say all about it in one.",
    )


def _names(ways):
    titles = [one.title.casefold() for one in ways]
    yield not all(titles), "Give each alternative a title: the client chooses by it."
    yield (
        not all(one.summary for one in ways),
        "Say of each alternative in one sentence what it is.",
    )
    yield len(set(titles)) < len(titles), "Two alternatives have the same title."


def _money(draft, ways):
    """Yield what only a funding request needs."""
    figures = (draft.used_minor, draft.forecast_minor, draft.as_of_on)
    yield None in figures, "Say what is used, what you forecast, and as of which day."
    if None in figures:
        return
    yield draft.used_minor < 0, "What is used is not below zero."
    yield draft.as_of_on > studio_day(), "The figures are of a day that is still to come."
    yield (
        draft.forecast_minor <= draft.baseline.total_minor,
        "The forecast is covered by what is signed: there is nothing to ask for.",
    )
    yield draft.used_minor > draft.forecast_minor, "More is used than you forecast."
    yield (
        not any(one.total_minor > 0 for one in ways),
        "Say what it would cost to go on as agreed, in one alternative.",
    )
    yield (
        not any(one.total_minor <= 0 for one in ways),
        "Offer at least one way that costs no more: something left out, or a later date.",
    )
