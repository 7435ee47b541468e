"""Every table there was at the first release, and what keeps the ledger from being altered.

Written by `python -m tests.freeze` until that release; never touched again after it.
"""

import peewee


class Instant(peewee.Field):
    """TIMESTAMPTZ on PostgreSQL, ISO text in UTC on SQLite."""

    field_type = "TIMESTAMPTZ"


class Table(peewee.Model):
    class Meta:
        legacy_table_names = False


class Client(Table):
    name = peewee.CharField()
    kind = peewee.CharField(max_length=40)
    legal_name = peewee.CharField()
    address = peewee.TextField()
    tax_number = peewee.CharField()
    created_at = Instant()


class Event(Table):
    chain = peewee.CharField()
    seq = peewee.BigIntegerField()
    prev = peewee.CharField(max_length=64)
    hash = peewee.CharField(max_length=64, unique=True)
    line = peewee.TextField()
    verb = peewee.CharField(max_length=40)
    project_id = peewee.IntegerField(null=True)
    is_internal = peewee.BooleanField()
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    actor = peewee.CharField(max_length=64)
    actor_id = peewee.IntegerField(null=True)
    at = Instant()

    class Meta:
        indexes = (
            (("chain", "seq"), True),
            (("chain", "prev"), True),
            (("project_id", "is_internal", "id"), False),
            (("project_id", "subject_kind", "subject_number"), False),
        )


class Attempt(Table):
    key = peewee.CharField(index=True)
    at = Instant(index=True)


class Blob(Table):
    sha256 = peewee.FixedCharField(max_length=64, unique=True)
    size_bytes = peewee.BigIntegerField()
    media_type = peewee.CharField(max_length=100)
    width = peewee.IntegerField(null=True)
    height = peewee.IntegerField(null=True)
    created_at = Instant()
    kept_at = Instant(index=True)


class Bounce(Table):
    address = peewee.CharField(unique=True)
    said = peewee.TextField()
    at = Instant()


class CostRate(Table):
    role = peewee.CharField(max_length=60)
    currency = peewee.CharField(max_length=3)
    hour_minor = peewee.BigIntegerField()
    from_on = peewee.DateField()
    until_on = peewee.DateField(null=True)
    created_at = Instant()

    class Meta:
        indexes = ((("role", "currency", "from_on"), True),)


class Head(Table):
    chain = peewee.CharField(unique=True)
    seq = peewee.BigIntegerField()
    hash = peewee.CharField(max_length=64)
    moved_at = Instant(null=True)


class Identity(Table):
    commitment = peewee.CharField(max_length=64, unique=True)
    salt = peewee.CharField(max_length=64)
    json = peewee.TextField()
    user_id = peewee.IntegerField(index=True, null=True)


class Letter(Table):
    address = peewee.CharField()
    name = peewee.CharField()
    user_id = peewee.IntegerField(index=True, null=True)
    event_id = peewee.IntegerField(null=True)
    project_id = peewee.IntegerField(null=True)
    subject_kind = peewee.CharField(max_length=40, null=True)
    subject_number = peewee.IntegerField(null=True)
    template = peewee.CharField(max_length=80)
    context = peewee.TextField()
    status = peewee.CharField(max_length=40)
    is_urgent = peewee.BooleanField()
    carried_by_id = peewee.IntegerField(index=True, null=True)
    attempts = peewee.IntegerField()
    next_try_at = Instant()
    created_at = Instant()
    sent_at = Instant(null=True)
    message_id = peewee.CharField(unique=True)
    error = peewee.TextField()

    class Meta:
        indexes = (
            (("event_id", "user_id", "template"), True),
            (("status", "next_try_at"), False),
            (("project_id", "subject_kind", "subject_number"), False),
        )


class Posting(Table):
    digest = peewee.CharField(max_length=64, unique=True)
    place = peewee.TextField()
    posted_at = Instant(index=True)


class Rate(Table):
    role = peewee.CharField(max_length=60)
    currency = peewee.CharField(max_length=3)
    hour_minor = peewee.BigIntegerField()
    from_on = peewee.DateField()
    until_on = peewee.DateField(null=True)
    created_at = Instant()

    class Meta:
        indexes = ((("role", "currency", "from_on"), True),)


class SavedReply(Table):
    name = peewee.CharField(max_length=80)
    text = peewee.TextField()
    created_at = Instant()


class SealKey(Table):
    fingerprint = peewee.CharField(max_length=64, unique=True)
    name = peewee.CharField()
    certificate = peewee.TextField()
    authority = peewee.TextField()
    made_at = Instant()


class Terms(Table):
    name = peewee.CharField(max_length=80)
    version = peewee.IntegerField()
    text = peewee.TextField()
    from_on = peewee.DateField()
    created_at = Instant()

    class Meta:
        indexes = ((("name", "version"), True),)


class Upkeep(Table):
    deed = peewee.CharField(max_length=40, unique=True)
    done_at = Instant()
    is_well = peewee.BooleanField()
    files = peewee.IntegerField(null=True)
    size_bytes = peewee.BigIntegerField(null=True)


class User(Table):
    email = peewee.CharField(unique=True)
    name = peewee.CharField()
    title = peewee.CharField()
    phone = peewee.CharField()
    house_role = peewee.CharField(max_length=40, null=True)
    password_hash = peewee.CharField(null=True)
    identity = peewee.CharField(max_length=64)
    theme = peewee.CharField()
    zone = peewee.CharField()
    locale = peewee.CharField()
    created_at = Instant()
    disabled_at = Instant(null=True)
    erased_at = Instant(null=True)
    client = peewee.ForeignKeyField(Client, null=True)


class Project(Table):
    client = peewee.ForeignKeyField(Client)
    slug = peewee.CharField(max_length=60, unique=True)
    name = peewee.CharField()
    summary = peewee.TextField()
    currency = peewee.CharField(max_length=3)
    phase = peewee.CharField()
    health = peewee.CharField(max_length=40)
    health_note = peewee.CharField()
    starts_on = peewee.DateField(null=True)
    launch_on = peewee.DateField(null=True)
    next_on = peewee.DateField(null=True)
    next_what = peewee.CharField()
    client_revision = peewee.BigIntegerField()
    internal_revision = peewee.BigIntegerField()
    created_at = Instant()
    closed_at = Instant(null=True)


class LetterAttempt(Table):
    letter = peewee.ForeignKeyField(Letter, on_delete="CASCADE")
    at = Instant()
    outcome = peewee.TextField()


class Studio(Table):
    name = peewee.CharField()
    legal_name = peewee.CharField()
    city = peewee.CharField()
    address = peewee.TextField()
    tax_number = peewee.CharField()
    phone = peewee.CharField()
    email = peewee.CharField()
    zone = peewee.CharField(max_length=64)
    locale = peewee.CharField(max_length=16)
    currency = peewee.CharField(max_length=3)
    opens_minutes = peewee.BigIntegerField()
    closes_minutes = peewee.BigIntegerField()
    logo = peewee.ForeignKeyField(Blob, null=True, on_delete="SET NULL")


class AddressChange(Table):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    before = peewee.CharField()
    after = peewee.CharField()
    seed = peewee.CharField()
    nonce = peewee.CharField()
    created_at = Instant()
    tries = peewee.SmallIntegerField()
    confirmed_at = Instant(null=True)
    undone_at = Instant(null=True)


class SignOff(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    kind = peewee.CharField(max_length=40)
    subject_id = peewee.IntegerField()
    subject_number = peewee.IntegerField()
    version = peewee.IntegerField()
    noun = peewee.CharField(max_length=40)
    title = peewee.CharField()
    status = peewee.CharField(max_length=40)
    rule = peewee.CharField(max_length=40)
    snapshot = peewee.TextField()
    digest = peewee.CharField(max_length=64)
    currency = peewee.CharField(max_length=3)
    amount_minor = peewee.BigIntegerField(null=True)
    is_binding = peewee.BooleanField()
    baseline_number = peewee.IntegerField()
    silence = peewee.CharField()
    requested_by = peewee.ForeignKeyField(User)
    requested_at = Instant()
    due_on = peewee.DateField(null=True)
    holds_what = peewee.CharField()
    holds_on = peewee.DateField(null=True)
    day_cost_minor = peewee.BigIntegerField(null=True)
    expires_on = peewee.DateField(null=True)
    closed_at = Instant(null=True)
    reason = peewee.TextField()
    cancelled_by = peewee.ForeignKeyField("self", null=True)

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("kind", "subject_id"), True),
            (("status", "due_on"), False),
        )


class Feedback(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    kind = peewee.CharField(max_length=40)
    text = peewee.TextField()
    filed_by = peewee.ForeignKeyField(User)
    filed_at = Instant()
    status = peewee.CharField(max_length=40)
    turn = peewee.CharField(max_length=40)
    turned_at = Instant()
    is_contested = peewee.BooleanField()
    verdicts = peewee.IntegerField()
    place = peewee.TextField()
    source_kind = peewee.CharField(max_length=40, null=True)
    source_number = peewee.IntegerField(null=True)

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("project", "turn", "turned_at", "status", "is_contested"), False),
            (("kind", "turn"), False),
        )


class ChangeRequest(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    raised_by = peewee.ForeignKeyField(User)
    cause = peewee.CharField(max_length=40)
    asked_title = peewee.CharField()
    asked_why = peewee.TextField()
    created_at = Instant()

    class Meta:
        indexes = ((("project", "number"), True),)


class Code(Table):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    browser_digest = peewee.CharField(max_length=64)
    seed = peewee.CharField()
    created_at = Instant()
    tries = peewee.SmallIntegerField()
    used_at = Instant(null=True)


class Comparison(Table):
    project = peewee.ForeignKeyField(Project)
    before = peewee.ForeignKeyField(Blob)
    after = peewee.ForeignKeyField(Blob)
    status = peewee.CharField(max_length=40)
    changed_bp = peewee.BigIntegerField()
    regions = peewee.TextField()
    picture = peewee.ForeignKeyField(Blob, null=True)
    problem = peewee.CharField(max_length=400)
    attempts = peewee.IntegerField()
    claimed_at = Instant(null=True)
    created_at = Instant()

    class Meta:
        indexes = (
            (("project", "before", "after"), True),
            (("status",), False),
        )


class Entry(Table):
    project = peewee.ForeignKeyField(Project)
    place = peewee.CharField(max_length=160, unique=True)
    kind = peewee.CharField(max_length=40)
    topic = peewee.CharField(max_length=40)
    number = peewee.IntegerField()
    part = peewee.IntegerField()
    is_internal = peewee.BooleanField()
    title = peewee.CharField(max_length=300)
    text = peewee.TextField()
    person = peewee.ForeignKeyField(User, null=True)
    happened_at = Instant()

    class Meta:
        table_name = "search_entry"
        indexes = (
            (("project", "kind", "number"), False),
            (("happened_at",), False),
        )


class Estimate(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    created_at = Instant()

    class Meta:
        indexes = ((("project", "number"), True),)


class EstimateTemplate(Table):
    name = peewee.CharField(max_length=80)
    outline = peewee.TextField()
    created_by = peewee.ForeignKeyField(User)
    created_at = Instant()
    retired_at = Instant(null=True)


class ScopeItem(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()

    class Meta:
        indexes = ((("project", "number"), True),)


class Invitation(Table):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    invited_by = peewee.ForeignKeyField(User, on_delete="CASCADE")
    nonce = peewee.CharField()
    created_at = Instant()
    accepted_at = Instant(null=True)
    revoked_at = Instant(null=True)
    project = peewee.ForeignKeyField(Project, null=True, on_delete="CASCADE")


class Mandate(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    user = peewee.ForeignKeyField(User)
    kinds = peewee.TextField()
    decision_limit_minor = peewee.BigIntegerField(null=True)
    project_limit_minor = peewee.BigIntegerField(null=True)
    set_by = peewee.ForeignKeyField(User)
    set_at = Instant()

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("project", "user"), False),
        )


class Membership(Table):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    role = peewee.CharField(max_length=40)
    created_at = Instant()
    reads = peewee.BigIntegerField()
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")

    class Meta:
        indexes = ((("project", "user"), True),)


class Message(Table):
    project = peewee.ForeignKeyField(Project)
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    number = peewee.IntegerField()
    author = peewee.ForeignKeyField(User)
    text = peewee.TextField()
    is_question = peewee.BooleanField()
    did = peewee.CharField(max_length=40)
    posted_at = Instant()
    edited_at = Instant(null=True)

    class Meta:
        indexes = (
            (("project", "subject_kind", "subject_number", "number"), True),
            (("project", "posted_at"), False),
        )


class Note(Table):
    project = peewee.ForeignKeyField(Project)
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    number = peewee.IntegerField()
    author = peewee.ForeignKeyField(User)
    text = peewee.TextField()
    posted_at = Instant()
    edited_at = Instant(null=True)

    class Meta:
        indexes = (
            (("project", "subject_kind", "subject_number", "number"), True),
            (("project", "posted_at"), False),
        )


class Prototype(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    included_rounds = peewee.IntegerField(null=True)
    captain = peewee.ForeignKeyField(User, null=True)
    further_role = peewee.CharField()
    further_minutes = peewee.BigIntegerField(null=True)
    terms_by = peewee.ForeignKeyField(User, null=True)
    created_at = Instant()

    class Meta:
        indexes = ((("project", "number"), True),)


class ProjectPace(Table):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    pace = peewee.CharField(max_length=40)

    class Meta:
        indexes = ((("user", "project"), True),)


class Promise(Table):
    client = peewee.ForeignKeyField(Client, unique=True)
    first_response_minutes = peewee.BigIntegerField(null=True)
    resolution_minutes = peewee.BigIntegerField(null=True)
    complaints_to = peewee.ForeignKeyField(User, null=True)


class ReadMark(Table):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    subject_kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    message_number = peewee.IntegerField()
    note_number = peewee.IntegerField()
    read_at = Instant()

    class Meta:
        indexes = ((("project", "user", "subject_kind", "subject_number"), True),)


class Rhythm(Table):
    user = peewee.ForeignKeyField(User, unique=True, on_delete="CASCADE")
    pace = peewee.CharField(max_length=40)
    hour = peewee.SmallIntegerField()
    weekday = peewee.SmallIntegerField()
    quiet_from_hour = peewee.SmallIntegerField(null=True)
    quiet_until_hour = peewee.SmallIntegerField(null=True)
    last_batch_at = Instant(null=True)


class SavedSearch(Table):
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    number = peewee.IntegerField()
    name = peewee.CharField(max_length=60)
    text = peewee.CharField(max_length=300)
    saved_at = Instant()

    class Meta:
        indexes = ((("user", "number"), True),)


class Session(Table):
    token_digest = peewee.CharField(max_length=64, unique=True)
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    how = peewee.CharField(max_length=40)
    created_at = Instant()
    authenticated_at = Instant()
    last_used_at = Instant()
    ended_at = Instant(null=True)
    address = peewee.CharField()
    agent = peewee.CharField(max_length=300)
    viewing_id = peewee.IntegerField(null=True)
    viewing_until_at = Instant(null=True)


class StandIn(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    absent = peewee.ForeignKeyField(User)
    person = peewee.ForeignKeyField(User)
    from_on = peewee.DateField()
    until_on = peewee.DateField()
    named_by = peewee.ForeignKeyField(User)
    named_at = Instant()
    ended_at = Instant(null=True)

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("project", "absent"), False),
        )


class Statement(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    as_of_on = peewee.DateField()
    used_minor = peewee.BigIntegerField()
    forecast_minor = peewee.BigIntegerField(null=True)
    note = peewee.CharField()
    author = peewee.ForeignKeyField(User)
    made_at = Instant()

    class Meta:
        indexes = ((("project", "number"), True),)


class Addressee(Table):
    user = peewee.ForeignKeyField(User)
    ask = peewee.CharField(max_length=40)
    position = peewee.IntegerField()
    asked_at = Instant(null=True)
    instead_of = peewee.ForeignKeyField(User, null=True)
    vacated_at = Instant(null=True)
    opened_at = Instant(null=True)
    reminded_at = Instant(null=True)
    sign_off = peewee.ForeignKeyField(SignOff, on_delete="CASCADE")

    class Meta:
        indexes = ((("sign_off", "user"), True),)


class Cancellation(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    version = peewee.IntegerField()
    sign_off = peewee.ForeignKeyField(SignOff)
    reason = peewee.TextField()
    status = peewee.CharField(max_length=40)
    created_by = peewee.ForeignKeyField(User)
    created_at = Instant()

    class Meta:
        indexes = ((("project", "number", "version"), True),)


class CareAnswer(Table):
    feedback = peewee.ForeignKeyField(Feedback, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    is_good = peewee.BooleanField()
    why = peewee.TextField()
    answered_at = Instant()

    class Meta:
        indexes = ((("feedback", "user"), True),)


class CareMeasure(Table):
    feedback = peewee.ForeignKeyField(Feedback, unique=True, on_delete="CASCADE")
    project = peewee.ForeignKeyField(Project)
    month_on = peewee.DateField()
    response_minutes = peewee.BigIntegerField(null=True)
    response_by_at = Instant(null=True)
    is_response_kept = peewee.BooleanField()
    resolution_minutes = peewee.BigIntegerField(null=True)
    resolution_by_at = Instant(null=True)
    is_resolution_kept = peewee.BooleanField()
    answered = peewee.IntegerField()
    good = peewee.IntegerField()

    class Meta:
        indexes = ((("project", "month_on"), False),)


class ChangeOrigin(Table):
    kind = peewee.CharField(max_length=40)
    number = peewee.IntegerField()
    change = peewee.ForeignKeyField(ChangeRequest, on_delete="CASCADE")

    class Meta:
        indexes = (
            (("change", "kind", "number"), True),
            (("kind", "number"), False),
        )


class ChangeVersion(Table):
    change = peewee.ForeignKeyField(ChangeRequest)
    version = peewee.IntegerField()
    status = peewee.CharField(max_length=40)
    title = peewee.CharField()
    summary = peewee.CharField()
    why = peewee.TextField()
    silence = peewee.CharField()
    valid_until_on = peewee.DateField(null=True)
    used_minor = peewee.BigIntegerField(null=True)
    forecast_minor = peewee.BigIntegerField(null=True)
    as_of_on = peewee.DateField(null=True)
    edits = peewee.IntegerField()
    edited_by = peewee.ForeignKeyField(User, null=True)
    edited_at = Instant(null=True)
    asks = peewee.TextField(null=True)
    created_by = peewee.ForeignKeyField(User)
    created_at = Instant()

    class Meta:
        indexes = ((("change", "version"), True),)


class Escalation(Table):
    feedback = peewee.ForeignKeyField(Feedback, on_delete="CASCADE")
    cause = peewee.CharField(max_length=40)
    person = peewee.ForeignKeyField(User)
    told_at = Instant()

    class Meta:
        indexes = ((("feedback", "cause"), True),)


class EstimateImport(Table):
    project = peewee.ForeignKeyField(Project, on_delete="CASCADE")
    number = peewee.IntegerField()
    user = peewee.ForeignKeyField(User)
    file_name = peewee.CharField(max_length=200)
    rows = peewee.TextField(null=True)
    has_decimal_comma = peewee.BooleanField()
    into = peewee.ForeignKeyField(Estimate, null=True, on_delete="SET NULL")
    is_done = peewee.BooleanField()
    created_at = Instant()

    class Meta:
        indexes = ((("project", "number"), True),)


class EstimateVersion(Table):
    estimate = peewee.ForeignKeyField(Estimate)
    version = peewee.IntegerField()
    status = peewee.CharField(max_length=40)
    title = peewee.CharField()
    summary = peewee.TextField()
    terms = peewee.TextField()
    silence = peewee.CharField()
    stance = peewee.CharField(max_length=40)
    terms_name = peewee.CharField()
    contingency_bp = peewee.BigIntegerField()
    discount_bp = peewee.BigIntegerField()
    taxes = peewee.TextField()
    payments = peewee.TextField()
    removed = peewee.TextField(null=True)
    valid_until_on = peewee.DateField(null=True)
    launch_on = peewee.DateField(null=True)
    edits = peewee.IntegerField()
    edited_by = peewee.ForeignKeyField(User, null=True)
    edited_at = Instant()
    created_by = peewee.ForeignKeyField(User)
    created_at = Instant()

    class Meta:
        indexes = ((("estimate", "version"), True),)


class FeedbackChange(Table):
    change = peewee.ForeignKeyField(ChangeRequest)
    feedback = peewee.ForeignKeyField(Feedback, unique=True, on_delete="CASCADE")


class FeedbackMerge(Table):
    by = peewee.ForeignKeyField(User)
    merged_at = Instant()
    feedback = peewee.ForeignKeyField(Feedback, unique=True, on_delete="CASCADE")
    into = peewee.ForeignKeyField(Feedback, on_delete="CASCADE")


class FeedbackPicture(Table):
    blob = peewee.ForeignKeyField(Blob)
    small = peewee.ForeignKeyField(Blob)
    name = peewee.CharField()
    feedback = peewee.ForeignKeyField(Feedback, on_delete="CASCADE")


class FeedbackStep(Table):
    kind = peewee.CharField(max_length=40)
    by = peewee.ForeignKeyField(User)
    words = peewee.TextField()
    taken_at = Instant()
    feedback = peewee.ForeignKeyField(Feedback)


class Handling(Table):
    assignee = peewee.ForeignKeyField(User, null=True)
    assigned_by = peewee.ForeignKeyField(User, null=True)
    assigned_at = Instant(null=True)
    severity = peewee.CharField(max_length=40)
    wakes_at = Instant(index=True, null=True)
    respond_by_at = Instant(null=True)
    responded_at = Instant(null=True)
    resolve_by_at = Instant(null=True)
    before_verdict = peewee.TextField(null=True)
    feedback = peewee.ForeignKeyField(Feedback, unique=True, on_delete="CASCADE")


class LineQuestion(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    sign_off = peewee.ForeignKeyField(SignOff)
    kind = peewee.CharField(max_length=40)
    subject_number = peewee.IntegerField()
    version = peewee.IntegerField()
    place = peewee.CharField(max_length=40)
    title = peewee.CharField()
    author = peewee.ForeignKeyField(User)
    text = peewee.TextField()
    status = peewee.CharField(max_length=40)
    asked_at = Instant()

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("project", "kind", "subject_number"), False),
        )


class MessageEdit(Table):
    written = peewee.ForeignKeyField(Message)
    text = peewee.TextField()
    replaced_at = Instant()


class MessageFile(Table):
    written = peewee.ForeignKeyField(Message)
    blob = peewee.ForeignKeyField(Blob)
    small = peewee.ForeignKeyField(Blob, null=True)
    name = peewee.CharField()


class NoteEdit(Table):
    written = peewee.ForeignKeyField(Note)
    text = peewee.TextField()
    replaced_at = Instant()


class NoteFile(Table):
    written = peewee.ForeignKeyField(Note)
    blob = peewee.ForeignKeyField(Blob)
    small = peewee.ForeignKeyField(Blob, null=True)
    name = peewee.CharField()


class Opinion(Table):
    sign_off = peewee.ForeignKeyField(SignOff, on_delete="CASCADE")
    user = peewee.ForeignKeyField(User)
    view = peewee.CharField(max_length=40)
    note = peewee.TextField()
    given_at = Instant()

    class Meta:
        indexes = ((("sign_off", "user"), True),)


class PrototypeVersion(Table):
    prototype = peewee.ForeignKeyField(Prototype)
    version = peewee.IntegerField()
    status = peewee.CharField(max_length=40)
    title = peewee.CharField(max_length=120)
    note = peewee.CharField(max_length=300)
    silence = peewee.CharField(max_length=300)
    created_by = peewee.ForeignKeyField(User)
    created_at = Instant()

    class Meta:
        indexes = ((("prototype", "version"), True),)


class PrototypeItem(Table):
    item = peewee.ForeignKeyField(ScopeItem)
    by = peewee.ForeignKeyField(User)
    linked_at = Instant()
    prototype = peewee.ForeignKeyField(Prototype, on_delete="CASCADE")

    class Meta:
        indexes = ((("prototype", "item"), True),)


class Verdict(Table):
    kind = peewee.CharField(max_length=40)
    reason = peewee.TextField()
    scope_item = peewee.ForeignKeyField(ScopeItem, null=True)
    by = peewee.ForeignKeyField(User)
    given_at = Instant()
    feedback = peewee.ForeignKeyField(Feedback)


class VersionRequest(Table):
    project = peewee.ForeignKeyField(Project)
    sign_off = peewee.ForeignKeyField(SignOff, unique=True)
    user = peewee.ForeignKeyField(User)
    text = peewee.TextField()
    requested_at = Instant()


class Alternative(Table):
    number = peewee.IntegerField()
    position = peewee.IntegerField()
    title = peewee.CharField()
    summary = peewee.CharField()
    launch_on = peewee.DateField(null=True)
    is_recommended = peewee.BooleanField()
    version = peewee.ForeignKeyField(ChangeVersion, on_delete="CASCADE")

    class Meta:
        table_name = "change_alternative"
        indexes = ((("version", "number"), True),)


class Decision(Table):
    project = peewee.ForeignKeyField(Project)
    sign_off = peewee.ForeignKeyField(SignOff)
    seat = peewee.ForeignKeyField(Addressee, unique=True, null=True)
    user = peewee.ForeignKeyField(User)
    acting_for = peewee.ForeignKeyField(User, null=True)
    answer = peewee.CharField(max_length=40)
    notes = peewee.TextField()
    options = peewee.TextField()
    amount_minor = peewee.BigIntegerField(null=True)
    commits_minor = peewee.BigIntegerField()
    is_within_mandate = peewee.BooleanField()
    launch_on = peewee.DateField(null=True)
    baseline_number = peewee.IntegerField()
    key = peewee.CharField(max_length=64, unique=True)
    signer = peewee.CharField(max_length=64)
    device = peewee.CharField(max_length=64)
    purchase_order = peewee.CharField(max_length=60)
    recorded_by = peewee.ForeignKeyField(User, null=True)
    recorded_how = peewee.CharField(max_length=40, null=True)
    recorded_on = peewee.DateField(null=True)
    event = peewee.ForeignKeyField(Event)
    made_at = Instant()

    class Meta:
        indexes = (
            (("sign_off", "user"), True),
            (("user", "made_at"), False),
        )


class Section(Table):
    number = peewee.IntegerField()
    position = peewee.IntegerField()
    title = peewee.CharField()
    choice = peewee.CharField()
    is_chosen_by_default = peewee.BooleanField()
    version = peewee.ForeignKeyField(EstimateVersion, on_delete="CASCADE")

    class Meta:
        table_name = "estimate_section"


class Source(Table):
    key = peewee.CharField(max_length=64, unique=True)
    name = peewee.CharField(max_length=120)
    size_bytes = peewee.BigIntegerField()
    blob = peewee.ForeignKeyField(Blob, null=True)
    status = peewee.CharField(max_length=40)
    received_bytes = peewee.BigIntegerField()
    received_at = Instant(null=True)
    composite = peewee.CharField(max_length=64)
    done = peewee.IntegerField()
    total = peewee.IntegerField()
    problem = peewee.CharField(max_length=400)
    attempts = peewee.IntegerField()
    claimed_at = Instant(null=True)
    created_by = peewee.ForeignKeyField(User)
    created_at = Instant()
    version = peewee.ForeignKeyField(PrototypeVersion, on_delete="CASCADE")

    class Meta:
        indexes = (
            (("version", "status"), False),
            (("status",), False),
        )


class Round(Table):
    number = peewee.IntegerField()
    status = peewee.CharField(max_length=40)
    opened_at = Instant()
    submitted_at = Instant(null=True)
    submitted_by = peewee.ForeignKeyField(User, null=True)
    closed_at = Instant(null=True)
    change = peewee.ForeignKeyField(ChangeRequest, null=True)
    reminded_at = Instant(null=True)
    prototype = peewee.ForeignKeyField(Prototype)
    version = peewee.ForeignKeyField(PrototypeVersion)

    class Meta:
        indexes = ((("prototype", "number"), True),)


class PinShare(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    author = peewee.ForeignKeyField(User)
    note = peewee.TextField()
    key = peewee.CharField(max_length=64, unique=True)
    shared_at = Instant()
    version = peewee.ForeignKeyField(PrototypeVersion)

    class Meta:
        indexes = ((("project", "number"), True),)


class Amendment(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    decision = peewee.ForeignKeyField(Decision, unique=True)
    kind = peewee.CharField(max_length=40)
    amount_minor = peewee.BigIntegerField()
    launch_on = peewee.DateField(null=True)
    launch_before_on = peewee.DateField(null=True)
    cancels = peewee.ForeignKeyField("self", unique=True, null=True)
    made_at = Instant()

    class Meta:
        indexes = ((("project", "number"), True),)


class DecisionFile(Table):
    decision = peewee.ForeignKeyField(Decision, on_delete="CASCADE")
    blob = peewee.ForeignKeyField(Blob)
    name = peewee.CharField()


class Impact(Table):
    alternative = peewee.ForeignKeyField(Alternative, on_delete="CASCADE")
    position = peewee.IntegerField()
    action = peewee.CharField(max_length=40)
    item = peewee.ForeignKeyField(ScopeItem, null=True)
    section = peewee.CharField()
    title = peewee.CharField()
    detail = peewee.TextField()
    price_minor = peewee.BigIntegerField(null=True)
    unit = peewee.CharField(max_length=20)
    quantity_thousandths = peewee.BigIntegerField(null=True)
    rate_minor = peewee.BigIntegerField(null=True)


class Line(Table):
    section = peewee.ForeignKeyField(Section, on_delete="CASCADE")
    number = peewee.IntegerField()
    position = peewee.IntegerField()
    what = peewee.CharField()
    note = peewee.CharField()
    kind = peewee.CharField(max_length=40)
    quantity_thousandths = peewee.BigIntegerField(null=True)
    unit = peewee.CharField(max_length=20)
    rate_minor = peewee.BigIntegerField(null=True)
    fixed_minor = peewee.BigIntegerField(null=True)
    is_optional = peewee.BooleanField()
    is_chosen_by_default = peewee.BooleanField()
    least_thousandths = peewee.BigIntegerField(null=True)
    most_thousandths = peewee.BigIntegerField(null=True)
    taxes = peewee.TextField(null=True)
    role = peewee.CharField(max_length=60)
    low_minutes = peewee.BigIntegerField(null=True)
    likely_minutes = peewee.BigIntegerField(null=True)
    high_minutes = peewee.BigIntegerField(null=True)

    class Meta:
        table_name = "estimate_line"


class Objection(Table):
    decision = peewee.ForeignKeyField(Decision, unique=True)
    by = peewee.ForeignKeyField(User)
    reason = peewee.TextField()
    made_at = Instant()
    withdrawn_at = Instant(null=True)


class Screen(Table):
    position = peewee.IntegerField()
    name = peewee.CharField(max_length=80)
    kind = peewee.CharField(max_length=40)
    source = peewee.ForeignKeyField(Source, null=True)
    original = peewee.ForeignKeyField(Blob, null=True)
    thumb = peewee.ForeignKeyField(Blob, null=True)
    shown = peewee.ForeignKeyField(Blob, null=True)
    fine = peewee.ForeignKeyField(Blob, null=True)
    width = peewee.IntegerField(null=True)
    height = peewee.IntegerField(null=True)
    page = peewee.IntegerField(null=True)
    mark = peewee.CharField(max_length=400)
    duration_ms = peewee.BigIntegerField(null=True)
    address = peewee.CharField(max_length=2000)
    version = peewee.ForeignKeyField(PrototypeVersion, on_delete="CASCADE")

    class Meta:
        indexes = ((("version", "position"), False),)


class PinBatch(Table):
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    version = peewee.ForeignKeyField(PrototypeVersion)
    round = peewee.ForeignKeyField(Round, null=True)
    author = peewee.ForeignKeyField(User)
    note = peewee.TextField()
    key = peewee.CharField(max_length=64, unique=True)
    published_at = Instant()

    class Meta:
        indexes = ((("project", "number"), True),)


class Receipt(Table):
    public_id = peewee.CharField(max_length=32, unique=True)
    project = peewee.ForeignKeyField(Project)
    number = peewee.IntegerField()
    decision = peewee.ForeignKeyField(Decision, unique=True)
    record = peewee.TextField()

    class Meta:
        indexes = ((("project", "number"), True),)


class SiteFile(Table):
    source = peewee.ForeignKeyField(Source, on_delete="CASCADE")
    path = peewee.CharField(max_length=500)
    blob = peewee.ForeignKeyField(Blob)
    media_type = peewee.CharField(max_length=100)
    title = peewee.CharField(max_length=200)

    class Meta:
        indexes = ((("source", "path"), True),)


class Pin(Table):
    project = peewee.ForeignKeyField(Project)
    version = peewee.ForeignKeyField(PrototypeVersion)
    screen = peewee.ForeignKeyField(Screen)
    number = peewee.IntegerField(null=True)
    key = peewee.CharField(max_length=64, unique=True)
    x_bp = peewee.BigIntegerField(null=True)
    y_bp = peewee.BigIntegerField(null=True)
    w_bp = peewee.BigIntegerField(null=True)
    h_bp = peewee.BigIntegerField(null=True)
    at_ms = peewee.BigIntegerField(null=True)
    until_ms = peewee.BigIntegerField(null=True)
    route = peewee.CharField(max_length=2000)
    element = peewee.TextField()
    in_x_bp = peewee.BigIntegerField(null=True)
    in_y_bp = peewee.BigIntegerField(null=True)
    text = peewee.TextField()
    author = peewee.ForeignKeyField(User)
    viewport_width = peewee.IntegerField(null=True)
    viewport_height = peewee.IntegerField(null=True)
    device = peewee.CharField(max_length=100)
    created_at = Instant()
    status = peewee.CharField(max_length=40)
    answer = peewee.TextField()
    answered_by = peewee.ForeignKeyField(User, null=True)
    answered_at = Instant(null=True)
    batch = peewee.ForeignKeyField(PinBatch, null=True)

    class Meta:
        indexes = (
            (("project", "number"), True),
            (("version", "author"), False),
        )


class ScopeEdit(Table):
    amendment = peewee.ForeignKeyField(Amendment)
    item = peewee.ForeignKeyField(ScopeItem)
    action = peewee.CharField(max_length=40)
    section = peewee.CharField()
    title = peewee.CharField()
    detail = peewee.TextField()
    price_minor = peewee.BigIntegerField()
    line = peewee.IntegerField(null=True)


class Seal(Table):
    receipt = peewee.ForeignKeyField(Receipt, unique=True, on_delete="CASCADE")
    pdf = peewee.ForeignKeyField(Blob, null=True)
    fingerprint = peewee.CharField(max_length=64)
    sealed_at = Instant(null=True)
    promised_at = Instant()
    attempts = peewee.IntegerField()
    next_try_at = Instant()

    class Meta:
        indexes = ((("sealed_at", "next_try_at"), False),)


class SharedPin(Table):
    share = peewee.ForeignKeyField(PinShare, null=True)
    dropped_why = peewee.TextField()
    is_kept = peewee.BooleanField()
    settled_by = peewee.ForeignKeyField(User, null=True)
    settled_at = Instant(null=True)
    pin = peewee.ForeignKeyField(Pin, unique=True)
    into = peewee.ForeignKeyField(Pin, null=True)


TABLES = (
    Client,
    Event,
    Attempt,
    Blob,
    Bounce,
    CostRate,
    Head,
    Identity,
    Letter,
    Posting,
    Rate,
    SavedReply,
    SealKey,
    Terms,
    Upkeep,
    User,
    Project,
    LetterAttempt,
    Studio,
    AddressChange,
    SignOff,
    Feedback,
    ChangeRequest,
    Code,
    Comparison,
    Entry,
    Estimate,
    EstimateTemplate,
    ScopeItem,
    Invitation,
    Mandate,
    Membership,
    Message,
    Note,
    Prototype,
    ProjectPace,
    Promise,
    ReadMark,
    Rhythm,
    SavedSearch,
    Session,
    StandIn,
    Statement,
    Addressee,
    Cancellation,
    CareAnswer,
    CareMeasure,
    ChangeOrigin,
    ChangeVersion,
    Escalation,
    EstimateImport,
    EstimateVersion,
    FeedbackChange,
    FeedbackMerge,
    FeedbackPicture,
    FeedbackStep,
    Handling,
    LineQuestion,
    MessageEdit,
    MessageFile,
    NoteEdit,
    NoteFile,
    Opinion,
    PrototypeVersion,
    PrototypeItem,
    Verdict,
    VersionRequest,
    Alternative,
    Decision,
    Section,
    Source,
    Round,
    PinShare,
    Amendment,
    DecisionFile,
    Impact,
    Line,
    Objection,
    Screen,
    PinBatch,
    Receipt,
    SiteFile,
    Pin,
    ScopeEdit,
    Seal,
    SharedPin,
)


#: The words of what can be found: a table that is none of peewee's.
SQLITE_WORDS = (
    "create virtual table search_words using fts5(title, body, tokenize = 'ascii', prefix = '2 3')",
)
POSTGRESQL_WORDS = (
    "create table search_words (id integer primary key, words tsvector not null)",
    "create index search_words_words on search_words using gin (words)",
)


#: A fact may be added to `event`, and nothing else. SQLite would let `insert or replace` delete
#: a row without telling a trigger, so that has one of its own.
SQLITE_GUARD = (
    """create trigger event_no_update before update on event
       begin select raise(abort, 'the ledger is append-only'); end""",
    """create trigger event_no_delete before delete on event
       begin select raise(abort, 'the ledger is append-only'); end""",
    """create trigger event_no_replace before insert on event
       when exists (select 1 from event where id = new.id or hash = new.hash or
                    (chain = new.chain and (seq = new.seq or prev = new.prev)))
       begin select raise(abort, 'the ledger is append-only'); end""",
)
POSTGRESQL_GUARD = (
    """create or replace function event_is_append_only() returns trigger language plpgsql as
       $$ begin raise exception 'the ledger is append-only'; end $$""",
    """create trigger event_no_update before update on event
       for each row execute function event_is_append_only()""",
    """create trigger event_no_delete before delete on event
       for each row execute function event_is_append_only()""",
    """create trigger event_no_truncate before truncate on event
       for each statement execute function event_is_append_only()""",
)


def up(migrator, db):
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES, safe=False)
    is_sqlite = isinstance(db, peewee.SqliteDatabase)
    words = SQLITE_WORDS if is_sqlite else POSTGRESQL_WORDS
    for statement in (*(SQLITE_GUARD if is_sqlite else POSTGRESQL_GUARD), *words):
        db.execute_sql(statement)


def down(migrator, db):
    db.execute_sql("drop table search_words")
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES, safe=False)
    if not isinstance(db, peewee.SqliteDatabase):
        db.execute_sql("drop function event_is_append_only()")
