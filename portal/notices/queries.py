"""What the pages about letters read."""

from portal.core.read import Read

_PLACES = Read(
    """select p.id, p.name, p.slug, c.pace from membership m join project p on p.id = m.project_id
       left join project_pace c on c.project_id = p.id and c.user_id = m.user_id
       where m.user_id = :user and p.closed_at is null order by p.name, p.id"""
)
_HELD = Read("select count(*) from letter where address = :address and status = 'held'")


def places_of(user):
    """Return the open projects of a person, each with the pace chosen for it, or none."""
    return _PLACES.all(user=user.id)


def held_for(address):
    """Return how many letters wait because the address bounced."""
    return _HELD.value(address=address)
