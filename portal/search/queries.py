"""What a search asks: what fits and this person may see now; then how a page of it stands."""

from functools import lru_cache

from portal.access.permissions import Permission, Role
from portal.core import clock
from portal.core.paging import PAGE_ROWS, Page, page
from portal.core.read import Read
from portal.search import engines
from portal.search.filters import conditions, moments

_FIRST = (1, "9999-12-31 00:00:00.000+00:00", "")
_STUDIO, _RUNS = (
    ", ".join(f"'{role}'" for role in Role if role.may(permission))
    for permission in (Permission.NOTE_READ, Permission.SIGN_OFF_RUN)
)

# Which entries, by the index and the membership. A draft that undoes what was signed is read by
# whoever could send it.
_KEYS = """select {in_title} as in_title, e.happened_at, e.place, e.id
from {source} join membership m on m.project_id = e.project_id
where m.user_id = :user and (not e.is_internal or m.role in ({studio})
                             and (e.kind <> 'cancellation' or m.role in ({runs}))) {where}
  and ({in_title}, e.happened_at, e.place{order}) < (:in_title, :at, :place)
order by in_title desc, e.happened_at desc, e.place{order} desc limit :rows"""
# What each of a page of them says, and how it stands.
_HITS = """select case when e.id {titled} then 1 else 0 end as in_title, e.place, e.kind, e.topic,
       e.number, e.part, e.is_internal, e.title, e.text, e.happened_at, p.slug,
       p.name as project, p.closed_at, c.name as client, u.name as person,
       f.kind as feedback_kind, f.status as feedback_status, f.is_contested, n.status as pin_status,
       q.status as question_status, s.status as sign_off_status, s.noun, r.public_id
from search_entry e join project p on p.id = e.project_id
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
where e.id {among} order by in_title desc, e.happened_at desc, e.place{order} desc"""
_WITHOUT = "e.id not in (select {key} from search_words where {found})"
_WORDS = "({matches}) w join search_entry e on e.id = w.id"


def search(reader, query, before=None, rows=PAGE_ROWS):
    """Return a Page of what this person finds, and what to say about the filters.

    What has all the words in its title stands first, then the newest. `before` is the `next_key`
    of the page before. Who may see what is part of the question: the membership as it is now, and
    what is internal only for the studio's roles.
    """
    found, engine = conditions(query, reader), engines.engine()
    if not (query.terms or query.without or found.sql):
        return Page((), None), found.remarks
    typed = {
        "words": engine.expression(query.terms),
        "titled": engine.expression(query.terms, in_title=True),
        "without": engine.either(query.without),
    }
    read = _keys(engine, bool(query.terms), bool(query.without), tuple(found.sql))
    in_title, at, place = before or _FIRST
    key = {"in_title": in_title, "at": at, "place": place, "rows": rows + 1}
    keys = page(read.all(user=reader.id, **key, **typed, **moments(), **found.values), key_of, rows)
    return Page(_about(engine, keys), keys.next_key), found.remarks


def key_of(row):
    """Return where the hits after this one begin."""
    return row.in_title, clock.key(row.happened_at), row.place


def _about(engine, keys):
    """Return what the page shows of each of these."""
    ids, titled = [row.id for row in keys], [row.id for row in keys if row.in_title]
    return _hits(engine).all(ids=engine.numbers(ids), titled=engine.numbers(titled))


@lru_cache(maxsize=256)
def _keys(engine, has_words, has_without, filters):
    """Return the question in the words of a database; each way to ask it is made once."""

    without = _WITHOUT.format(key=engine.KEY, found=engine.FOUND.format(name="without"))
    where = [*filters, without] if has_without else filters
    return Read(
        _KEYS.format(
            in_title="w.in_title" if has_words else "0",
            source=_WORDS.format(matches=engine.MATCHES) if has_words else "search_entry e",
            studio=_STUDIO,
            runs=_RUNS,
            where="".join(f" and {one}" for one in where),
            order=engine.ORDER,
        )
    )


@lru_cache
def _hits(engine):
    among, titled = (engine.AMONG.format(name=name) for name in ("ids", "titled"))
    return Read(_HITS.format(among=among, titled=titled, order=engine.ORDER))
