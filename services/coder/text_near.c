/* text_near.c - the words of an entry without a code: a title in another order is the code, titles
 * that are near are offered to the person who is asked */
#include "services/coder/text.h"

#include <string.h>

#include "common/base/str.h"
#include "services/coder/dx.h"

enum { NEAR_MOST = 4 };

static const double same_words = 0.99999, near_words = 0.6;

/* What one text of an entry is near to. */
struct near {
    struct text_hit *hit;
    size_t n;
};

/* look - a text up; false: it is empty, or nothing can be looked up */
static bool look(struct work *w, const struct text_index *x, const char *text, struct near *out)
{
    struct err e = {0};

    return !str_empty(text) &&
           text_lookup(x, text, strlen(text), NEAR_MOST, text_shelf_desk(w->shelf), &out->hit,
                       &out->n, &e) == 0 &&
           out->n > 0;
}

/* is_one - has exactly one title all of the words, each once, and nothing else? */
static bool is_one(const struct near *n)
{
    return n->hit[0].billable && n->hit[0].score >= same_words &&
           (n->n == 1 || n->hit[1].score < n->hit[0].score);
}

/* exactly - the code that every text of the entry names so; false: there is none */
static bool exactly(struct work *w, const struct text_index *x, const struct dx *d, char *code)
{
    bool any = false;

    for (size_t k = 0; k <= d->problem->n_also; k++) {
        const CcCode *c = k ? d->problem->also[k - 1] : d->problem->code;
        struct near n;

        if (str_empty(c->text))
            continue;
        if (!look(w, x, c->text, &n) || !is_one(&n) || (any && strcmp(code, n.hit[0].code) != 0))
            return false;
        str_copy(code, DX_CODE, n.hit[0].code);
        any = true;
    }
    return any;
}

/* offer - codes whose titles are near, as what the entry could be */
static void offer(struct work *w, const struct rule *r, const struct text_index *x, struct dx *d)
{
    struct near n;

    if (!look(w, x, d->problem->code->text, &n))
        return;
    for (size_t i = 0; i < n.n; i++)
        if (n.hit[i].billable && n.hit[i].score >= near_words) {
            work_cite(w, d->as, r);
            text_other(w, d->as, n.hit[i].code, 0, "");
        }
}

/* rule_near_words - entries that no rule before has given a code, nor a table that is missing */
void rule_near_words(struct work *w, const struct rule *r)
{
    const struct text_index *x = NULL;
    struct err e = {0};

    for (size_t i = 0; i < w->n_dx && w->coding_date && w->shelf; i++) {
        struct dx *d = &w->dx[i];
        char code[DX_CODE] = "";

        if (d->state != DX_OPEN || d->problem->code->system == CODE_SYSTEM_ICD9CM ||
            str_empty(d->problem->code->text))
            continue;
        if (!x && !(x = text_shelf_index(w->shelf, w->t, w->coding_date, &e)))
            return;
        if (exactly(w, x, d, code))
            dx_accept(w, r, d, code, tables_edition(w->t, TABLE_ICD10CM, w->coding_date));
        else
            offer(w, r, x, d);
    }
}
