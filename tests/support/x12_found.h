/* x12_found.h - what the check says about bytes, in a form that a table can hold */
#ifndef CC_TESTS_X12_FOUND_H
#define CC_TESTS_X12_FOUND_H

#include "common/x12/check.h"

struct x12_found {
    unsigned sets, groups, interchanges, findings, notes;
    bool accepted;
    char codes[4096];    /* " CODE@position/element-component" of each; "~" behind a note */
    char messages[8192]; /* "CODE message" of each, a line each */
};

/* A result into a struct x12_found. */
int x12_found_add(void *arg, const struct x12_result *r);
/* All of these bytes. */
struct x12_found x12_find(const char *text, size_t n, const struct x12_check_options *o);

/* A change of an example: the first `from` becomes `to`. */
struct x12_edit {
    const char *from, *to;
};

enum { X12_EDITS = 4 };

/* An example with some changes (a count of segments is set right, unless an SE is changed), and all
 * that is found then. */
struct x12_case {
    const char *what, *file;
    struct x12_edit edit[X12_EDITS];
    const char *codes;
};

void x12_case_apply(const struct x12_case *k, struct buf *out);
/* Fails with the first that is judged otherwise. */
void x12_cases_run(const struct x12_case *cases, size_t n, const struct x12_check_options *o);

#endif
