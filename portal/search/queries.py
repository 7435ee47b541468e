"""The one question that a search asks: what fits, what of it this person may see now, how it stands."""

from functools import lru_cache

from portal.access.permissions import Permission, Role
from portal.core.fields import UTCDateTimeField
from portal.core.paging import PAGE_ROWS, Page, page
from portal.core.read import Read
from portal.search import engines
from portal.search.filters import conditions, moments

_FIRST = (1, "9999-12-31 00:00:00.000+00:00", "")
_AT = UTCDateTimeField()
_STUDIO = ", ".join(f"'{role}'" for role in Role if role.may(Permission.NOTE_READ))

# Which entries, by the index and the membership; then how each stands, for a page of them only.
_HITS = """select k.in_title, k.place, e.kind, e.topic, e.number, e.part, e.is_internal, e.title, e.text,
       e.happened_at, p.slug, p.name as project, p.closed_at, c.name as client, u.name as person,
       f.kind as feedback_kind, f.status as feedback_status, f.is_contested, n.status as pin_status,
       q.status as question_status, s.status as sign_off_status, s.noun, r.public_id
from (select e.id, e.place, e.happened_at, {in_title} as in_title
      from {source} join membership m on m.project_id = e.project_id
      where m.user_id = :user and (not e.is_internal or m.role in ({studio})) {where}
        and ({in_title}, e.happened_at, e.place{order}) < (:in_title, :at, :place)
      order by in_title desc, e.happened_at desc, e.place{order} desc limit :rows) k
join search_entry e on e.id = k.id join project p on p.id = e.project_id
join client c on c.id = p.client_id left join "user" u on u.id = e.person_id
left join feedback f on e.kind = 'feedback' and f.project_id = e.project_id and f.number = e.number
left join pin n on e.kind = 'pin' and n.project_id = e.project_id and n.number = e.number
left join line_question q on e.kind = 'line_question' and q.project_id = e.project_id
                         and q.number = e.number
left join sign_off s on not e.is_internal and s.id = (
    select max(x.id) from sign_off x where x.project_id = e.project_id
    and (e.kind = 'sign_off' and x.number = e.number
         or x.kind = e.kind and x.subject_number = e.number))
left join receipt r on e.kind = 'receipt' and r.project_id = e.project_id and r.number = e.number
order by k.in_title desc, k.happened_at desc, k.place{order} desc"""
_IN_TITLE = "case when e.id in (select {key} from search_words where {found}) then 1 else 0 end"
_WITHOUT = "e.id not in (select {key} from search_words where {found})"
_WORDS = "search_words join search_entry e on e.id = search_words.{key} and {found}"


def search(reader, query, before=None, rows=PAGE_ROWS):
    """Return a Page of what this person finds, and what to say about the filters.

    What has all the words in its title stands first, then the newest. `before` is the `next_key`
    of the page before. Who may see what is part of the question: the membership as it is now, and
    what is internal only for the studio's roles.
    """
    if not query:
        return Page((), None), conditions(query, reader).remarks
    found, engine = conditions(query, reader), engines.engine()
    typed = {
        "words": engine.expression(query.terms),
        "titled": engine.expression(query.terms, in_title=True),
        "without": engine.either(query.without),
    }
    read = _read(engine, bool(query.terms), bool(query.without), tuple(found.sql))
    in_title, at, place = before or _FIRST
    key = {"in_title": in_title, "at": at, "place": place, "rows": rows + 1}
    hits = read.all(user=reader.id, **key, **typed, **moments(), **found.values)
    return page(hits, key_of, rows), found.remarks


def key_of(hit):
    """Return where the hits after this one begin."""
    return hit.in_title, stamp(hit.happened_at), hit.place


def stamp(at):
    """Return an instant as both databases compare it."""
    return _AT.db_value(at)


@lru_cache(maxsize=256)
def _read(engine, has_words, has_without, filters):
    """Return the question in the words of a database; each way to ask it is made once."""

    def said(sql, name):
        return sql.format(key=engine.KEY, found=engine.FOUND.format(name=name))

    where = [*filters, said(_WITHOUT, "without")] if has_without else filters
    return Read(
        _HITS.format(
            in_title=said(_IN_TITLE, "titled") if has_words else "0",
            source=said(_WORDS, "words") if has_words else "search_entry e",
            studio=_STUDIO,
            where="".join(f" and {one}" for one in where),
            order=engine.ORDER,
        )
    )
