/* cmd_list.c - the subcommands as rows; a command that does not exist yet has no row */
#include "services/cleanclaim/cmd.h"

/* clang-format off */
const struct cmd cmd_list[] = {
    {"encounter", "FILE... [--json] [--phi] [--as hl7|fhir]", "intake on files: a line for each encounter event", cmd_encounter},
    {"code",   "FILE... [--concepts] [--on DATE] [--json] [--tables DIR] [--as hl7|fhir|note]", "the coder on files: codes with evidence and rule, lines, claims, questions", cmd_code},
    {"rules",  "[--json]", "every coding rule: id, guideline, what it does", cmd_rules},
    {"validate", "FILE... [--only ID,ID] [--skip ID,ID] [--received DATE] [--history FILE]... [--tables DIR] [--no-repair] [--as x12|hl7|fhir] [--json] [--phi]", "every edit a payer would apply, over 837 files or what encounters are coded to", cmd_validate},
    {"edits",  "[--repairs] [--json] | explain ID [--json] | --rules [--tables DIR] [--json]", "the catalogue of edits, of repairs, or of the payers' rules that are loaded; one edit with its authority, inputs and examples", cmd_edits},
    {"lookup", "TEXT... [--on DATE] [-n K] [--tables DIR] [--json]", "a description or clinical phrase to ICD-10-CM codes, best first; - reads one a line", cmd_lookup},
    {"group",  "FILE... [--drg-version N.N] [--poa-exempt] [--tables DIR] [--as x12|hl7|fhir] [--json]", "the MS-DRG of inpatient claims, with what drives it: severity, exclusions, HACs, and the DRG without each code", cmd_group},
    {"price",  "FILE... [--tables DIR] [--as x12|hl7|fhir] [--json]", "the amount that the payer is expected to allow for each line and claim, with its parts and what is missing", cmd_price},
    {"hcc",    "FILE... [--segment CNA] [--disabled-first] [--medicaid] [--tables DIR] [--as x12|hl7|fhir] [--json]", "risk adjustment (CMS-HCC V28) of each person's year: categories and what supports them, interactions, score, what the year before had", cmd_hcc},
    {"render", "FILE... [-o DIR] [--control N] [--date DATE] [--tables DIR] [--as x12|hl7|fhir]", "encounters or claims as X12 interchanges, 837P and 837I; the same bytes for the same input", cmd_render},
    {"x12",    "check|parse|write|print FILE... [--snip 1-5] [--ack DIR] [--control N] [--json]", "X12 as a receiver sees it: check, JSON lines and back, named values", cmd_x12},
    {"remit",  "FILE... [--json]", "835: payments with their claims, adjustments and routes, and what does not balance", cmd_remit},
    {"status", "FILE... [--json]", "TA1, 999, 277CA, 277: a line for each thing answered, with the state it leads to", cmd_status},
    {"send",   "FILE... [--watch] [--for SECONDS] [--as hl7|fhir|x12] [--json]", "through the intake: messages, and the claims of 837 files; --watch follows until the claims rest", cmd_send},
    {"show",   "CLAIM [--json] [--phi]", "a claim's whole life: events, decisions, rules, editions, files, answers, payments", cmd_show},
    {"claims", "[--state S] [--payer P] [--older 14d] [--follow] [--json]", "worklist from claims.status; --follow: every step as it happens", cmd_claims},
    {"report", "[--day DATE] [--claims] [--deposits FILE] [--json]", "files with where each claim is now, payments against postings and the bank's deposits (TRACE,AMOUNT), answers without a file", cmd_report},
    {"dead",   "list|show|replay [TOPIC[/PARTITION/OFFSET]] [--reason R] [--dry-run] [--raw] [--json]", "dead letters: what could not be read, and sending it back", cmd_dead},
    {"review", "list | show ID [--phi]\n"
     "       | decide ID --choose OPTION --role ROLE --why TEXT | decide ID --code CODE[,CODE] --role ROLE --why TEXT\n"
     "       | decide ID --date D[,D] | --amount CENTS | --units N | --payer ID | --facility NAME --role ROLE --why TEXT\n"
     "       | decide CLAIM [--instead-of CODE] --code CODE | --modifiers M[,M] --role ROLE --why TEXT\n"
     "       | decide ID --override EDIT[,EDIT] --role ROLE --why TEXT | decide ID --again --role ROLE   [--json]",
     "the people's queue: open questions by deadline and money; an answer makes the next version of the claim", cmd_review},
    {"routes", "[--json] | again FILE", "how each route to a payer fares: files sent, waiting and held; a held file once more, when the receiver has it not", cmd_routes},
    {"watch",  "[--once] [--json]", "live: events per stage, lag, states, oldest silence", cmd_watch},
    {"tables", "load FILE... [--kind K] [--from D] [--to D] [--name N] [--part] | list | get TABLE CODE [CODE2] [--on DATE]\n"
     "       | diff TABLE EDITION1 EDITION2 | save DIR | check   [--tables DIR] [--json]",
     "code tables: load official files, look one code up on a day, compare editions", cmd_tables},
    {"audit",  "verify [--head OFFSET:SHA256] | list [--since DATE]   [--json]", "who did what, and whether the record of it is whole: docs/security.md", cmd_audit},
    {"topics", "create|list|check [--partitions N] [--replication N] [--json]", "the topics with the settings they need", cmd_topics},
    {NULL, NULL, NULL, NULL},
};
/* clang-format on */
