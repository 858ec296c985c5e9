/* report.h - what was sent, and what became of it: files, claims, money; between cmd_report.c and
 * report.c only */
#ifndef CC_CLEANCLAIM_REPORT_H
#define CC_CLEANCLAIM_REPORT_H

#include <jansson.h>

#include "common/claim/read835.h"
#include "common/event/event.h"

/* Where a claim of a file is now. Every claim of a file is in exactly one. */
#define REPORT_WHERE(X)                                                                            \
    X(SILENT, "silent")       /* nobody acknowledged it */                                         \
    X(RECEIVED, "received")   /* 999 or 277CA: read, not taken for adjudication yet */             \
    X(OPEN, "open")           /* accepted, no remittance */                                        \
    X(REJECTED, "rejected")   /* 277CA */                                                          \
    X(RETURNED, "returned")   /* TA1 or 999: not in this file any more */                          \
    X(FINAL, "final")         /* decided by a remittance */                                        \
    X(ELSEWHERE, "elsewhere") /* in a later file: another version, or sent again */

enum report_where {
#define X(suffix, word) REPORT_##suffix,
    REPORT_WHERE(X)
#undef X
        REPORT_WHERE_MAX
};
const char *report_word(enum report_where w);

/* Of one claim of a file with this ISA13; status: live_status_json, NULL: nobody knows it. */
enum report_where report_where(const CcSentClaim *c, const char *isa13, const json_t *status);

/* A file's line: counts and cents of each word, `claims` and `charge_cents` of all. */
json_t *report_file(const CcInterchange *f, const json_t *statuses);
/* One claim of a file: its number, version, charge, and where it is. */
json_t *report_claim(const CcInterchange *f, const CcSentClaim *c, const json_t *statuses);
/* report_reply.c - every payment of a reply, posted or not; what cannot be read is passed over (a
 * question of follow's names it). `p` lives until fn returns. */
void report_payments(const CcReply *r, void (*fn)(void *arg, const struct payment *p), void *arg);
/* Adds the counts of one line to another. */
void report_add(json_t *total, const json_t *line);

#endif
