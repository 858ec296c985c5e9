/* gate.c - which rules can have a say in a visit, by its facts and the categories of its codes
 *
 * Most rules are of a disease that the visit does not have. What the rows say of that (rule.with,
 * rule.codes) is turned round once: to every fact and every category the rules that it opens, as a
 * set of bits. A visit joins the sets of what it has, and walks from one open rule to the next. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "services/coder/work.h"

enum { FACTS = 64, WORD = 64, RULES_MAX = RULE_WORDS * WORD };

/* Never written after they were made. Rules are counted through all phases. */
static struct {
    size_t first[PHASE_MAX + 1];
    struct rule_set no_fact, no_code; /* rules that ask for none */
    struct rule_set of_fact[FACTS], of_category[TABULAR_CATEGORIES];
} gates;

/* put - one rule more */
static void put(struct rule_set *s, size_t n)
{
    s->bits[n / WORD] |= UINT64_C(1) << (n % WORD);
}

/* join - what another set has */
static void join(struct rule_set *to, const struct rule_set *from)
{
    for (size_t i = 0; i < RULE_WORDS; i++)
        to->bits[i] |= from->bits[i];
}

/* put_rule - into the sets of what opens it */
static void put_rule(const struct rule *r, size_t n)
{
    const struct tabular_set *codes = r->codes ? tabular_set_of(r->codes) : NULL;
    size_t from, to;

    if (!r->with)
        put(&gates.no_fact, n);
    for (size_t i = 0; i < FACTS; i++)
        if (r->with & UINT64_C(1) << i)
            put(&gates.of_fact[i], n);
    if (!codes)
        put(&gates.no_code, n);
    for (size_t i = 0; codes && tabular_set_categories(codes, i, &from, &to); i++)
        for (; from <= to; from++)
            put(&gates.of_category[from], n);
}

/* make - from all rows */
static void make(void)
{
    size_t n = 0;

    for (int p = 0; p < PHASE_MAX; p++) {
        gates.first[p] = n;
        for (const struct rule *r = rule_phases[p].rows; r->id; r++) {
            if (n == RULES_MAX)
                abort(); /* RULE_WORDS is too small: a bug */
            put_rule(r, n++);
        }
    }
    gates.first[PHASE_MAX] = n;
}

/* gate_begin - what is open to any visit; all of it where every rule is to be called */
void gate_begin(struct work *w)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, make);
    w->by_facts = gates.no_fact;
    w->by_codes = gates.no_code;
    if (w->visit->every_rule) {
        memset(&w->by_facts, 0xFF, sizeof(w->by_facts));
        memset(&w->by_codes, 0xFF, sizeof(w->by_codes));
    }
}

/* gate_facts - bit by bit */
void gate_facts(struct work *w, uint64_t with)
{
    for (; with; with &= with - 1)
        join(&w->by_facts, &gates.of_fact[__builtin_ctzll(with)]);
}

/* gate_code - by its category */
void gate_code(struct work *w, uint64_t code)
{
    join(&w->by_codes, &gates.of_category[tabular_category(code)]);
}

/* next_open - the first that both sets have from the n-th on; past all rules: none */
static size_t next_open(const struct work *w, size_t n)
{
    for (; n < RULES_MAX; n = (n / WORD + 1) * WORD) {
        uint64_t open = (w->by_facts.bits[n / WORD] & w->by_codes.bits[n / WORD]) >> (n % WORD);

        if (open)
            return n + (size_t)__builtin_ctzll(open);
    }
    return n;
}

/* gate_run - a rule may open another behind it */
void gate_run(struct work *w, enum phase phase)
{
    const struct rule *rows = rule_phases[phase].rows;
    size_t first = gates.first[phase], end = gates.first[phase + 1];

    for (size_t n = next_open(w, first); n < end; n = next_open(w, n + 1))
        rows[n - first].apply(w, &rows[n - first]);
}
