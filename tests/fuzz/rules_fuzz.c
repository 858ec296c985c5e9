/* rules_fuzz.c - any text as a condition, a set of codes, a row of rules and of policies (cells end
 * with LF): compiled or refused with a reason; what was compiled is asked and comes to an end */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/rules/policy.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct bytes {
    const uint8_t *p;
    size_t n;
};

/* fetch - values made of the bytes themselves */
static bool fetch(const void *claim, enum element_id element, size_t i, struct cond_value *out)
{
    static char text[8];
    const struct bytes *b = claim;
    size_t at = ((size_t)element * 7 + i * 3) % b->n;

    if (i > (size_t)b->p[at] % 4 || b->p[at] % 5 == 0)
        return false;
    for (size_t k = 0; k < sizeof(text) - 1; k++)
        text[k] = (char)(b->p[(at + k) % b->n] & 0x7F);
    *out = (struct cond_value){code_key(text), (int64_t)b->p[at] * 500, text};
    return true;
}

/* compile - twice: the same answer */
static void compile(struct span text, const struct bytes *b)
{
    struct cond one = {0}, two = {0};
    struct err e = {0};
    int r = cond_compile(&one, text, &e);

    if (r != cond_compile(&two, text, &e))
        abort();
    if (r != 0 && (e.class != ERR_REJECT || strncmp(e.text, "at ", 3) != 0))
        abort();
    if (r != 0)
        return;
    if (cond_holds(&one, fetch, b) != cond_holds(&two, fetch, b))
        abort();
    cond_release(&one);
    cond_release(&two);
}

/* cut_line - a cell */
static struct span cut_line(struct span *rest)
{
    const char *end = rest->n ? memchr(rest->p, '\n', rest->n) : NULL;
    struct span cell = {rest->p, end ? (size_t)(end - rest->p) : rest->n};

    rest->p += cell.n + (end != NULL);
    rest->n -= cell.n + (end != NULL);
    return span_trim(cell);
}

/* rule - compiled, and found again by whom it is for */
static void rule(struct span text)
{
    struct payer_rule_cells c = {.from = 20260101};
    struct span *cells[] = {&c.what,     &c.value, &c.condition, &c.codes,   &c.rule, &c.payer,
                            &c.severity, &c.kind,  &c.plan,      &c.message, &c.fix,  &c.authority};
    struct payer_rules *s = payer_rules_new();
    const struct payer_rule *r;
    struct err e = {0};

    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
        *cells[i] = cut_line(&text);
    if (s && payer_rules_add(s, &c, &e) == 0 && payer_rules_finish(s, &e) == 0) {
        r = payer_rules_at(s, 0);
        if (!r || !r->edit || strlen(r->edit) != 6 || payer_rules_at(s, 1))
            abort();
        rule_plan_fits(r->cells.plan, "GOLD");
    } else if (e.class != ERR_REJECT || strncmp(e.text, "column ", 7) != 0) {
        abort();
    }
    payer_rules_free(s);
}

/* policy - found by every code that its set begins with */
static void policy(struct span text)
{
    struct policy_cells c = {.from = 20260101};
    struct span *cells[] = {&c.list, &c.codes,  &c.dx,         &c.condition,
                            &c.also, &c.policy, &c.contractor, &c.authority};
    struct policies *s = policies_new();
    struct err e = {0};
    size_t cursor = 0;

    for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++)
        *cells[i] = cut_line(&text);
    if (s && policies_add(s, &c, &e) == 0 && policies_add(s, &c, &e) == 0 &&
        policies_finish(s, &e) == 0) {
        struct code_set set = {0};

        if (code_set_parse(&set, c.codes, &e) != 0 || !set.n ||
            (set.ranges[0].low && !policies_next(s, set.ranges[0].low, &cursor)))
            abort();
        code_set_release(&set);
    }
    policies_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct bytes b = {data, size};
    struct code_set s = {0};
    struct err e = {0};

    if (size < 2 || size > 4096)
        return 0;
    compile((struct span){(const char *)data, size}, &b);
    if (code_set_parse(&s, (struct span){(const char *)data, size}, &e) == 0 && s.n &&
        !code_set_has(&s, s.ranges[0].low) && s.ranges[0].low)
        abort();
    code_set_release(&s);
    rule((struct span){(const char *)data, size});
    policy((struct span){(const char *)data, size});
    return 0;
}
