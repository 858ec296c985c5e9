/* x12.h - reading an 837 into claims: between the files of this folder only */
#ifndef CC_INTAKE_X12_X12_H
#define CC_INTAKE_X12_X12_H

#include "common/claim/read837.h"
#include "services/intake/intake.h"
#include "services/intake/seen.h"

struct x12_reading {
    const struct intake_conf *conf;
    int64_t received_ms;
    intake_claim_sink sink;
    void *arg;
    struct err *e;
    struct seen *ids, *events; /* of this file */
    const char *sender;        /* ISA06 */
    struct intake_claim out;   /* in hand */
};

/* --- claim.c: r->out from what was read */
void x12_map(struct x12_reading *r, const struct claim_read *in);
void x12_refuse(struct x12_reading *r, const char *code, const char *why);

#endif
