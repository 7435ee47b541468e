"""Whom a text names with an @: people of the project, by first name or by their whole name."""

from collections import Counter

from portal.core.markdown import called


def names(people):
    """Return who can be named how: each whole name, and each first name that only one has.

    Names are in small letters, so that they are found however they were typed.
    """
    people = list(people)
    firsts = Counter(person.first_name.lower() for person in people)
    known = {
        person.first_name.lower(): person
        for person in people
        if firsts[person.first_name.lower()] == 1
    }
    return known | {person.name.lower(): person for person in people}


def of_message(people):
    """Return who can be named in a message: everybody on the project."""
    return names(people)


def of_note(people):
    """Return who can be named in a note: the studio. A client's name stays text there."""
    return names(person for person in people if person.is_studio)


def mentioned(text, known):
    """Return whom a text names, each once, in the order of the text. `known` is what `names` gave.

    A longer name wins: "@Anneke de Wit" is not "@Anneke".
    """
    found = [match[1].lower() for match in called(known).finditer(text)] if known else []
    return list({known[name].id: known[name] for name in found if name in known}.values())
