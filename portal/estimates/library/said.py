"""What the producer is told after an estimate began with something: what came along, what did not."""


def said_of_copy(found):
    """Return what to say of a `currency.Converted`."""
    words = [
        "It begins as a copy, with a number and a date of its own. Read it before you send it."
    ]
    if found.is_other:
        words.append(said_of_prices(found))
    return " ".join(words)


def said_of_prices(found):
    """Return what became of prices in another currency."""
    now = found.outline["currency"]
    words = [f"Its prices were in {found.was} and did not come along."]
    if found.from_card:
        words.append(f"{lines(found.from_card)} took the price of the rate card in {now}.")
    if found.emptied:
        words.append(
            f"{lines(found.emptied)} still {'needs' if found.emptied == 1 else 'need'} one."
        )
    return " ".join(words)


def said_of_import(preview):
    """Return how many rows became lines, and how many did not."""
    words = [f"{lines(len(preview.good))} imported."]
    if preview.bad:
        count = len(preview.bad)
        words.append(f"{count} {'row' if count == 1 else 'rows'} left out.")
    return " ".join(words)


def lines(count):
    return "1 line" if count == 1 else f"{count} lines"
