"""How messages and notes read in the activity, and the letters they send."""

from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.threads import audience, mentions, topic
from portal.threads.models import Message, Note, on
from portal.threads.topic import TOPICS


@sentence(Verb.MESSAGE_POSTED)
def replied(event, slug):
    return _says("replied on", event, slug)


@sentence(Verb.NOTE_WRITTEN)
def noted(event, slug):
    return _says("wrote a note on", event, slug)


@sentence(Verb.MESSAGE_EDITED)
def edited(event, slug):
    return _says("put their words otherwise on", event, slug)


@sentence(Verb.NOTE_EDITED)
def note_edited(event, slug):
    return _says("put their note otherwise on", event, slug)


def _says(does, event, slug):
    cls, number = TOPICS[event.subject_kind], event.subject_number
    return Sentence(does, cls.label_of(number), cls.path_of(slug, number))


@letters(Verb.MESSAGE_POSTED)
def tell_of_message(event):
    about = topic.of(event)
    message = _written(Message, about, event)
    named = mentions.mentioned(message.text, mentions.of_message(audience.readers(about)))
    told = audience.of_message(about, message.author)
    context = {**_context(about, message), "is_question": message.is_question}
    yield from _posts("message-posted", about, told, named, context)


@letters(Verb.NOTE_WRITTEN)
def tell_of_note(event):
    about = topic.of(event)
    written = _written(Note, about, event)
    named = mentions.mentioned(written.text, mentions.of_note(audience.readers(about)))
    told = audience.of_internal(about, written.author)
    yield from _posts("note-written", about, told, named, _context(about, written))


def _posts(template, about, told, named, context):
    """Yield the letters: whoever is named by @ reads that, and each side is led to its own place."""
    called = {person.id for person in named}
    others = [person for person in told if person.id not in called]
    for people, is_mention in ((named, True), (others, False)):
        for is_studio, path in ((True, about.studio_path), (False, about.path)):
            side = [person for person in people if person.is_studio == is_studio]
            yield Post(template, side, {**context, "path": path, "is_mention": is_mention})


def _written(model, about, event):
    return on(model, about).where(model.number == event.body["message"]).get()


def _context(about, written):
    return {
        "label": about.label,
        "title": about.title,
        "project": about.project.name,
        "text": written.text,
        "by": written.author.name,
        "by_title": written.author.title,
    }
