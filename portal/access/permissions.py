"""Every permission, and which role has it. This file is the whole policy.

Name: <thing>:<verb>. Keep the enum alphabetical. A role has what is listed here and nothing
else; a new permission belongs to nobody until it is added to a role.
"""

from enum import StrEnum


class Permission(StrEnum):
    ACTIVITY_READ = "activity:read"
    BUDGET_READ = "budget:read"
    BUDGET_STATE = "budget:state"
    CARE_READ = "care:read"
    CHANGE_ASK = "change:ask"
    CHANGE_READ = "change:read"
    CHANGE_SEND = "change:send"
    CHANGE_WRITE = "change:write"
    CLIENT_VIEW = "client:view"
    CLIENT_WRITE = "client:write"
    COST_READ = "cost:read"
    COST_WRITE = "cost:write"
    ESTIMATE_READ = "estimate:read"
    ESTIMATE_SEND = "estimate:send"
    ESTIMATE_WRITE = "estimate:write"
    FEEDBACK_ANSWER = "feedback:answer"
    FEEDBACK_FILE = "feedback:file"
    FEEDBACK_READ = "feedback:read"
    FEEDBACK_TRIAGE = "feedback:triage"
    INBOX_READ = "inbox:read"
    MANDATE_WRITE = "mandate:write"
    MEMBER_READ = "member:read"
    MEMBER_WRITE = "member:write"
    MESSAGE_READ = "message:read"
    MESSAGE_WRITE = "message:write"
    NOTE_READ = "note:read"
    NOTE_WRITE = "note:write"
    PERSON_WRITE = "person:write"
    PROJECT_CREATE = "project:create"
    PROJECT_JOIN = "project:join"
    PROJECT_READ = "project:read"
    PROJECT_WRITE = "project:write"
    PROTOTYPE_PIN = "prototype:pin"
    PROTOTYPE_READ = "prototype:read"
    PROTOTYPE_SEND = "prototype:send"
    PROTOTYPE_WRITE = "prototype:write"
    QUESTION_ASK = "question:ask"
    RATE_WRITE = "rate:write"
    REPLY_WRITE = "reply:write"
    ROUND_GATHER = "round:gather"
    SCOPE_READ = "scope:read"
    SIGN_OFF_DECIDE = "sign_off:decide"
    SIGN_OFF_OPINE = "sign_off:opine"
    SIGN_OFF_READ = "sign_off:read"
    SIGN_OFF_RECORD = "sign_off:record"
    SIGN_OFF_RUN = "sign_off:run"
    STAND_IN_NAME = "stand_in:name"
    STUDIO_WRITE = "studio:write"
    TEMPLATE_WRITE = "template:write"
    TERMS_WRITE = "terms:write"
    VERSION_REQUEST = "version:request"


P = Permission

_READS = {
    P.ACTIVITY_READ,
    P.BUDGET_READ,
    P.CHANGE_READ,
    P.ESTIMATE_READ,
    P.FEEDBACK_READ,
    P.MEMBER_READ,
    P.MESSAGE_READ,
    P.PROJECT_READ,
    P.PROTOTYPE_READ,
    P.SCOPE_READ,
    P.SIGN_OFF_READ,
}
_REVIEWS = _READS | {
    P.CHANGE_ASK,
    P.FEEDBACK_ANSWER,
    P.FEEDBACK_FILE,
    P.MESSAGE_WRITE,
    P.PROTOTYPE_PIN,
    P.QUESTION_ASK,
    P.ROUND_GATHER,
    P.SIGN_OFF_OPINE,
    P.VERSION_REQUEST,
}
_WORKS = _READS | {
    P.CHANGE_WRITE,
    P.ESTIMATE_WRITE,
    P.INBOX_READ,
    P.MESSAGE_WRITE,
    P.NOTE_READ,
    P.NOTE_WRITE,
    P.PROTOTYPE_PIN,
    P.PROTOTYPE_WRITE,
}


class Role(StrEnum):
    """What a person is on one project. Read from `Membership` at each request."""

    APPROVER = "approver"
    PRODUCER = "producer"
    REVIEWER = "reviewer"
    SPONSOR = "sponsor"
    TEAM = "team"

    def may(self, permission):
        return permission in GRANTS[self]

    @property
    def is_studio(self):
        return self in STUDIO_ROLES


STUDIO_ROLES = {Role.PRODUCER, Role.TEAM}

GRANTS = {
    Role.APPROVER: _REVIEWS | {P.SIGN_OFF_DECIDE, P.STAND_IN_NAME},
    Role.PRODUCER: _WORKS
    | {
        P.BUDGET_STATE,
        P.CHANGE_SEND,
        P.CLIENT_VIEW,
        P.ESTIMATE_SEND,
        P.FEEDBACK_TRIAGE,
        P.MANDATE_WRITE,
        P.MEMBER_WRITE,
        P.PROJECT_WRITE,
        P.PROTOTYPE_SEND,
        P.SIGN_OFF_RECORD,
        P.SIGN_OFF_RUN,
        P.STAND_IN_NAME,
        P.TEMPLATE_WRITE,
    },
    Role.REVIEWER: _REVIEWS,
    Role.SPONSOR: _REVIEWS | {P.MANDATE_WRITE, P.SIGN_OFF_DECIDE, P.STAND_IN_NAME},
    Role.TEAM: _WORKS,
}


class HouseRole(StrEnum):
    """What a person is in the studio, on pages that belong to no project."""

    ADMIN = "admin"
    PRODUCER = "producer"
    TEAM = "team"

    def may(self, permission):
        return permission in HOUSE_GRANTS[self]


#: What the studio's own pages ask for. What an hour costs the studio, only these ever read.
_KEEPS = {
    P.CARE_READ,
    P.CLIENT_WRITE,
    P.COST_READ,
    P.COST_WRITE,
    P.RATE_WRITE,
    P.TEMPLATE_WRITE,
    P.TERMS_WRITE,
}

HOUSE_GRANTS = {
    HouseRole.ADMIN: _KEEPS | {P.PERSON_WRITE, P.PROJECT_JOIN, P.STUDIO_WRITE},
    HouseRole.PRODUCER: _KEEPS | {P.FEEDBACK_TRIAGE, P.INBOX_READ, P.PROJECT_CREATE, P.REPLY_WRITE},
    HouseRole.TEAM: {P.INBOX_READ},
}

#: For sign-in, invitations and health checks. Written out loud at every such route.
ANYONE = "anyone"

#: For pages that are about the reader: home, account, projects, one's own receipts.
SIGNED_IN = "signed-in"
