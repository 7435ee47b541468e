"""The two databases' full text behind one set of words: SQLite's FTS5, PostgreSQL's tsvector.

The words of an entry stand in a table of their own, `search_words`, whose row has the entry's id.
They come folded (see `words`); neither product cuts or changes them.
"""

from collections import Counter
from functools import cache
from itertools import chain

from portal.core import db
from portal.search.words import WORDS_MOST

SQLITE_TABLES = (
    "create virtual table search_words using fts5(title, body, tokenize = 'ascii', prefix = '2 3')",
)
POSTGRESQL_TABLES = (
    "create table search_words (id integer primary key, words tsvector not null)",
    "create index search_words_words on search_words using gin (words)",
)
DROP = "drop table if exists search_words"
ADD = "insert into search_entry ({names}) values ({marks}) returning id"
FORGET_ALL = """delete from search_words where {key} in
    (select id from search_entry where project_id = {mark})"""
TIMES_MOST = 255  # PostgreSQL keeps no more places of a word in one entry.
GAP = "·"  # Stands where a word is not kept; nobody can look for it.


class Fts5:
    """A part of SQLite. Its table's rowid is the entry's id."""

    TABLES = SQLITE_TABLES
    KEY = "rowid"
    MARK = "?"
    ORDER = ""  # How text is compared: byte by byte already.
    FOUND = "search_words match :{name}"
    MATCHES = """select rowid as id, 1 as in_title from search_words where search_words match :titled
        union all
        select rowid, 0 from search_words where search_words match :words and rowid not in
            (select rowid from search_words where search_words match :titled)"""
    AMONG = "in (select value from json_each(:{name}))"
    WRITE = "insert into search_words (rowid, title, body) values (?, ?, ?)"
    FORGET = "delete from search_words where rowid = ?"

    @staticmethod
    def row(title, body):
        return " ".join(title), " ".join(body)

    @staticmethod
    def expression(terms, in_title=False):
        each = (f'"{" ".join(t.words)}"{"*" if t.is_start else ""}' for t in terms)
        whole = " AND ".join(each)
        return f"title : ({whole})" if in_title else whole

    @staticmethod
    def either(terms):
        return " OR ".join(Fts5.expression([term]) for term in terms)

    @staticmethod
    def numbers(found):
        return f"[{','.join(map(str, sorted(found)))}]"


class TextSearch:
    """PostgreSQL's. Words of a title carry the weight A, and no phrase reaches from it to the body."""

    TABLES = POSTGRESQL_TABLES
    KEY = "id"
    MARK = "%s"
    ORDER = ' collate "C"'
    FOUND = "words @@ :{name}::tsquery"
    MATCHES = """select id, case when words @@ :titled::tsquery then 1 else 0 end as in_title
        from search_words where words @@ :words::tsquery"""
    AMONG = "= any(:{name}::int[])"
    WRITE = "insert into search_words (id, words) values (%s, %s::tsvector)"
    FORGET = "delete from search_words where id = %s"

    @staticmethod
    def row(title, body):
        places = {}
        titled = ((word, f"{n}A") for n, word in enumerate(title, 1))
        for word, place in chain(titled, ((w, str(n)) for n, w in enumerate(body, len(title) + 3))):
            if word != GAP:
                places.setdefault(word, []).append(place)
        return (" ".join(f"'{word}':{','.join(at)}" for word, at in places.items()),)

    @staticmethod
    def expression(terms, in_title=False):
        return " & ".join(TextSearch._term(term, "A" if in_title else "") for term in terms)

    @staticmethod
    def either(terms):
        return " | ".join(TextSearch._term(term, "") for term in terms)

    @staticmethod
    def _term(term, weight):
        labels = [weight] * (len(term.words) - 1) + [("*" if term.is_start else "") + weight]
        each = (
            f"'{w}'{f':{label}' if label else ''}"
            for w, label in zip(term.words, labels, strict=True)
        )
        return f"({' <-> '.join(each)})"

    @staticmethod
    def numbers(found):
        return f"{{{','.join(map(str, sorted(found)))}}}"


def engine():
    """Return how the database that is open does it."""
    return Fts5 if db.is_sqlite() else TextSearch


def make_tables():
    for statement in engine().TABLES:
        db.handle.execute_sql(statement)


def drop_tables():
    db.handle.execute_sql(DROP)


def add(columns):
    """Insert an entry by its columns and return its id.

    By hand: a change writes several, and to build the statement takes longer than to run it.
    """
    sql = _adding(engine().MARK, tuple(columns))
    return db.handle.execute_sql(sql, tuple(columns.values())).fetchall()[0][0]


@cache
def _adding(mark, names):
    marks = ", ".join([mark] * len(names))
    return ADD.format(names=", ".join(names), marks=marks)


def write(entry_id, title, body):
    """Write the folded words of an entry, as many as both databases hold."""
    seen = Counter()
    title = _kept(title[:WORDS_MOST], seen)
    row = engine().row(title, _kept(body[: WORDS_MOST - len(title)], seen))
    db.handle.execute_sql(engine().WRITE, (entry_id, *row))


def _kept(words, seen):
    """Return the words, with a GAP for those of which `seen` has counted too many."""
    kept = []
    for word in words:
        seen[word] += 1
        kept.append(word if seen[word] <= TIMES_MOST else GAP)
    return kept


def forget(entry_id):
    db.handle.execute_sql(engine().FORGET, (entry_id,))


def forget_all(project_id):
    sql = FORGET_ALL.format(key=engine().KEY, mark=engine().MARK)
    db.handle.execute_sql(sql, (project_id,))
