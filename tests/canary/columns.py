"""Who may see each column of each table. Whoever adds a column says it here.

What nobody outside may see gets a canary in `story.py` or `acts.py`: the tests ask for one.
"""

#: No client ever sees it, in any row.
INTERNAL = {
    "bounce": "said",
    "care_measure": (
        "response_minutes response_by_at is_response_kept resolution_minutes resolution_by_at "
        "is_resolution_kept answered good"
    ),
    "change_version": "asks edits edited_by_id edited_at",
    "cost_rate": "role currency hour_minor from_on until_on",
    "escalation": "cause person_id",
    "estimate_import": "file_name rows into_id is_done user_id",
    "estimate_line": "role low_minutes likely_minutes high_minutes",
    "estimate_template": "name outline retired_at",
    "estimate_version": "removed edits edited_by_id edited_at",
    "handling": (
        "assignee_id assigned_by_id assigned_at severity wakes_at respond_by_at resolve_by_at"
    ),
    "letter": "error",
    "letter_attempt": "outcome",
    "note": "subject_kind subject_number number author_id text posted_at edited_at",
    "note_edit": "text replaced_at",
    "note_file": "name blob_id small_id",
    "project_pace": "pace",
    "promise": "first_response_minutes resolution_minutes complaints_to_id",
    "prototype": "further_role further_minutes",
    "rate": "role currency hour_minor from_on until_on",
    "rhythm": "pace hour weekday quiet_from_hour quiet_until_hour",
    "saved_reply": "name text",
    "saved_search": "name text",
    "session": "address agent viewing_id",
    "source": "name problem",
}

#: Clients see it in some rows, and in others never: a draft, a colleague's letter, a studio's fact.
PARTLY = {
    "cancellation": "reason",
    "change_alternative": "title summary launch_on is_recommended",
    "change_version": (
        "title summary why silence valid_until_on used_minor forecast_minor as_of_on"
    ),
    "estimate_line": (
        "what note kind quantity_thousandths unit rate_minor fixed_minor is_optional "
        "is_chosen_by_default least_thousandths most_thousandths taxes"
    ),
    "estimate_section": "title choice is_chosen_by_default",
    "estimate_version": (
        "title summary terms silence stance terms_name contingency_bp discount_bp taxes "
        "payments valid_until_on launch_on"
    ),
    "feedback_change": "change_id",
    "impact": (
        "action item_id section title detail price_minor unit quantity_thousandths rate_minor"
    ),
    "letter": "context",
    "prototype_item": "item_id",
    "prototype_version": "title note",
    "screen": "name address",
    "search_entry": "title text",
    "site_file": "path title",
    "terms": "name text from_on",
}

#: The client's own until a round is submitted: no page of the studio has it before.
HELD = {
    "pin": "text",
    "pin_share": "note",
    "shared_pin": "dropped_why",
}

#: Nobody at all reads it; what stands there is searched for as it is.
SECRET = {
    "code": "browser_digest seed",
    "session": "token_digest",
    "user": "password_hash",
}

#: People outside read it, or something that is made of it.
SHOWN = {
    "address_change": "before after seed confirmed_at undone_at",
    "addressee": "ask asked_at vacated_at opened_at reminded_at",
    "amendment": "number kind amount_minor launch_on launch_before_on made_at",
    "blob": "sha256 size_bytes media_type width height",
    "cancellation": "number version status",
    "care_answer": "is_good why answered_at",
    "change_alternative": "number",
    "change_origin": "kind number",
    "change_request": "number cause asked_title asked_why",
    "change_version": "version status",
    "client": "name kind legal_name address tax_number",
    "comparison": "status changed_bp regions problem",
    "decision": (
        "answer notes options amount_minor commits_minor is_within_mandate launch_on "
        "baseline_number signer device purchase_order recorded_how recorded_on made_at"
    ),
    "decision_file": "name",
    "estimate": "number",
    "estimate_line": "number",
    "estimate_section": "number",
    "estimate_version": "version status",
    "event": "line subject_kind subject_number actor at",
    "feedback": (
        "number kind text filed_at status turn turned_at is_contested verdicts place "
        "source_kind source_number"
    ),
    "feedback_merge": "merged_at",
    "feedback_picture": "name",
    "feedback_step": "kind words taken_at",
    "handling": "before_verdict",
    "identity": "commitment salt json",
    "invitation": "accepted_at revoked_at",
    "letter": "address name subject_kind subject_number template sent_at",
    "line_question": "number kind subject_number version place title text status asked_at",
    "mandate": "number kinds decision_limit_minor project_limit_minor set_at",
    "membership": "role",
    "message": "subject_kind subject_number number text is_question did posted_at edited_at",
    "message_edit": "text replaced_at",
    "message_file": "name",
    "objection": "reason made_at withdrawn_at",
    "opinion": "view note given_at",
    "pin": (
        "number x_bp y_bp w_bp h_bp at_ms until_ms route element in_x_bp in_y_bp "
        "viewport_width viewport_height device status answer answered_at"
    ),
    "pin_batch": "number note published_at",
    "pin_share": "number shared_at",
    "project": (
        "slug name summary currency phase health health_note starts_on launch_on next_on "
        "next_what closed_at"
    ),
    "prototype": "number included_rounds",
    "prototype_item": "linked_at",
    "prototype_version": "version status silence",
    "receipt": "number record",
    "round": "number status opened_at submitted_at closed_at reminded_at",
    "scope_edit": "action section title detail price_minor line",
    "scope_item": "number",
    "screen": "kind width height page mark duration_ms",
    "seal": "fingerprint sealed_at promised_at",
    "seal_key": "fingerprint name certificate authority made_at",
    "search_entry": "kind topic number happened_at",
    "shared_pin": "is_kept settled_at",
    "sign_off": (
        "number kind subject_number version noun title status rule snapshot digest "
        "currency amount_minor is_binding baseline_number silence requested_at due_on "
        "holds_what holds_on day_cost_minor expires_on closed_at reason"
    ),
    "site_file": "media_type",
    "stand_in": "number from_on until_on named_at ended_at",
    "statement": "number as_of_on used_minor forecast_minor note made_at",
    "studio": (
        "name legal_name city address tax_number phone email zone locale currency "
        "opens_minutes closes_minutes"
    ),
    "terms": "version",
    "user": "email name title phone house_role theme zone locale disabled_at erased_at",
    "verdict": "kind reason given_at",
    "version_request": "text requested_at",
}

#: Which row belongs to which, and what the machine keeps for itself. Nothing is said by it.
STRUCTURAL = {
    "address_change": "user_id nonce created_at tries",
    "addressee": "user_id position instead_of_id sign_off_id",
    "amendment": "project_id decision_id cancels_id",
    "attempt": "key at",
    "blob": "created_at kept_at",
    "bounce": "address at",
    "cancellation": "project_id sign_off_id created_by_id created_at",
    "care_answer": "feedback_id user_id",
    "care_measure": "feedback_id project_id month_on",
    "change_alternative": "position version_id",
    "change_origin": "change_id",
    "change_request": "project_id raised_by_id created_at",
    "change_version": "change_id created_by_id created_at",
    "client": "created_at",
    "code": "user_id created_at tries used_at",
    "comparison": "project_id before_id after_id picture_id attempts claimed_at created_at",
    "cost_rate": "created_at",
    "decision": "project_id sign_off_id seat_id user_id acting_for_id key recorded_by_id event_id",
    "decision_file": "decision_id blob_id",
    "escalation": "feedback_id told_at",
    "estimate": "project_id created_at",
    "estimate_import": "project_id number has_decimal_comma created_at",
    "estimate_line": "section_id position",
    "estimate_section": "position version_id",
    "estimate_template": "created_by_id created_at",
    "estimate_version": "estimate_id created_by_id created_at",
    "event": "chain seq prev hash verb project_id is_internal actor_id",
    "feedback": "project_id filed_by_id",
    "feedback_change": "feedback_id",
    "feedback_merge": "by_id feedback_id into_id",
    "feedback_picture": "blob_id small_id feedback_id",
    "feedback_step": "by_id feedback_id",
    "handling": "responded_at feedback_id",
    "head": "chain seq hash moved_at",
    "identity": "user_id",
    "impact": "alternative_id position",
    "invitation": "user_id invited_by_id nonce created_at project_id",
    "letter": (
        "user_id event_id project_id status is_urgent carried_by_id attempts next_try_at "
        "created_at message_id"
    ),
    "letter_attempt": "letter_id at",
    "line_question": "project_id sign_off_id author_id",
    "mandate": "project_id user_id set_by_id",
    "membership": "user_id created_at reads project_id",
    "message": "project_id author_id",
    "message_edit": "written_id",
    "message_file": "written_id blob_id small_id",
    "note": "project_id",
    "note_edit": "written_id",
    "note_file": "written_id",
    "objection": "decision_id by_id",
    "opinion": "sign_off_id user_id",
    "pin": "project_id version_id screen_id key author_id created_at answered_by_id batch_id",
    "pin_batch": "project_id version_id round_id author_id key",
    "pin_share": "project_id author_id key version_id",
    "posting": "digest place posted_at",
    "project": "client_id client_revision internal_revision created_at",
    "project_pace": "user_id project_id",
    "promise": "client_id",
    "prototype": "project_id captain_id terms_by_id created_at",
    "prototype_item": "by_id prototype_id",
    "prototype_version": "prototype_id created_by_id created_at",
    "rate": "created_at",
    "read_mark": (
        "user_id project_id subject_kind subject_number message_number note_number read_at"
    ),
    "receipt": "public_id project_id decision_id",
    "rhythm": "user_id last_batch_at",
    "round": "submitted_by_id change_id prototype_id version_id",
    "saved_reply": "created_at",
    "saved_search": "user_id number saved_at",
    "scope_edit": "amendment_id item_id",
    "scope_item": "project_id",
    "screen": "position source_id original_id thumb_id shown_id fine_id version_id",
    "seal": "receipt_id pdf_id attempts next_try_at",
    "search_entry": "project_id place part is_internal person_id",
    "session": "user_id how created_at authenticated_at last_used_at ended_at viewing_until_at",
    "shared_pin": "share_id settled_by_id pin_id into_id",
    "sign_off": "project_id subject_id requested_by_id cancelled_by_id",
    "site_file": "source_id blob_id",
    "source": (
        "key size_bytes blob_id status received_bytes received_at composite done total "
        "attempts claimed_at created_by_id created_at version_id"
    ),
    "stand_in": "project_id absent_id person_id named_by_id",
    "statement": "project_id author_id",
    "studio": "logo_id",
    "terms": "created_at",
    "upkeep": "deed done_at is_well files size_bytes",
    "user": "identity created_at client_id",
    "verdict": "scope_item_id by_id feedback_id",
    "version_request": "project_id sign_off_id user_id",
}
