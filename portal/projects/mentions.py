"""What a person is called, and the letters to others that say so, without it."""

import json
import re

from portal.core.read import Read
from portal.ledger.models import Identity

_SAYING = Read(
    """select id, context from letter
       where replace(context, :word, '') <> context and (user_id is null or user_id <> :user)"""
)


def in_letters(user, name):
    """Return what letters to others say if a person is called `name` there: {id: context}."""
    called = names(user) | addresses(user)
    found = {
        row.id: json.loads(row.context)
        for word in called
        for row in _SAYING.all(word=_in_json(word), user=user.id)
    }
    rename = _renamer(user, called, name)
    renamed = {id_: rename(context) for id_, context in found.items()}
    return {id_: context for id_, context in renamed.items() if context != found[id_]}


def names(user):
    return {user.name} | {facts["name"] for facts in _facts(user) if facts.get("name")}


def addresses(user):
    return {user.email} | {facts["email"] for facts in _facts(user) if facts.get("email")}


def _facts(user):
    return [row.facts for row in Identity.select().where(Identity.user_id == user.id)]


def _in_json(text):
    return json.dumps(text, ensure_ascii=False)[1:-1]


def _renamer(user, called, name):
    """Return what puts `name` for names, address, phone and title of a person in plain values.

    A first name and a title are common words: they go where they are all that is said.
    """
    common = {user.title, *(one.split()[0] for one in names(user))} - {""}
    words = sorted((called | {user.phone}) - {""}, key=len, reverse=True)
    # "Ann" is not in "annual"; where a script puts nothing between its words, it is.
    whole = re.compile("|".join(rf"(?<![a-zA-Z]){re.escape(one)}(?![a-zA-Z])" for one in words))

    def rename(value):
        if isinstance(value, dict):
            return {key: rename(one) for key, one in value.items()}
        if isinstance(value, list):
            return [rename(one) for one in value]
        if not isinstance(value, str):
            return value
        return name if value in common else whole.sub(name, value)

    return rename
