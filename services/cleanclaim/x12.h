/* x12.h - cleanclaim x12 check|parse|write|print: one function each, on one file */
#ifndef CC_CLEANCLAIM_X12_H
#define CC_CLEANCLAIM_X12_H

#include <jansson.h>

#include "common/base/str.h"
#include "services/cleanclaim/cmd.h"

struct x12_job {
    int snip;
    const char *ack_dir; /* NULL: no answers */
    bool json;
    struct x12_guides *guides;
    struct x12_ack *ack;
    void *state; /* of the verb under way */
    int result;
};

int x12_check_file(void *job, struct cmd_stream *f);
int x12_parse_file(void *job, const struct cmd_file *f);
int x12_write_file(void *job, const struct cmd_file *f);
int x12_print_file(void *job, const struct cmd_file *f);

/* A span as a JSON string. Bytes that are not UTF-8 become '?'. */
json_t *x12_json_span(struct span s);

#endif
