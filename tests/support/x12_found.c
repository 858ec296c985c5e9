/* x12_found.c - what the check says about bytes, in a form that a table can hold */
#include "tests/support/test.h"

#include "tests/support/x12_found.h"

#include <stdio.h>

#include "tests/support/x12_faults.h"

/* say - a finding, behind those that are there */
static void say(struct x12_found *o, const struct x12_finding *f)
{
    const size_t n = strlen(o->codes), m = strlen(o->messages);
    char component[8] = "";

    if (f->component > 0)
        snprintf(component, sizeof(component), "-%u", f->component);
    snprintf(o->codes + n, sizeof(o->codes) - n, " %s@%u/%u%s%s", f->code, f->position, f->element,
             component, f->note ? "~" : "");
    snprintf(o->messages + m, sizeof(o->messages) - m, "%s %s\n", f->code, f->message);
}

/* x12_found_add - see x12_found.h */
int x12_found_add(void *arg, const struct x12_result *r)
{
    struct x12_found *o = arg;

    o->sets += r->level == X12_SET;
    o->groups += r->level == X12_GROUP;
    o->interchanges += r->level == X12_INTERCHANGE;
    o->accepted = o->accepted && r->accepted;
    for (size_t i = 0; i < r->count; i++) {
        o->findings += !r->findings[i].note;
        o->notes += r->findings[i].note;
        say(o, &r->findings[i]);
    }
    return 0;
}

/* x12_find - see x12_found.h */
struct x12_found x12_find(const char *text, size_t n, const struct x12_check_options *o)
{
    struct x12_found out = {.accepted = true};
    struct err e;

    assert_int_equal(x12_check(text, n, o, x12_found_add, &out, &e), 0);
    return out;
}

/* x12_case_apply - see x12_found.h */
void x12_case_apply(const struct x12_case *k, struct buf *out)
{
    bool counted = false;

    x12_example(k->file, out);
    for (size_t i = 0; i < X12_EDITS && k->edit[i].from; i++) {
        x12_replace(out, "", k->edit[i].from, k->edit[i].to);
        counted = counted || strstr(k->edit[i].from, "SE*");
    }
    if (!counted)
        x12_recount(out);
}

/* x12_cases_run - see x12_found.h */
void x12_cases_run(const struct x12_case *cases, size_t n, const struct x12_check_options *o)
{
    unsigned missed = 0;

    for (size_t i = 0; i < n; i++) {
        struct x12_found found;
        struct buf b;

        x12_case_apply(&cases[i], &b);
        found = x12_find(b.data, b.len, o);
        if (strcmp(found.codes, cases[i].codes) != 0) {
            print_message("%s in %s: wanted \"%s\", got \"%s\"\n%s", cases[i].what, cases[i].file,
                          cases[i].codes, found.codes, found.messages);
            missed++;
        }
        buf_release(&b);
    }
    assert_int_equal(missed, 0);
}
