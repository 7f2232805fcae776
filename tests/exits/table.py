"""The table of exits: what each address shows of a report of each class, to whom.

What a cell does not name shows nothing: a page without the report, or the answer that an unknown code gets. Reports of the
table have been disposed to the office of roads; the one that accuses this office to that of health, and the sealed one is
with the investigator of the inspectorate. The reporter
has proved to be the one with code and PIN, and of the sealed one with its receipt.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.exits.world import ANONYMOUS, CLASSES, CONFIDENTIAL, NAMING, OPEN, SEALED, Level

Shown = Mapping[str, Mapping[Level, frozenset[str]]]  # class → level → roles

OFFICERS = frozenset({
    "admin", "province_admin", "national", "liaison", "operator", "other_operator", "stranger", "power",
    "investigator", "overseer", "custodian", "auditor", "counter", "ppid", "head",
})  # fmt: skip
EVERYBODY = OFFICERS | {"visitor", "citizen", "reporter"}
HANDLING = frozenset({"admin", "national", "liaison", "operator"})
OTHERS = frozenset({"admin", "national", "stranger", "ppid"})
WATCHING = frozenset({"overseer"})
HEAD = frozenset({"head"})  # of the office of roads: decides, and does not learn who reported
INVESTIGATOR = frozenset({"investigator"})
REPORTER = frozenset({"reporter"})
GATHERING = frozenset({"admin", "national"})

PUBLIC: Shown = {OPEN: {Level.CONTENT: EVERYBODY}, ANONYMOUS: {Level.CONTENT: EVERYBODY}}
PUBLIC_CODES: Shown = {OPEN: {Level.CODE: EVERYBODY}, ANONYMOUS: {Level.CODE: EVERYBODY}}
CASE: Shown = {
    OPEN: {Level.NAME: HANDLING, Level.CONTENT: WATCHING | HEAD},
    ANONYMOUS: {Level.CONTENT: HANDLING | WATCHING | HEAD},
    CONFIDENTIAL: {Level.NAME: HANDLING, Level.CONTENT: WATCHING | HEAD},
    NAMING: {Level.NAME: OTHERS, Level.CONTENT: WATCHING},  # nobody of the office that it names
    SEALED: {Level.NAME: INVESTIGATOR},  # with unlocked keys; without them the code alone
}
IN_HAND: Shown = {
    OPEN: {Level.CONTENT: frozenset({"liaison", "overseer", "head"})},
    ANONYMOUS: {Level.CONTENT: frozenset({"liaison", "overseer", "head"})},
    CONFIDENTIAL: {Level.CONTENT: frozenset({"liaison", "overseer", "head"})},
    NAMING: {Level.CONTENT: frozenset({"stranger", "ppid", "overseer"})},
    SEALED: {Level.CODE: INVESTIGATOR},
}
MASS: Shown = {kind: {Level.CONTENT: GATHERING} for kind in (OPEN, ANONYMOUS, CONFIDENTIAL, NAMING)}
OWN: Shown = {kind: {Level.NAME: REPORTER} for kind in CLASSES}
FILE: Shown = {kind: {Level.CONTENT: frozenset().union(*roles.values())} for kind, roles in CASE.items()}
OWN_FILE: Shown = {kind: {Level.CONTENT: REPORTER} for kind in OWN}
OWN_CODE: Shown = {kind: {Level.CODE: REPORTER} for kind in CLASSES}

TABLE: dict[str, Shown] = {
    "public:home": PUBLIC,
    "public:search": PUBLIC,
    "public:detail": PUBLIC,
    "public:agency": PUBLIC,
    "public:region": PUBLIC,
    "public:feed": PUBLIC,
    "public:agency_feed": PUBLIC,
    "public:region_feed": PUBLIC,
    "public:sitemap_reports": PUBLIC_CODES,
    "public:own": OWN,
    "public:own_file": OWN_FILE,
    "public:own_evidence": OWN_CODE,
    "public:own_receipt": OWN_CODE,
    "public:own_data": OWN,
    "api:reports": PUBLIC,
    "api:report": PUBLIC,
    "backoffice:end_rule": {  # which reports it would have sent elsewhere
        kind: {Level.CODE: frozenset({"national"})} for kind in (OPEN, ANONYMOUS, CONFIDENTIAL, NAMING)
    },
    "desk:queue": IN_HAND,
    "desk:case": CASE,
    "desk:mass": MASS,
    "desk:masses": {OPEN: {Level.CONTENT: GATHERING}},  # the world offers this one
    "desk:file": FILE,
    "desk:photos": {OPEN: {Level.CODE: GATHERING}, ANONYMOUS: {Level.CODE: GATHERING}},
}
# These show no report to anybody: forms, lists of bodies and people, words, machines' signs of life.
SILENT = frozenset({
    # For gateways that show a secret or sign what they send: tests/channels.
    "channels:kannel_inbound", "channels:kannel_report", "channels:telegram", "channels:whatsapp",
    "channels:partner", "channels:meta", "channels:x",
    "account_everywhere", "set_language", "elevation", "elevation_end",
    "public:report", "public:review", "public:objection", "public:place", "public:sent", "public:noted", "public:track",
    "public:visit", "public:own_seal", "public:own_digits",
    "public:share", "public:own_push", "public:app", "public:app_report", "public:manifest", "public:worker",
    "public:asset_links", "public:own_close", "public:own_act", "public:mine", "public:support", "public:agencies", "public:regions",
    "public:figures", "public:figures_table", "public:figures_chart", "public:zones", "public:zones_formula",
    "public:zones_figures", "public:zone",
    "public:about", "public:privacy", "public:evidence", "public:sent_receipt", "public:security_txt", "public:robots", "public:sitemap", "public:sitemap_pages",
    "api:regions", "api:agencies", "api:categories", "api:heads", "api:latest_head", "api:signing_keys",
    "api:consistency", "api:inclusion", "api:openapi", "api:healthz", "api:readyz",
    "desk:dispose", "desk:mass_join", "desk:held", "desk:settle", "desk:photo", "desk:agencies", "desk:presence", "desk:letter", "desk:act",
    "desk:take_file",  # a form; what the bundle holds is in tests/evidence/test_bundle.py
    "desk:lateness",  # nothing of the world is late
    "desk:week",
    # What these show to custodians and to the one who asked is in tests/disclosure.
    "desk:identities", "desk:identity", "desk:identity_delay", "desk:identity_look",
    "desk:key", "desk:key_make", "desk:key_unlock", "desk:key_lock", "desk:key_change", "desk:key_code",
    "desk:key_give_up", "desk:key_hand_on",
    # For custodians alone; what a request names (a person, a body) is in tests/desk/test_recovery_pages.py.
    "desk:recovery", "desk:recovery_new", "desk:recovery_renew", "desk:recovery_one",
    # What a helper typed or scanned is their own until it is sent: tests/desk/test_counter.py, test_counter_letters.py.
    "desk:counter", "desk:counter_entered", "desk:counter_review", "desk:counter_pin", "desk:counter_done", "desk:sheets",
    "desk:pile", "desk:pile_letter", "desk:pile_page", "desk:pile_drop", "desk:pile_take_back", "desk:answer_letter",
    # Unknown on a site for real reports: tests/training.
    "training:home", "training:begin", "training:certify", "training:certificate", "training:paper",
    "backoffice:home", "backoffice:bodies", "backoffice:body", "backoffice:people", "backoffice:person",
    "backoffice:calendar", "backoffice:calendar_year", "backoffice:promises", "backoffice:categories",
    "backoffice:templates", "backoffice:deliveries", "backoffice:connect", "backoffice:disconnect",
    "backoffice:adopt", "backoffice:edit_body", "backoffice:add_unit", "backoffice:rename_unit",
    "backoffice:close_unit", "backoffice:invite", "backoffice:invite_again", "backoffice:add_post",
    "backoffice:end_post", "backoffice:set_absent", "backoffice:return_early", "backoffice:forget_factor",
    "backoffice:shut_out", "backoffice:let_in", "backoffice:add_day", "backoffice:remove_day", "backoffice:decree",
    "backoffice:add_promise", "backoffice:add_category", "backoffice:edit_category", "backoffice:add_template",
    "backoffice:add_general_template", "backoffice:edit_template", "backoffice:retry",
    "backoffice:channels", "backoffice:channel_retry", "backoffice:channel_test", "backoffice:read_again",
    "backoffice:give_up_received", "backoffice:send_again", "backoffice:give_up_sending",
    # For national administrators; mails that are no report yet: tests/backoffice/test_held_mail.py.
    "backoffice:held_mails", "backoffice:held_mail", "backoffice:file_mail", "backoffice:add_mail", "backoffice:drop_mail",
    "public:stop",  # by a tag that tells nothing
    "public:photo",  # by a random name, what an officer published: tests/transparency/test_photos.py
    "backoffice:terms", "backoffice:add_term", "backoffice:place_hold", "backoffice:lift_hold", "backoffice:breaches",
    "backoffice:breach", "backoffice:breach_letter", "backoffice:open_breach", "backoffice:add_entry",
    "public:opendata", "public:opendata_file",  # published copies alone: tests/editions
    "public:causes", "public:cause", "desk:causes", "desk:cause", "desk:cause_new",
    "public:quality", "public:quality_sample",
    # Answers of a sample, for who may see their reports: tests/quality.
    "desk:quality", "desk:quality_sample", "desk:quality_answer", "desk:quality_close",
    "public:own_voice", "public:voices", "public:agency_voices",
    "public:own_data_take", "public:own_data_correct", "public:own_data_erase", "public:account", "public:account_take",
    "public:account_delete", "public:rights",
    "backoffice:alarms", "backoffice:ladder", "backoffice:exempt", "backoffice:end_exemption", "public:lateness", "public:connected",
    "public:connected_place", "backoffice:invite_many",
    "backoffice:onboarding", "backoffice:posts_to_fill", "backoffice:adopt_units", "backoffice:add_days",
    "backoffice:take_certificates", "backoffice:note_training", "backoffice:withdraw_training", "backoffice:connect_many",
    "backoffice:grounds", "backoffice:add_ground", "backoffice:end_ground",
    "backoffice:rules", "backoffice:add_rule", "backoffice:numbers", "backoffice:set_threshold",
    "backoffice:rule", "backoffice:edit_rule", "backoffice:revive_rule",
})  # fmt: skip

# Tables that hold content in a form that a thief of the whole database could read; every other table holds codes at most.
_COPY = {OPEN: Level.CONTENT, ANONYMOUS: Level.CONTENT}
_CONTENT = _COPY | {CONFIDENTIAL: Level.CONTENT, NAMING: Level.CONTENT}
ROWS_OF: dict[str, dict[str, Level]] = {
    "reports_report": _CONTENT,
    "reports_message": _CONTENT,
    "reports_draft": _CONTENT,
    "transparency_publicreport": _COPY,
    "transparency_word": _COPY,
}


def level(name: str, kind: str, role: str) -> Level:
    """What the table says."""
    for found, roles in TABLE.get(name, {}).get(kind, {}).items():
        if role in roles:
            return found
    return Level.NOTHING
