"""What a link to a cancellation says of it."""

from portal.signoff.links import signed

signed(
    "cancellation",
    "cancellations",
    "Cancellation",
    """select t.number, 'Cancellation of ' || max(s.title) as title, true as is_internal
       from cancellation t join sign_off s on s.id = t.sign_off_id
       where t.project_id = :project group by t.number""",
)
