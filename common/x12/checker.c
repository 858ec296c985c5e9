/* checker.c - a check from its beginning to its end: over bytes, over a stream, or segment by
 * segment */
#include <stdlib.h>

#include "common/x12/checker.h"

enum { WORDS_MAX = 1 << 20 }; /* bytes quoted by a level's findings */

/* x12_guides_new - none is compiled yet */
struct x12_guides *x12_guides_new(void)
{
    return calloc(1, sizeof(struct x12_guides));
}

/* x12_guides_free - all of them */
void x12_guides_free(struct x12_guides *guides)
{
    for (int i = 0; guides && i < GUIDES_MAX; i++)
        plan_free(guides->plan[i]);
    free(guides);
}

/* check_new - with the caller's guides or our own; NULL: out of memory */
static struct check *check_new(const struct x12_check_options *o, x12_result_fn fn, void *arg)
{
    static const struct x12_check_options customary;
    struct check *c = calloc(1, sizeof(*c));

    if (!c)
        return NULL;
    c->o = o ? o : &customary;
    c->snip = c->o->snip ? c->o->snip : 5;
    c->fn = fn;
    c->arg = arg;
    c->guides = c->o->guides ? c->o->guides : x12_guides_new();
    c->failed = !c->guides;
    return c;
}

/* check_free - accepts NULL */
static void check_free(struct check *c)
{
    if (!c)
        return;
    if (!c->o->guides)
        x12_guides_free(c->guides);
    found_release(c);
    free(c->isa13.hash);
    free(c->gs06.hash);
    free(c->st02.hash);
    free(c->kept);
    free(c);
}

/* keep_own - copies of what results quote, since the input does not stay; false: out of memory */
static bool keep_own(struct check *c)
{
    c->kept = calloc(3, sizeof(*c->kept));
    for (int i = 0; i < 3; i++) {
        c->found[i].words = arena_new(WORDS_MAX);
        c->failed = c->failed || !c->found[i].words;
    }
    return c->kept && !c->failed;
}

/* x12_check_stream - see check.h */
int x12_check_stream(struct x12_reader *r, size_t *keep, const struct x12_check_options *o,
                     x12_result_fn fn, void *arg, struct err *e)
{
    struct check *c = check_new(o, fn, arg);
    int stop = 0;

    if (c && !c->failed && (!keep || keep_own(c)))
        stop = check_run(c, r, keep);
    if (!c || c->failed || (keep && !c->kept))
        stop = err_set(e, ERR_RETRY, "memory", "no memory for the check");
    check_free(c);
    return stop;
}

/* x12_check - all bytes are there */
int x12_check(const void *data, size_t size, const struct x12_check_options *o, x12_result_fn fn,
              void *arg, struct err *e)
{
    struct x12_reader r;

    x12_reader_init(&r, data, size);
    return x12_check_stream(&r, NULL, o, fn, arg, e);
}

/* x12_checker_new - a check whose segments are handed to it */
struct x12_checker *x12_checker_new(const struct x12_check_options *o, x12_result_fn fn, void *arg)
{
    struct check *c = check_new(o, fn, arg);

    if (c)
        c->kept = calloc(3, sizeof(*c->kept));
    if (c && !c->failed && c->kept)
        return (struct x12_checker *)c;
    check_free(c);
    return NULL;
}

/* x12_checker_free - see check.h */
void x12_checker_free(struct x12_checker *c)
{
    check_free((struct check *)c);
}

/* x12_checker_take - see check.h */
int x12_checker_take(struct x12_checker *c, const struct x12_segment *s)
{
    return check_take((struct check *)c, s);
}

/* x12_checker_damage - see check.h */
int x12_checker_damage(struct x12_checker *c, uint64_t offset, bool over, const struct err *e)
{
    struct check *k = (struct check *)c;

    if (over)
        return check_damage(k, offset, e);
    k->segments += k->in_set;
    return 0;
}

/* x12_checker_found - see check.h */
const struct x12_finding *x12_checker_found(const struct x12_checker *c, size_t *n)
{
    const struct found_list *l = &((const struct check *)c)->found[X12_SET];

    *n = l->count;
    return l->list;
}

/* x12_checker_forget - see check.h */
void x12_checker_forget(struct x12_checker *c)
{
    ((struct check *)c)->found[X12_SET].count = 0;
}

/* x12_checker_failed - see check.h */
bool x12_checker_failed(const struct x12_checker *c)
{
    return ((const struct check *)c)->failed;
}
