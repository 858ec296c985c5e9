/* report.c - where each claim of a file is, so that sent = acknowledged + pending + silent, by
 * file, claim and dollar (billing §8.8) */
#include "services/cleanclaim/report.h"

#include <stdio.h>
#include <string.h>

#include "common/base/date.h"
#include "common/claim/lifecycle.h"
#include "services/cleanclaim/cmd.h"

enum { NAME = 40 };

/* report_word - see report.h */
const char *report_word(enum report_where w)
{
    static const char *const words[REPORT_WHERE_MAX] = {
#define X(suffix, word) [REPORT_##suffix] = word,
        REPORT_WHERE(X)
#undef X
    };

    return words[w];
}

/* text - a member; "" when it is not there */
static const char *text(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

/* in_file - of a claim whose newest record is of this file */
static enum report_where in_file(CcClaimState s)
{
    switch (s) {
    case CLAIM_STATE_SYNTAX_OK:
    case CLAIM_STATE_ACK_RECEIVED:
        return REPORT_RECEIVED;
    case CLAIM_STATE_ACCEPTED:
    case CLAIM_STATE_PENDING:
        return REPORT_OPEN;
    case CLAIM_STATE_REJECTED:
        return REPORT_REJECTED;
    default:
        return life_state(s)->posted ? REPORT_FINAL
               : life_state(s)->sent ? REPORT_SILENT
                                     : REPORT_RETURNED;
    }
}

/* report_where - see report.h */
enum report_where report_where(const CcSentClaim *c, const char *isa13, const json_t *status)
{
    CcClaimState s =
        status ? (CcClaimState)event_word_value(&cc_claim_state__descriptor, text(status, "state"))
               : CLAIM_STATE_UNKNOWN;
    int64_t version = json_integer_value(json_object_get(status, "version"));

    if (!status || strcmp(text(status, "isa13"), isa13) == 0)
        return status ? in_file(s) : REPORT_SILENT;
    if (version == (int64_t)c->version && !life_state(s)->sent)
        return REPORT_RETURNED;
    return REPORT_ELSEWHERE;
}

/* add - to a number of a line */
static void add(json_t *line, const char *key, int64_t n)
{
    json_object_set_new(line, key,
                        json_integer(json_integer_value(json_object_get(line, key)) + n));
}

/* zeroes - every count and its cents, so that each line has the same fields */
static void zeroes(json_t *line)
{
    char key[NAME];

    add(line, "claims", 0);
    add(line, "charge_cents", 0);
    for (int w = 0; w < REPORT_WHERE_MAX; w++) {
        add(line, report_word((enum report_where)w), 0);
        snprintf(key, sizeof(key), "%s_cents", report_word((enum report_where)w));
        add(line, key, 0);
    }
}

/* report_file - see report.h */
json_t *report_file(const CcInterchange *f, const json_t *statuses)
{
    char at[TIME_TEXT], key[NAME];
    json_t *line = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "what", "file", "file", f->file_name,
                             "receiver", f->receiver, "isa13", f->isa13, "guide", f->guide, "at",
                             time_text(f->created_ms, at));

    zeroes(line);
    for (size_t i = 0; i < f->n_claims; i++) {
        const CcSentClaim *c = f->claims[i];
        const char *word =
            report_word(report_where(c, f->isa13, json_object_get(statuses, c->claim_id)));

        snprintf(key, sizeof(key), "%s_cents", word);
        add(line, "claims", 1);
        add(line, "charge_cents", c->charge_cents);
        add(line, word, 1);
        add(line, key, c->charge_cents);
    }
    json_object_set_new(
        line, "answered",
        json_boolean(!f->n_claims || json_integer_value(json_object_get(line, "silent")) <
                                         (json_int_t)f->n_claims));
    return line;
}

/* report_claim - see report.h */
json_t *report_claim(const CcInterchange *f, const CcSentClaim *c, const json_t *statuses)
{
    const json_t *status = json_object_get(statuses, c->claim_id);

    return json_pack("{s:s, s:s, s:s, s:i, s:I, s:s, s:s}", "what", "claim", "file", f->file_name,
                     "claim", c->claim_id, "version", (int)c->version, "charge_cents",
                     (json_int_t)c->charge_cents, "where",
                     report_word(report_where(c, f->isa13, status)), "state",
                     status ? text(status, "state") : "UNKNOWN");
}

/* report_add - see report.h */
void report_add(json_t *total, const json_t *line)
{
    const char *key;
    json_t *value;

    zeroes(total);
    json_object_foreach((json_t *)(uintptr_t)line, key, value) if (json_is_integer(value))
        add(total, key, json_integer_value(value));
}
