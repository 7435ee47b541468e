"""How messages and notes read in the activity, and the letters they send."""

from portal.ledger.verbs import Verb
from portal.notices.registry import Post, Sentence, letters, sentence
from portal.threads import audience, topic
from portal.threads.models import Message, Note, on
from portal.threads.topic import TOPICS


@sentence(Verb.MESSAGE_POSTED)
def replied(event, slug):
    return _says("replied on", event, slug)


@sentence(Verb.NOTE_WRITTEN)
def noted(event, slug):
    return _says("wrote a note on", event, slug)


def _says(does, event, slug):
    cls, number = TOPICS[event.subject_kind], event.subject_number
    return Sentence(does, f"{cls.NOUN} {number}", cls.address(slug, number))


@letters(Verb.MESSAGE_POSTED)
def tell_of_message(event):
    about = topic.of(event)
    message = _written(Message, about, event)
    told = audience.of_message(about, message.author)
    path = about.path if message.author.is_studio else about.studio_path
    context = {**_context(about, message), "path": path, "is_question": message.is_question}
    yield Post("message-posted", told, context)


@letters(Verb.NOTE_WRITTEN)
def tell_of_note(event):
    about = topic.of(event)
    written = _written(Note, about, event)
    told = audience.of_internal(about, written.author)
    yield Post("note-written", told, {**_context(about, written), "path": about.studio_path})


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
