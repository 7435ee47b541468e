"""Sign-offs over HTTP."""

from portal.signoff.views import answer, asides, due, mandates, receipts, recorded, seats

blueprints = [
    answer.bp,
    asides.bp,
    receipts.bp,
    recorded.bp,
    seats.bp,
    mandates.bp,
    due.bp,
    due.help_bp,
]
