/* walk.c - places segments in a guide */
#include "common/x12/walk.h"

#include <string.h>

struct found {
    unsigned depth; /* frame; 0 = innermost is depth - 1 */
    const struct plan_row *row;
};

/* open_loop - a new innermost frame */
static struct walk_frame *open_loop(struct walk *w, uint16_t loop, const struct x12_segment *s)
{
    struct walk_frame *f = &w->frame[w->depth++];

    f->loop = loop;
    f->order = 0;
    f->from = 0;
    f->position = s ? s->position : 1;
    f->offset = s ? s->offset : 0;
    f->hl = 0;
    f->hl_child_stated = f->hl_child_seen = false;
    memset(f->count, 0, w->plan->loops[loop].rows * sizeof(f->count[0]));
    return f;
}

/* close_to - ends loops until `depth` are open */
static void close_to(struct walk *w, unsigned depth)
{
    while (w->depth > depth) {
        if (w->closing)
            w->closing(w->arg, &w->frame[w->depth - 1]);
        w->depth--;
    }
}

/* walk_start - in the outermost loop */
void walk_start(struct walk *w, const struct plan *p)
{
    w->plan = p;
    w->depth = 0;
    w->lost = false;
    open_loop(w, 0, NULL);
}

/* walk_end - nothing is open any more */
void walk_end(struct walk *w)
{
    close_to(w, 0);
}

/* walk_loop - the innermost */
const char *walk_loop(const struct walk *w)
{
    return w->plan->loops[w->frame[w->depth - 1].loop].name;
}

/* is_full - has the row been used as often as it may? */
static bool is_full(const struct walk_frame *f, const struct plan_row *row)
{
    return row->max > 0 && f->count[row->place] >= row->max;
}

/* search - the first row that fits, from the innermost loop outwards. `ahead`: not behind the last
 * one placed; `full`: one that is used up will do. */
static bool search(const struct walk *w, struct plan_key *key, uint32_t id, bool ahead, bool full,
                   struct found *out)
{
    for (unsigned d = w->depth; d > 0; d--) {
        const struct walk_frame *f = &w->frame[d - 1];
        const struct plan_loop *l = &w->plan->loops[f->loop];
        const struct plan_row *rows = &w->plan->rows[l->row], *row;

        for (unsigned i = l->slot[plan_slot(id)]; i < PLAN_LOOP_ROWS; i = row->chain) {
            row = &rows[i];
            if ((ahead && i < f->from) || row->id != id || (!full && is_full(f, row)) ||
                !plan_fits(w->plan, row, key))
                continue;
            out->depth = d;
            out->row = row;
            return true;
        }
    }
    return false;
}

/* candidates - rows ahead with this id, whatever their code, in the innermost loop that has any */
static unsigned candidates(const struct walk *w, uint32_t id, struct found *out)
{
    unsigned n = 0;

    for (unsigned d = w->depth; d > 0 && n == 0; d--) {
        const struct walk_frame *f = &w->frame[d - 1];
        const struct plan_loop *l = &w->plan->loops[f->loop];

        for (unsigned i = 0; i < l->rows; i++) {
            const struct plan_row *row = &w->plan->rows[l->row + i];

            if (row->id != id || row->order < f->order || is_full(f, row))
                continue;
            if (n++ == 0)
                *out = (struct found){d, row};
        }
    }
    return n;
}

/* count_it - the row was used */
static void count_it(struct walk *w, const struct found *at, const struct x12_segment *s)
{
    struct walk_frame *f = &w->frame[at->depth - 1];
    const unsigned i = at->row->place;

    if (f->count[i]++ == 0)
        f->first[i] = s->position;
}

/* advance - the frame stands at this row; the next search begins at the first one of its order */
static void advance(struct walk_frame *f, const struct plan_row *row)
{
    f->order = row->order;
    f->from = row->from;
}

/* take - moves to the row; opens its loop */
static const struct plan_row *take(struct walk *w, const struct found *at,
                                   const struct x12_segment *s)
{
    const struct plan_row *row = at->row;

    close_to(w, at->depth);
    count_it(w, at, s);
    advance(&w->frame[at->depth - 1], row);
    w->lost = false;
    if (!row->opens || w->depth == WALK_DEPTH)
        return row;
    row = &w->plan->rows[row->trigger];
    open_loop(w, at->row->loop, s);
    count_it(w, &(struct found){w->depth, row}, s);
    advance(&w->frame[w->depth - 1], row);
    return row;
}

/* in_guide - does any row have the id? */
static bool in_guide(const struct walk *w, uint32_t id)
{
    for (size_t i = 0; i < w->plan->n_rows; i++)
        if (w->plan->rows[i].id == id)
            return true;
    return false;
}

/* no_place - why there is none */
static enum walk_place no_place(struct walk *w, const struct x12_segment *s, uint32_t id,
                                const struct plan_row **out)
{
    struct plan_key key = {.s = s};
    struct found at;

    w->lost = true;
    if (search(w, &key, id, false, true, &at)) {
        count_it(w, &at, s);
        *out = &w->plan->rows[at.row->trigger];
        return WALK_OUT_OF_ORDER;
    }
    switch (candidates(w, id, &at)) {
    case 0:
        break;
    case 1:
        *out = take(w, &at, s);
        return WALK_PLACED; /* its element check will name the code */
    default:
        *out = &w->plan->rows[at.row->trigger];
        return WALK_BAD_CODE;
    }
    if (in_guide(w, id))
        return WALK_UNEXPECTED;
    return x12_dictionary_segment(s->id) ? WALK_NOT_IN_SET : WALK_UNKNOWN;
}

/* walk_segment - ahead and free; else ahead and full; else no place */
enum walk_place walk_segment(struct walk *w, const struct x12_segment *s,
                             const struct plan_row **out)
{
    const uint32_t id = s->id.n <= 3 ? (uint32_t)plan_pack(s->id) : 0;
    struct plan_key key = {.s = s};
    struct found at;

    *out = NULL;
    if (id && search(w, &key, id, true, false, &at)) {
        *out = take(w, &at, s);
        return WALK_PLACED;
    }
    if (id && search(w, &key, id, true, true, &at)) {
        *out = take(w, &at, s);
        return WALK_TOO_MANY;
    }
    return no_place(w, s, id, out);
}
