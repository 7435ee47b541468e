"""Words as the index keeps them: without case and accents, the same on both databases.

Neither database cuts or folds text by itself: that is done here, so that both find the same.
"""

import re
import unicodedata
from functools import cache

from portal.core.fields import plain

WORDS_MOST = 16_000  # Of one entry. Positions in PostgreSQL's text search end at 16,383.
CHARACTERS_MOST = 60  # Of one word; the rest of it is not compared.
SENTENCE_CHARACTERS = 180
LEAD_CHARACTERS = 60  # What is kept of the sentence before the first word that was found.

#: Han, kana, Thai, Lao, Khmer and Burmese put no spaces between words: each letter stands alone,
#: and a word of theirs is letters in a row.
_ALONE = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_WORD = re.compile(rf"[{_ALONE}]|[^\W_{_ALONE}]+")
_PIECE = re.compile(rf"[{_ALONE}]|[^{_ALONE}]+")  # Of a word that is folded.


@cache
def fold(word: str) -> str:
    """Return a word as it is compared.

    >>> fold("Überstraße"), fold("Ελλάς"), fold("½")
    ('uberstrasse', 'ελλασ', '12')
    """
    once = unicodedata.normalize("NFKD", word).casefold()
    apart = unicodedata.normalize("NFKD", once).casefold()
    letters = "".join(one for one in apart if one.isalnum())
    return unicodedata.normalize("NFC", letters)[:CHARACTERS_MOST]


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order.

    >>> words("The café's e-mail: 3,5 m²")
    ['the', 'cafe', 's', 'e', 'mail', '3', '5', 'm2']
    >>> words("東京 Tower")
    ['東', '京', 'tower']
    """
    return [
        word for match in _WORD.finditer(plain(text)) for word in _PIECE.findall(fold(match[0]))
    ]


def marked(text, terms):
    """Return the text cut into (piece, is_found): what the terms found in it, and the rest.

    >>> from portal.search.typed import Term
    >>> marked("Tidal lines", [Term(("tid",), is_start=True)])
    [('Tidal', True), (' lines', False)]
    """
    pieces, end = [], 0
    for start, stop in _spans(text, terms):
        pieces += [(text[end:start], False), (text[start:stop], True)]
        end = stop
    pieces.append((text[end:], False))
    return [piece for piece in pieces if piece[0]]


def sentence(text, terms):
    """Return what of a text to show: the words around what was found, or else its beginning."""
    flat = " ".join(text.split())
    spans = _spans(flat, terms)
    start = _word_start(flat, spans[0][0] - LEAD_CHARACTERS) if spans else 0
    end = start + SENTENCE_CHARACTERS
    cut = flat[start:end]
    if end < len(flat):
        cut = f"{cut.rsplit(' ', 1)[0]} …"
    return marked(f"… {cut}" if start else cut, terms)


def _word_start(text, at):
    """Return where the next word after a place begins; 0 before the first."""
    return 0 if at <= 0 else text.find(" ", at) + 1


def _spans(text, terms):
    """Return where the terms stand in a text: (start, stop), in order, none inside another."""
    places = [
        (match.span(), word)
        for match in _WORD.finditer(text)
        for word in _PIECE.findall(fold(match[0]))
    ]
    folded, spans, at = [word for _, word in places], [], 0
    while at < len(places):
        length = max((len(t.words) for t in terms if t.stands_at(folded, at)), default=0)
        if length:
            spans.append((places[at][0][0], places[at + length - 1][0][1]))
        at += length or 1
    return spans
