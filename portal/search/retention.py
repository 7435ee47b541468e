"""What was erased leaves the index of words too: SQLite merges its parts only when it is told."""

from portal.core import db
from portal.projects import erasure


@erasure.afterwards
def merge():
    if db.is_sqlite():
        db.handle.execute_sql("insert into search_words(search_words) values ('optimize')")
