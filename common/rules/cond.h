/* cond.h - conditions of payer rules: text compiled once into tests with two ways out each.
 *
 *   condition = and { "or" and }          and  = not { "and" not }
 *   not       = "not" not | "(" condition ")" | test
 *   test      = ELEMENT                            a flag: is it so?
 *             | ELEMENT "is" [ "not" ] "missing"   nothing there, or not known
 *             | ELEMENT ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) value
 *             | ELEMENT [ "not" ] "in" "(" item { "," item } ")"
 *             | ELEMENT [ "not" ] "like" picture
 *   item      = value | value ".." value | code "-" code | prefix "*"
 *   value     = number 2.5 · amount 150.00 · day 2026-03-01 · code E11.9 · 'text'
 *   picture   = # a digit, @ a letter, ? any one, * any number of any, else itself
 *
 * Words of the language may be written in any case. A test on something that is missing is false
 * ("is missing" aside); its opposite by not, not in, != is true. Of an element with many values,
 * any that fits makes the test true; there != is refused (which of two meanings?): write not
 * (modifiers = 26).
 *
 * Compiled, a condition is an array of tests: each knows where to go on when it is true and when it
 * is not. Numbers of all kinds become stretches, codes a code_set, so that a test is a few
 * comparisons of integers; only elements of type text compare strings. */
#ifndef CC_RULES_COND_H
#define CC_RULES_COND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/rules/code_set.h"
#include "common/rules/element.h"

enum { COND_TESTS_MAX = 64, COND_DEPTH_MAX = 24, COND_TRUE = -1, COND_FALSE = -2 };

enum cond_how { COND_IN, COND_MISSING, COND_FLAG };

struct cond_stretch {
    int64_t low, high;
};

struct cond_text {
    char *low, *high; /* high NULL: low is a picture or, with `exact`, the text itself */
    bool exact;
};

struct cond_test {
    enum element_id element;
    enum cond_how how;
    int yes, no; /* the next test, COND_TRUE or COND_FALSE */
    struct code_set codes;
    struct cond_stretch *stretches; /* numbers, amounts, days */
    struct cond_text *texts;
    size_t n;
};

struct cond {
    struct cond_test *tests;
    size_t n;
    int first;      /* COND_TRUE: there is no condition */
    bool uses_line; /* some element is a line's */
};

/* Text to tests. "" is always true. ERR_REJECT "condition": "at 17: expected …", positions from 1.
 */
int cond_compile(struct cond *out, struct span text, struct err *e);
void cond_release(struct cond *c);

/* A value of an element. number: numbers in thousandths, cents, yyyymmdd, flags 0 or 1. */
struct cond_value {
    uint64_t key;
    int64_t number;
    const char *text;
};

/* The i-th value of an element; false: there is no such. A code element gives its key, a text
 * element its text, all others the number. */
typedef bool cond_fetch(const void *claim, enum element_id element, size_t i,
                        struct cond_value *out);

bool cond_holds(const struct cond *c, cond_fetch *fetch, const void *claim);

bool cond_like(const char *text, const char *picture);

#endif
