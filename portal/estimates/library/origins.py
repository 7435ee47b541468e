"""Where a new estimate can begin: the templates, and earlier estimates that its writer may read."""

from portal.access.permissions import Permission, Role
from portal.core.errors import DomainError
from portal.core.read import Read
from portal.estimates.library import currency, outline
from portal.estimates.models import EstimateTemplate
from portal.estimates.models.versions import WHOLE, linked
from portal.studio.hourly import today
from portal.studio.terms import Terms

GONE = "That is not there any more. Choose another one."
#: Rights are read here, at each request: a project that one is not on has no estimates.
_EARLIER = Read(
    """select e.id, e.number, v.title, v.version, v.status, v.edited_at, m.role,
              p.name as project, p.slug, p.currency, p.id as project_id, c.name as client
       from estimate e join estimate_version v on v.estimate_id = e.id
       join project p on p.id = e.project_id join client c on c.id = p.client_id
       join membership m on m.project_id = p.id and m.user_id = :user
       where v.version = (select max(version) from estimate_version where estimate_id = e.id)
       order by case when p.id = :project then 0 else 1 end, v.edited_at desc, e.id desc
       limit 200"""
)
_LATEST = Read(
    """select e.number, v.title, v.status = 'draft' as is_draft
       from estimate e join estimate_version v on v.estimate_id = e.id
       where e.project_id = :project
         and v.version = (select max(version) from estimate_version where estimate_id = e.id)
       order by e.number desc"""
)
_VERSION = Read(
    """select {v}, {e}, {p}, {c} from estimate_version v join estimate e on e.id = v.estimate_id
       join project p on p.id = e.project_id join client c on c.id = p.client_id
       where e.id = :estimate
       order by v.version desc limit 1""",
    models=WHOLE,
)


def earlier(user, project):
    """Return the estimates that a person may copy, those of `project` first, then the newest."""
    rows = _EARLIER.all(user=user.id, project=project.id)
    return [row for row in rows if Role(row.role).may(Permission.ESTIMATE_WRITE)]


def drafts_in(project):
    """Return the newest version of each estimate of a project: number, title, is_draft."""
    return _LATEST.all(project=project.id)


def outline_of(source, project, *, by):
    """Return the outline that `template:3` or `estimate:7` names, in the project's currency.

    It is a `currency.Converted`. Raises DomainError for what this person cannot begin with: they
    learn no more than that it is not there.
    """
    kind, _, number = source.partition(":")
    number = int(number) if number.isdecimal() and len(number) < 10 else 0
    found = {"template": _template, "estimate": _copy}.get(kind, _nothing)(number, project, by)
    return currency.convert(with_current_terms(found), project.currency, today())


def with_current_terms(found):
    """Return an outline with the version of the studio's terms that holds today."""
    name = found["terms_name"].rpartition(", version ")[0]
    terms = Terms.current(name) if name else None
    return found | {"terms": terms.text, "terms_name": terms.label} if terms else found


def _template(number, _project, _by):
    template = EstimateTemplate.get_or_none(id=number, retired_at=None)
    return template.outline if template else _nothing()


def _copy(number, project, by):
    row = next((one for one in earlier(by, project) if one.id == number), None)
    if row is None:
        return _nothing()
    version = linked(_VERSION.one(estimate=number))
    whole = outline.of(version)
    is_ours = version.project.client_id == project.client_id
    return whole if is_ours else outline.without_taxes(outline.without_words(whole))


def _nothing(*_about):
    raise DomainError(GONE)
