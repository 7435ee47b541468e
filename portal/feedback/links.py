"""What a link to a feedback says of it."""

from portal.threads.links import linkable

linkable(
    "feedback",
    "Feedback",
    """select cast(f.number as text) as ref, substr(f.text, 1, 80) as title, f.status as state,
              false as is_internal
       from feedback f
       where f.project_id = :project and cast(f.number as text) in ({refs})""",
)
