"""Every fact the ledger can hold, and which chain it is written to.

Name: <thing>.<past participle>. Keep the enum alphabetical. A verb is internal to the studio
until it is listed in CLIENT: forgetting to list one hides it, never leaks it.
"""

from enum import StrEnum


class Verb(StrEnum):
    ADDRESS_CHANGED = "address.changed"
    ADDRESS_RESTORED = "address.restored"
    AMENDMENT_MADE = "amendment.made"
    BUDGET_STATED = "budget.stated"
    CANCELLATION_DRAFTED = "cancellation.drafted"
    CARE_ANSWERED = "care.answered"
    CHANGE_DRAFTED = "change.drafted"
    CHANGE_REQUESTED = "change.requested"
    CLIENT_CREATED = "client.created"
    CLIENT_VIEW_OPENED = "client_view.opened"
    COMPLAINT_ESCALATED = "complaint.escalated"
    COST_ADDED = "cost.added"
    COST_ENDED = "cost.ended"
    DECISION_CANCELLED = "decision.cancelled"
    DECISION_DISPUTED = "decision.disputed"
    DECISION_MADE = "decision.made"
    DECISION_RECORDED = "decision.recorded"
    ESTIMATE_DRAFTED = "estimate.drafted"
    FEEDBACK_ASSIGNED = "feedback.assigned"
    FEEDBACK_CONTESTED = "feedback.contested"
    FEEDBACK_FILED = "feedback.filed"
    FEEDBACK_MERGED = "feedback.merged"
    FEEDBACK_REOPENED = "feedback.reopened"
    FEEDBACK_RESOLVED = "feedback.resolved"
    FEEDBACK_SNOOZED = "feedback.snoozed"
    FEEDBACK_SPLIT = "feedback.split"
    FEEDBACK_VERIFIED = "feedback.verified"
    FEEDBACK_WOKEN = "feedback.woken"
    IDENTITY_ERASED = "identity.erased"
    INVITATION_ACCEPTED = "invitation.accepted"
    INVITATION_SENT = "invitation.sent"
    MANDATE_SET = "mandate.set"
    MEMBER_ADDED = "member.added"
    MEMBER_CHANGED = "member.changed"
    MEMBER_REMOVED = "member.removed"
    MESSAGE_EDITED = "message.edited"
    MESSAGE_POSTED = "message.posted"
    NOTE_EDITED = "note.edited"
    NOTE_WRITTEN = "note.written"
    OBJECTION_WITHDRAWN = "objection.withdrawn"
    OPINION_GIVEN = "opinion.given"
    PERSON_CREATED = "person.created"
    PERSON_DESCRIBED = "person.described"
    PERSON_DISABLED = "person.disabled"
    PERSON_ENABLED = "person.enabled"
    PIN_ADDRESSED = "pin.addressed"
    PIN_DECLINED = "pin.declined"
    PIN_DROPPED = "pin.dropped"
    PIN_REOPENED = "pin.reopened"
    PIN_RESTORED = "pin.restored"
    PIN_VERIFIED = "pin.verified"
    PINS_MERGED = "pins.merged"
    PINS_PUBLISHED = "pins.published"
    PINS_SHARED = "pins.shared"
    PROJECT_CLOSED = "project.closed"
    PROJECT_CREATED = "project.created"
    PROJECT_DESCRIBED = "project.described"
    PROJECT_REOPENED = "project.reopened"
    PROMISE_GIVEN = "promise.given"
    PROTOTYPE_DRAFTED = "prototype.drafted"
    PROTOTYPE_LINKED = "prototype.linked"
    PROTOTYPE_TERMS_SET = "prototype.terms_set"
    QUESTION_ASKED = "question.asked"
    RATE_ADDED = "rate.added"
    RATE_ENDED = "rate.ended"
    REPLY_REMOVED = "reply.removed"
    REPLY_SAVED = "reply.saved"
    ROUND_REMINDED = "round.reminded"
    ROUND_SUBMITTED = "round.submitted"
    SEAL_KEY_MADE = "seal_key.made"
    SEVERITY_SET = "severity.set"
    SIGN_OFF_EXPIRED = "sign_off.expired"
    SIGN_OFF_MOVED = "sign_off.moved"
    SIGN_OFF_OPENED = "sign_off.opened"
    SIGN_OFF_READDRESSED = "sign_off.readdressed"
    SIGN_OFF_REMINDED = "sign_off.reminded"
    SIGN_OFF_ROUTED = "sign_off.routed"
    SIGN_OFF_SENT = "sign_off.sent"
    SIGN_OFF_SUPERSEDED = "sign_off.superseded"
    SIGN_OFF_VACATED = "sign_off.vacated"
    SIGN_OFF_WITHDRAWN = "sign_off.withdrawn"
    STAND_IN_ENDED = "stand_in.ended"
    STAND_IN_NAMED = "stand_in.named"
    STUDIO_DESCRIBED = "studio.described"
    TEMPLATE_RENAMED = "template.renamed"
    TEMPLATE_RESTORED = "template.restored"
    TEMPLATE_RETIRED = "template.retired"
    TEMPLATE_SAVED = "template.saved"
    TERMS_ISSUED = "terms.issued"
    VERDICT_GIVEN = "verdict.given"
    VERDICT_TAKEN_BACK = "verdict.taken_back"
    VERSION_REQUESTED = "version.requested"


#: What the client's chain of a project holds: all that the client may know, and nothing else.
CLIENT = frozenset(
    {
        Verb.AMENDMENT_MADE,
        Verb.BUDGET_STATED,
        Verb.CARE_ANSWERED,
        Verb.CHANGE_REQUESTED,
        Verb.DECISION_CANCELLED,
        Verb.DECISION_DISPUTED,
        Verb.DECISION_MADE,
        Verb.DECISION_RECORDED,
        Verb.FEEDBACK_CONTESTED,
        Verb.FEEDBACK_FILED,
        Verb.FEEDBACK_MERGED,
        Verb.FEEDBACK_REOPENED,
        Verb.FEEDBACK_RESOLVED,
        Verb.FEEDBACK_SPLIT,
        Verb.FEEDBACK_VERIFIED,
        Verb.INVITATION_ACCEPTED,
        Verb.MANDATE_SET,
        Verb.MEMBER_ADDED,
        Verb.MEMBER_CHANGED,
        Verb.MEMBER_REMOVED,
        Verb.MESSAGE_EDITED,
        Verb.MESSAGE_POSTED,
        Verb.OBJECTION_WITHDRAWN,
        Verb.OPINION_GIVEN,
        Verb.PIN_ADDRESSED,
        Verb.PIN_DECLINED,
        Verb.PIN_DROPPED,
        Verb.PIN_REOPENED,
        Verb.PIN_RESTORED,
        Verb.PIN_VERIFIED,
        Verb.PINS_MERGED,
        Verb.PINS_PUBLISHED,
        Verb.PINS_SHARED,
        Verb.PROJECT_CLOSED,
        Verb.PROJECT_CREATED,
        Verb.PROJECT_DESCRIBED,
        Verb.PROJECT_REOPENED,
        Verb.QUESTION_ASKED,
        Verb.PROTOTYPE_LINKED,
        Verb.ROUND_SUBMITTED,
        Verb.SIGN_OFF_EXPIRED,
        Verb.SIGN_OFF_READDRESSED,
        Verb.SIGN_OFF_ROUTED,
        Verb.SIGN_OFF_MOVED,
        Verb.SIGN_OFF_SENT,
        Verb.SIGN_OFF_SUPERSEDED,
        Verb.SIGN_OFF_VACATED,
        Verb.SIGN_OFF_WITHDRAWN,
        Verb.STAND_IN_ENDED,
        Verb.STAND_IN_NAMED,
        Verb.VERDICT_GIVEN,
        Verb.VERDICT_TAKEN_BACK,
        Verb.VERSION_REQUESTED,
    }
)

#: What belongs to no project.
INSTANCE = frozenset(
    {
        Verb.ADDRESS_CHANGED,
        Verb.ADDRESS_RESTORED,
        Verb.CLIENT_CREATED,
        Verb.COST_ADDED,
        Verb.COST_ENDED,
        Verb.IDENTITY_ERASED,
        Verb.PERSON_CREATED,
        Verb.PERSON_DESCRIBED,
        Verb.PERSON_DISABLED,
        Verb.PERSON_ENABLED,
        Verb.PROMISE_GIVEN,
        Verb.RATE_ADDED,
        Verb.RATE_ENDED,
        Verb.REPLY_REMOVED,
        Verb.REPLY_SAVED,
        Verb.SEAL_KEY_MADE,
        Verb.STUDIO_DESCRIBED,
        Verb.TEMPLATE_RENAMED,
        Verb.TEMPLATE_RESTORED,
        Verb.TEMPLATE_RETIRED,
        Verb.TEMPLATE_SAVED,
        Verb.TERMS_ISSUED,
    }
)
