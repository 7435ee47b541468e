"""Telling the producers, once, that letters to somebody do not arrive."""

from portal.access.models import User
from portal.core.read import Read
from portal.mail.bounces import on_bounce
from portal.mail.models import Letter

_PRODUCERS = Read(
    """select distinct s.id, s.email, s.name from membership m
       join membership p on p.project_id = m.project_id and p.role = 'producer'
       join "user" s on s.id = p.user_id
       where m.user_id = :person and s.id <> :person and s.disabled_at is null order by s.id""",
    model=User,
)
_PLACES = Read(
    """select p.slug, p.name from membership m join project p on p.id = m.project_id
       join membership s on s.project_id = p.id and s.user_id = :producer
       where m.user_id = :person order by p.id desc"""
)


@on_bounce
def tell(letter, said):
    """Write one letter to each producer who shares a project with whoever cannot be reached."""
    for producer in _PRODUCERS.all(person=letter.user_id):
        place = _PLACES.all(producer=producer.id, person=letter.user_id)[0]
        context = {
            "person": letter.name,
            "address": letter.address,
            "said": said,
            "project": place.name,
            "path": f"/projects/{place.slug}/people",
        }
        Letter.write("address-bounced", to=producer, context=context)
