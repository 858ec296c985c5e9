/* written.c - sample claims to 837 files and back */
#include "tests/support/written.h"

#include <stdio.h>

#include "services/validator/cases/case.h"
#include "tests/support/claims.h"
#include "tests/support/test.h"

/* written_change - see written.h */
void written_change(struct arena *a, CcClaim *c, const char *changes)
{
    struct case_options o = {0};
    struct err e = {0};

    if (case_change(c, &o, changes, a, &e) != 0)
        fail_msg("%s", e.text);
}

/* written_claim - see written.h */
CcClaim *written_claim(struct arena *a, char base, const char *changes)
{
    struct case_options o;
    struct err e = {0};
    CcClaim *c = case_claim(base, a, &o, &e);

    assert_non_null(c);
    written_change(a, c, changes);
    return c;
}

/* written_file - see written.h */
int written_file(struct arena *a, const CcClaim *const *claims, size_t n, struct buf *out,
                 struct err *e)
{
    const struct claim_batch b = {.route = &claims_route,
                                  .claims = claims,
                                  .n_claims = n,
                                  .control = 101,
                                  .bht_prefix = "B",
                                  .date = 20260401,
                                  .hhmm = 915};
    struct claim_rendered r;

    buf_reset(out);
    return claim_render(a, &b, out, &r, e);
}

/* add - one oddity more */
static void add(struct written_back *b, const char *sign, const struct claim_oddity *o)
{
    const size_t n = strlen(b->odd);

    snprintf(b->odd + n, sizeof(b->odd) - n, "%s%s%s %s: %s", n ? "; " : "", sign, o->loop,
             o->element[0] ? o->element : o->segment, o->rule);
}

/* written_keep - see written.h */
int written_keep(void *arg, const struct claim_read *r)
{
    struct written_back *b = arg;
    const size_t n = strlen(b->odd);

    if (!r->claim) {
        snprintf(b->odd + n, sizeof(b->odd) - n, "%s!%s %s", n ? "; " : "", r->error->code,
                 r->error->text);
        return 0;
    }
    for (size_t i = 0; i < r->n_faults; i++)
        add(b, "", &r->faults[i]);
    for (size_t i = 0; i < r->n_extras; i++)
        add(b, "+", &r->extras[i]);
    assert_true(b->n < WRITTEN_CLAIMS);
    b->claim[b->n++] = event_copy(b->a, &r->claim->base);
    return 0;
}
