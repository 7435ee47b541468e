"""What the page of a sign-off reads, prepared once. Rows are the models, with their people."""

from portal.access.models import User
from portal.core.read import Read
from portal.signoff.models import Addressee, Decision, Opinion, Rule, SignOff

_SIGN_OFF = Read(
    """select {s}, {u} from sign_off s join "user" u on u.id = s.requested_by_id
       where s.project_id = :project and s.number = :number""",
    models={"s": SignOff, "u": User},
)


_ADDRESSEES = Read(
    """select {a}, {u} from addressee a join "user" u on u.id = a.user_id
       where a.sign_off_id = :sign_off
       order by case when a.ask = 'decision' then 0 else 1 end, a.position, a.id""",
    models={"a": Addressee, "u": User},
)
_DECISIONS = Read(
    """select {d}, {u} from decision d join "user" u on u.id = d.user_id
       where d.sign_off_id = :sign_off order by d.id""",
    models={"d": Decision, "u": User},
)
_OPINIONS = Read(
    """select {o}, {u} from opinion o join "user" u on u.id = o.user_id
       where o.sign_off_id = :sign_off order by o.given_at""",
    models={"o": Opinion, "u": User},
)


def sign_off_in(project, number):
    """Return the project's sign-off of that number with whoever sent it, or None."""
    found, by = _SIGN_OFF.one(project=project.id, number=number) or (None, None)
    if found:
        found.project, found.requested_by = project, by
    return found


def addressees_of(sign_off):
    return _people(_ADDRESSEES, sign_off)


def decisions_of(sign_off):
    return _people(_DECISIONS, sign_off)


def signed_options(sign_off):
    """Return the options of the first yes, which every later one has to repeat, or None."""
    if sign_off.id is None or (sign_off.is_open and sign_off.rule == Rule.ANY):
        return None
    made = next((made for made in decisions_of(sign_off) if made.is_yes), None)
    return made and tuple(made.options)


def opinions_of(sign_off):
    return _people(_OPINIONS, sign_off)


def _people(read, sign_off):
    rows = read.all(sign_off=sign_off.id)
    for row, user in rows:
        row.user, row.sign_off = user, sign_off
    return [row for row, _ in rows]
