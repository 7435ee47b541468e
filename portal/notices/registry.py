"""What each room says about its facts. One entry per verb; a test finds the missing ones."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from portal.ledger.models import Event
from portal.ledger.verbs import Verb


@dataclass(frozen=True)
class Sentence:
    """ "Anneke approved [estimate 3, version 2]." without the name: who did it stands before."""

    does: str  # "approved"
    what: str = ""  # "estimate 3, version 2"
    path: str = ""  # Where `what` leads; empty: nowhere.
    more: str = ""  # "for 12,400 EUR"
    #: Whom it was done to, by commitment; the feed knows the name. Without a `what` it stands in
    #: its place, before `more`; with one at the end: "assigned [feedback 3] to Viv".
    person: str = ""


@dataclass(frozen=True)
class Post:
    """One letter that a fact asks for."""

    template: str
    to: Iterable[Any]  # People; the relay leaves out whoever did it, unless `tells_actor`.
    context: dict[str, Any]
    tells_actor: bool = False
    #: It waits so long for more of its kind: until it leaves, the same person gets no second one
    #: about the same thing. What it holds is gathered when it leaves, by `mail.message.late`.
    gathers_minutes: int = 0


@dataclass(frozen=True)
class Aside:
    """A question of a letter that must not be lost when a digest carries it, with its link."""

    question: str
    label: str
    path: str


#: How a fact reads in the activity, from the event alone: `fn(event, slug) -> Sentence`.
SENTENCES: dict[Verb, Callable[[Event, str], Sentence]] = {}

#: Which letters a fact sends: `fn(event) -> Iterable[Post]`.
LETTERS: dict[Verb, Callable[[Event], Iterable[Post]]] = {}

#: What a digest asks beneath a letter that it carries, by template: `fn(letter)`.
ASIDES: dict[str, Callable[[Any], Aside | None]] = {}


def sentence(*verbs: Verb) -> Callable[[Any], Any]:
    """Register the sentence of these verbs."""

    def register(words: Any) -> Any:
        for verb in verbs:
            if verb in SENTENCES:
                raise TypeError(f"{verb} has a sentence already")
            SENTENCES[verb] = words
        return words

    return register


def letters(*verbs: Verb) -> Callable[[Any], Any]:
    """Register the letters of these verbs."""

    def register(posts: Any) -> Any:
        for verb in verbs:
            if verb in LETTERS:
                raise TypeError(f"{verb} has letters already")
            LETTERS[verb] = posts
        return posts

    return register


def aside(template: str) -> Callable[[Any], Any]:
    """Register what a digest asks beneath the letters of a template."""

    def register(ask: Any) -> Any:
        ASIDES[template] = ask
        return ask

    return register
