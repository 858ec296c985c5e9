/* lines.c - from administrations to codes */
#include <string.h>

#include "services/coder/infusion/infusion.h"

enum { MINUTE_MS = 60000, PUSH = 15, HALF = 30, HOUR = 60, AGAIN = 30 };

/* Ranks of the initial service in a facility. */
enum rank { CHEMO_INFUSION, CHEMO_PUSH, INFUSION, PUSHED, HYDRATION, RANKS };

/* Codes by rank: initial, further hour, one more drug. */
static const struct {
    const char *first, *hour, *more;
} codes[RANKS] = {
    [CHEMO_INFUSION] = {"96413", "96415", "96417"}, [CHEMO_PUSH] = {"96409", NULL, "96411"},
    [INFUSION] = {"96365", "96366", "96367"},       [PUSHED] = {"96374", NULL, "96375"},
    [HYDRATION] = {"96360", "96361", "96361"},
};

static const char concurrent[] = "96368", same_push[] = "96376", under_skin[] = "96372",
                  chemo_under_skin[] = "96401";

/* One drug's work of the day. */
struct work_of {
    const char *drug;
    enum rank rank;
    int64_t minutes, start_ms, end_ms, last_ms;
    unsigned pushes; /* of the same drug, more than 30 minutes apart */
    bool beside;     /* within another infusion's time */
};

struct day {
    struct work_of list[INFUSION_MAX];
    size_t n;
    struct infusion_line *out;
    size_t count;
};

/* infusion_code - of the family */
bool infusion_code(const char *code)
{
    for (size_t i = 0; i < RANKS; i++)
        if (strcmp(codes[i].first, code) == 0 || strcmp(codes[i].more, code) == 0 ||
            (codes[i].hour && strcmp(codes[i].hour, code) == 0))
            return true;
    return strcmp(code, concurrent) == 0 || strcmp(code, same_push) == 0 ||
           strcmp(code, under_skin) == 0 || strcmp(code, chemo_under_skin) == 0;
}

/* put - units of a code; no room: the family has fewer codes than INFUSION_CODES */
static void put(struct day *d, const char *code, int64_t units)
{
    if (units <= 0)
        return;
    for (size_t i = 0; i < d->count; i++)
        if (strcmp(d->out[i].code, code) == 0) {
            d->out[i].units += units;
            return;
        }
    if (d->count < INFUSION_CODES)
        d->out[d->count++] = (struct infusion_line){code, units};
}

/* minutes_of - documented */
static int64_t minutes_of(const struct infusion *x)
{
    return x->end_ms > x->start_ms ? (x->end_ms - x->start_ms) / MINUTE_MS : 0;
}

/* rank_of - an administration by vein */
static enum rank rank_of(const struct infusion *x)
{
    bool pushed = minutes_of(x) <= PUSH;

    if (x->kind == INFUSION_HYDRATION)
        return HYDRATION;
    if (x->kind == INFUSION_CHEMO)
        return pushed ? CHEMO_PUSH : CHEMO_INFUSION;
    return pushed ? PUSHED : INFUSION;
}

/* find - the drug's work of the same kind so far; NULL: none */
static struct work_of *find(struct day *d, const char *drug, enum rank rank)
{
    for (size_t i = 0; i < d->n; i++)
        if (d->list[i].rank == rank && strcmp(d->list[i].drug, drug) == 0)
            return &d->list[i];
    return NULL;
}

/* take - one administration by vein: the same drug's minutes add up */
static void take(struct day *d, const struct infusion *x)
{
    enum rank rank = rank_of(x);
    struct work_of *w = find(d, x->drug, rank);

    if (!w) {
        if (d->n < INFUSION_MAX)
            d->list[d->n++] = (struct work_of){
                x->drug, rank, minutes_of(x), x->start_ms, x->end_ms, x->start_ms, 1, false};
        return;
    }
    if (x->start_ms - w->last_ms > (int64_t)AGAIN * MINUTE_MS) {
        w->pushes++;
        w->last_ms = x->start_ms;
    }
    w->minutes += minutes_of(x);
    if (x->start_ms < w->start_ms)
        w->start_ms = x->start_ms;
    if (x->end_ms > w->end_ms)
        w->end_ms = x->end_ms;
}

/* is_infusion - runs for a time */
static bool is_infusion(const struct work_of *w)
{
    return w->rank == CHEMO_INFUSION || w->rank == INFUSION || w->rank == HYDRATION;
}

/* overlap - minutes that two run together */
static int64_t overlap(const struct work_of *a, const struct work_of *b)
{
    int64_t from = a->start_ms > b->start_ms ? a->start_ms : b->start_ms,
            to = a->end_ms < b->end_ms ? a->end_ms : b->end_ms;

    return to > from ? (to - from) / MINUTE_MS : 0;
}

/* settle - hydration counts only alone; a therapy that runs within one of its kind or chemotherapy
 * is concurrent */
static void settle(struct day *d, size_t initial)
{
    for (size_t i = 0; i < d->n; i++)
        for (size_t k = 0; k < d->n; k++) {
            struct work_of *a = &d->list[i];
            const struct work_of *b = &d->list[k];

            if (i == k || !is_infusion(a) || !is_infusion(b) || b->rank == HYDRATION)
                continue;
            if (a->rank == HYDRATION)
                a->minutes -= overlap(a, b);
            else if (a->rank == INFUSION && i != initial && overlap(a, b) > 0 &&
                     (b->rank == CHEMO_INFUSION || k < i || k == initial))
                a->beside = true;
        }
}

/* initial_of - the lowest rank, the earliest of it; d->n: none */
static size_t initial_of(const struct day *d)
{
    size_t best = d->n;

    for (size_t i = 0; i < d->n; i++) {
        const struct work_of *w = &d->list[i];

        if (w->rank == HYDRATION && w->minutes <= HALF)
            continue;
        if (best == d->n || w->rank < d->list[best].rank ||
            (w->rank == d->list[best].rank && w->start_ms < d->list[best].start_ms))
            best = i;
    }
    return best;
}

/* further - hours after the first, each past its middle */
static int64_t further(int64_t minutes)
{
    return minutes > HOUR + HALF ? (minutes - HALF - 1) / HOUR : 0;
}

/* add - the codes of one drug's work */
static void add(struct day *d, const struct work_of *w, bool initial, bool facility)
{
    if (w->rank == HYDRATION) {
        if (w->minutes <= HALF)
            return;
        put(d, initial ? codes[HYDRATION].first : codes[HYDRATION].hour, 1);
        put(d, codes[HYDRATION].hour, further(w->minutes));
        return;
    }
    if (w->beside) {
        for (size_t i = 0; i < d->count; i++)
            if (strcmp(d->out[i].code, concurrent) == 0)
                return;
        put(d, concurrent, 1);
        return;
    }
    put(d, initial ? codes[w->rank].first : codes[w->rank].more, 1);
    if (codes[w->rank].hour)
        put(d, codes[w->rank].hour, further(w->minutes));
    else if (facility && w->rank == PUSHED)
        put(d, same_push, (int64_t)w->pushes - 1);
}

/* one_kind - all by vein are of one rank */
static bool one_kind(const struct day *d)
{
    for (size_t i = 1; i < d->n; i++)
        if (d->list[i].rank != d->list[0].rank)
            return false;
    return true;
}

/* infusion_lines - see infusion.h */
bool infusion_lines(const struct infusion *list, size_t n, bool facility,
                    struct infusion_line out[INFUSION_CODES], size_t *count)
{
    struct day d = {.out = out};
    size_t initial;

    for (size_t i = 0; i < n; i++)
        if (list[i].way == INFUSION_MUSCLE)
            put(&d, list[i].kind == INFUSION_CHEMO ? chemo_under_skin : under_skin, 1);
        else
            take(&d, &list[i]);
    if (!facility && !one_kind(&d))
        return false;
    settle(&d, initial_of(&d));
    initial = initial_of(&d);
    for (size_t i = 0; i < d.n; i++)
        add(&d, &d.list[i], i == initial, facility);
    *count = d.count;
    return true;
}
