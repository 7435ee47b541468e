"""The ways to look at the inbox: a closed list, each with its words and what it holds, as SQL."""

from dataclasses import dataclass

BY_TURN = "f.turned_at"


@dataclass(frozen=True)
class Show:
    """One way to look at the inbox: how it reads when it holds much, one, nothing."""

    key: str
    label: str
    holds: str  # After a number.
    empty: str
    then: str
    #: Which rows it holds, of a feedback `f` with its handling `h`, for `:user` at `:now`.
    where: str
    is_counted: bool = True
    #: Since when a row has been in it; empty: nobody waits for news of it.
    since: str = BY_TURN


#: When the studio owes the client its next answer, as it was promised; null: nothing was.
DUE = "case when h.responded_at is null then h.respond_by_at else h.resolve_by_at end"
AWAKE = "(h.wakes_at is null or h.wakes_at <= :now)"
OURS = f"f.turn = 'studio' and {AWAKE}"

#: What is late is late, asleep or not: the client was promised it.
_ALL = (
    Show(
        "ours",
        "Our turn",
        "waiting for us",
        "Nothing waits for us",
        "Whatever a client says next comes here.",
        OURS,
    ),
    Show(
        "new",
        "New",
        "without a verdict",
        "Nothing is new",
        "Feedback without a verdict comes here.",
        f"f.status = 'new' and {OURS}",
    ),
    Show(
        "mine",
        "Mine",
        "in your hands",
        "Nothing is in your hands",
        "What somebody assigns to you comes here.",
        f"h.assignee_id = :user and {OURS}",
        since="h.assigned_at",
    ),
    Show(
        "contested",
        "Contested",
        "contested",
        "No verdict is contested",
        "When a client sees a verdict otherwise, it comes here.",
        f"f.is_contested and {OURS}",
    ),
    Show(
        "overdue",
        "Overdue",
        "later than promised",
        "Nothing is later than promised",
        "What a client was promised and has not got in time comes here.",
        f"f.turn = 'studio' and {DUE} < :now",
        since=DUE,
    ),
    Show(
        "theirs",
        "Waiting for client",
        "waiting for a client",
        "No client owes us an answer",
        "What is resolved, or waits for a client's word, comes here.",
        f"f.turn = 'client' and {AWAKE}",
    ),
    Show(
        "snoozed",
        "Snoozed",
        "snoozed",
        "Nothing is snoozed",
        "What can wait until a day comes here, and goes back by itself.",
        "h.wakes_at > :now",
        since="",
    ),
    Show(
        "done",
        "Done",
        "done",
        "Nothing is done yet",
        "What is verified or settled comes here.",
        "f.turn = 'nobody'",
        is_counted=False,
        since="",
    ),
)
SHOWS = {show.key: show for show in _ALL}
