"""What was asked and answered before a decision, for its receipt: each text with its hash."""

from portal.core import canonical, dates
from portal.documents.paper import Fact, Facts, Part
from portal.signoff import questions


def is_whole(decision, recorded):
    """Answer whether every text that the record holds by its hash is still what it was."""
    stood = [sha256 for one in questions.at_signing(decision) for sha256 in one.hashes]
    return sorted(stood) == sorted(recorded)


def parts(decision):
    """Yield one part with all of it, if there was anything."""
    stood = questions.at_signing(decision)
    if stood:
        said = [fact for one in stood for fact in _facts(one)]
        yield Part("Questions and answers", [Facts(said)], "As they stood before the answer")


def _facts(one):
    about = f"“{one.question.title}”, version {one.question.version}"
    for number, (author, text, at) in enumerate(one.words):
        name = "Answered" if author.is_studio else "Added" if number else "Asked"
        said = f"{author.name}, {dates.day(at.date())}, {at:%H:%M} UTC"
        yield Fact(name, text, (said,) if number else (f"About {about}", said))
        yield Fact.hash("Hash of that text", canonical.sha256(text))
