/* make.h - an edition as it lies in memory (inside this room only) */
#ifndef CC_MCE_MAKE_H
#define CC_MCE_MAKE_H

#include "common/mce/mce.h"

/* A window and its flags; few are different, so that a code needs eight bytes. */
struct span_def {
    int32_t from, to;
    uint32_t flags;
};

enum { AGE_ROWS_MAX = 32, STATUS_ROWS_MAX = 256, DEF_BITS = 16, CODE_BITS = 38 };

struct age_row {
    uint32_t flag;
    int low, high;
    int32_t from, to;
};

struct status_row {
    int status;
    int32_t from, to;
};

struct mce {
    uint64_t *slots; /* packed code << DEF_BITS | number of its window; 0: empty */
    size_t n_slots;
    uint64_t *rows; /* the same while it is made */
    size_t n_rows, cap_rows;
    struct span_def *defs;
    size_t n_defs, cap_defs;
    struct age_row ages[AGE_ROWS_MAX];
    size_t n_ages;
    struct status_row statuses[STATUS_ROWS_MAX]; /* without any, none is judged */
    size_t n_statuses;
    bool all[MCE_LISTS];
};

/* code_number - list and characters as a number below 2^38; 0: no code. */
uint64_t code_number(enum mce_list list, const char *code, size_t n);
/* Where it is looked for first. */
size_t code_home(const struct mce *m, uint64_t number);

#endif
