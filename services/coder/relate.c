/* relate.c - combining and ordering, the parts that several rules share */
#include "services/coder/relate.h"

#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "common/rules/code_set.h"
#include "common/tables/tabular.h"

/* dx_listed - a diagnosis of the visit */
bool dx_listed(const struct dx *d)
{
    return d->state == DX_CODED && !d->only_role;
}

/* dx_code_in - of a code that is no diagnosis yet */
bool dx_code_in(const char *code, const char *refs)
{
    const struct tabular_set *s = tabular_set_of(refs);

    return s ? tabular_set_has(s, code_key(code)) : tabular_refers(span_of(refs), code);
}

/* is_of - by the set, or by its text where none could be made */
static bool is_of(const struct dx *d, const struct tabular_set *s, const char *refs)
{
    return s ? tabular_set_has(s, d->key) : tabular_refers(span_of(refs), d->code);
}

/* dx_in - is its code of the set? */
bool dx_in(const struct dx *d, const char *refs)
{
    return is_of(d, tabular_set_of(refs), refs);
}

/* dx_code - and its place is noted */
void dx_code(struct work *w, struct dx *d, const char *code)
{
    str_copy(d->code, sizeof(d->code), code);
    d->key = code_key(d->code);
    d->climb.begun = false;
    d->title.p = NULL;
    d->external = code[0] >= 'V' && code[0] <= 'Y';
    if (strcmp(d->as->code->code, code) != 0)
        d->as->code->code = work_text(w, code);
    tabular_places_add(&w->places, d->key);
    gate_code(w, d->key);
}

/* among - the first in the record's order. Most sets name a disease that the visit does not have: a
 * look at the places is all that they cost */
static struct dx *among(struct work *w, const char *refs, bool sure)
{
    const struct tabular_set *s = tabular_set_of(refs);

    if (s && !tabular_places_meet(tabular_set_places(s), &w->places))
        return NULL;
    for (size_t i = 0; i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && is_of(&w->dx[i], s, refs) &&
            !(sure && work_uncertain(&w->dx[i])))
            return &w->dx[i];
    return NULL;
}

/* dx_among - whatever is listed */
struct dx *dx_among(struct work *w, const char *refs)
{
    return among(w, refs, false);
}

/* dx_sure - what is uncertain is no part of a combination: a clinician's claim leaves it out */
struct dx *dx_sure(struct work *w, const char *refs)
{
    return among(w, refs, true);
}

/* dx_ranked - by its rank */
struct dx *dx_ranked(struct work *w, uint32_t rank)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (dx_listed(&w->dx[i]) && w->dx[i].rank == rank)
            return &w->dx[i];
    return NULL;
}

/* dx_poa_of_both - Appendix I, combination codes and same codes */
CcPoa dx_poa_of_both(CcPoa a, CcPoa b)
{
    if (a == POA_UNKNOWN || a == b)
        return b;
    if (b == POA_UNKNOWN)
        return a;
    return a == POA_N || b == POA_N ? POA_N : POA_U;
}

/* poa_of_parts - a combination: absent when a part was, unknown when a part's is (Appendix I) */
static CcPoa poa_of_parts(CcPoa a, CcPoa b)
{
    if (a == POA_N || b == POA_N)
        return POA_N;
    if (a == POA_UNKNOWN || b == POA_EXEMPT)
        return a;
    return b == POA_UNKNOWN || a == POA_EXEMPT || a == b ? b : POA_U;
}

/* dx_part - the whole rests on this one too */
void dx_part(struct work *w, const struct rule *r, struct dx *whole, const struct dx *part)
{
    work_evidence_of(w, whole->as, part->as);
    work_cite(w, part->as, r);
    whole->poa = poa_of_parts(whole->poa, part->poa);
}

/* take_code - the diagnosis has this code now */
static void take_code(struct work *w, const struct rule *r, struct dx *d, const struct dx *with,
                      const char *code, const struct table_row *row)
{
    dx_code(w, d, code);
    d->as->origin = ORIGIN_DERIVED;
    work_cite_table(w, d->as, r, row->edition);
    if (with != d)
        dx_part(w, r, d, with);
}

/* keep_old - the code that the record gave, as rejected */
static void keep_old(struct work *w, const struct rule *r, const struct dx *d)
{
    CcCodeAssignment *old =
        work_assignment(w, CODE_SYSTEM_ICD10CM, d->as->code->code, d->as->origin);

    old->status = CODE_STATUS_REJECTED;
    work_evidence_of(w, old, d->as);
    work_cite(w, old, r);
    event_push(w->a, w->out, codes, old);
}

/* dx_recode - as the header has it */
bool dx_recode(struct work *w, const struct rule *r, struct dx *d, const char *code,
               const struct dx *with)
{
    struct table_row row;
    bool billable;

    if (strcmp(d->code, code) == 0)
        return true;
    if (dx_billable(w, code, &row, &billable) != LOOKUP_FOUND || !billable)
        return false;
    keep_old(w, r, d);
    take_code(w, r, d, with, code, &row);
    return true;
}

/* dx_become - as the header has it */
bool dx_become(struct work *w, const struct rule *r, struct dx *d, const char *code)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (&w->dx[i] != d && dx_listed(&w->dx[i]) && strcmp(w->dx[i].code, code) == 0) {
            w->dx[i].poa = dx_poa_of_both(w->dx[i].poa, d->poa);
            dx_absorb(w, r, &w->dx[i], d);
            return true;
        }
    return dx_recode(w, r, d, code, d);
}

/* dx_derive - as the header has it */
bool dx_derive(struct work *w, const struct rule *r, const struct dx *from, const struct dx *with,
               const char *code)
{
    size_t a = (size_t)(from - w->dx), b = (size_t)(with - w->dx);
    struct table_row row;
    struct dx *d;
    bool billable;

    if (dx_billable(w, code, &row, &billable) != LOOKUP_FOUND || !billable)
        return false;
    d = work_add_dx(w, from->problem);
    if (!d)
        return false;
    d->state = DX_CODED;
    d->order = w->dx[a].order;
    d->poa = w->dx[a].poa; /* a person may have said it of the entry */
    d->as->status = CODE_STATUS_ACCEPTED;
    d->as->code->system = CODE_SYSTEM_ICD10CM;
    take_code(w, r, d, &w->dx[b], code, &row);
    return true;
}

/* dx_absorb - its evidence goes to the whole */
void dx_absorb(struct work *w, const struct rule *r, struct dx *whole, struct dx *part)
{
    work_evidence_of(w, whole->as, part->as);
    work_cite(w, whole->as, r);
    part->whole = (size_t)(whole - w->dx) + 1;
    work_reject_dx(w, r, part);
}

/* dx_climb - the code is looked up once */
struct tabular_walk dx_climb(const struct work *w, struct dx *d)
{
    if (!d->climb.begun) {
        d->climb.next = 0;
        tabular_begin(w->t, d->code, w->coding_date, &d->climb);
    }
    return d->climb;
}

/* dx_wants - as the header has it */
bool dx_wants(struct work *w, struct dx *d, const char *code)
{
    struct tabular_walk walk = dx_climb(w, d);
    const struct tabular_note *note;
    struct tabular_places at = {{0}};
    uint64_t key = code_key(code);

    tabular_places_add(&at, key);
    walk.among = &at;
    while ((note = tabular_note_next(w->t, d->code, TABULAR_USE_ADDITIONAL, w->coding_date, &walk)))
        if (tabular_note_names(note, key))
            return true;
    return false;
}

/* dx_said_by - as the header has it */
void dx_said_by(struct work *w, const struct rule *r, const char *refs, const char *by)
{
    struct dx *whole = dx_among(w, refs) ? dx_sure(w, by) : NULL;

    for (size_t i = 0; whole && i < w->n_dx; i++)
        if (&w->dx[i] != whole && dx_listed(&w->dx[i]) && dx_in(&w->dx[i], refs))
            dx_absorb(w, r, whole, &w->dx[i]);
}

/* dx_reject_set - as the header has it */
void dx_reject_set(struct work *w, const struct rule *r, const char *refs)
{
    struct dx *d;

    while ((d = dx_among(w, refs)))
        work_reject_dx(w, r, d);
}

/* dx_before - the ones between move down */
bool dx_before(struct work *w, const struct rule *r, struct dx *a, struct dx *b)
{
    uint32_t from = b->rank, to = a->rank;

    if (!from || !to || to <= from || a->external || b->external)
        return false;
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].rank >= from && w->dx[i].rank < to)
            w->dx[i].rank++;
    a->rank = from;
    w->moved = true;
    work_cite(w, a->as, r);
    work_cite(w, b->as, r);
    return true;
}

/* dx_leave_ranks - the ones behind move up */
void dx_leave_ranks(struct work *w, struct dx *d)
{
    for (size_t i = 0; d->rank && i < w->n_dx; i++)
        if (w->dx[i].rank > d->rank)
            w->dx[i].rank--;
    d->rank = 0;
}

/* dx_open_options - every question leaves these answers */
void dx_open_options(struct work *w, CcReviewItem *item)
{
    question_open_answers(w, item);
}

/* offer - options, up to NULL, and the open answers; what the question has already it keeps */
static void offer(struct work *w, CcReviewItem *item, const char *const *options)
{
    if (item->n_options)
        return;
    for (; *options; options++)
        if (icd10cm_form(*options))
            work_option(w, item, CODE_SYSTEM_ICD10CM, *options, *options);
        else
            work_option(w, item, CODE_SYSTEM_UNKNOWN, "", *options);
    dx_open_options(w, item);
}

/* dx_ask - as the header has it */
void dx_ask(struct work *w, const struct rule *r, struct dx *d, const char *reason,
            const char *question, const char *const *options)
{
    offer(w, work_ask_dx(w, r, d, reason, question), options);
}

/* dx_ask_two - as the header has it */
void dx_ask_two(struct work *w, const struct rule *r, struct dx *a, struct dx *b, const char *why,
                const char *third)
{
    char x[16], y[16];
    const char *const options[] = {a->code, b->code, third, NULL};

    work_cite(w, a->as, r);
    dx_ask(w, r, b, "excludes",
           work_printf(w, "%s and %s: %s Which does the record support?",
                       icd10cm_display(a->code, x), icd10cm_display(b->code, y), why),
           options);
}

/* dx_tell - as the header has it */
void dx_tell(struct work *w, const struct rule *r, const struct dx *d, const char *reason,
             const char *question, const char *const *options)
{
    work_cite(w, d->as, r);
    offer(w, work_ask_about(w, r, reason, question, d->as), options);
}

/* dx_asked - by any rule */
bool dx_asked(const struct work *w, const char *refs)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state == DX_ASKED && dx_in(&w->dx[i], refs))
            return true;
    return false;
}

/* dx_known - an open question is no lack */
bool dx_known(const struct work *w, const char *refs)
{
    for (size_t i = 0; i < w->n_dx; i++)
        if (w->dx[i].state != DX_REJECTED && !w->dx[i].only_role && dx_in(&w->dx[i], refs))
            return true;
    return false;
}

/* dx_title - of the tables of the day */
const char *dx_title(struct work *w, const char *code, char *out, size_t size)
{
    struct table_row row;

    out[0] = '\0';
    if (dx_row(w, code, &row) == LOOKUP_FOUND)
        table_col_text(&row, "long", out, size);
    return out;
}

/* title_of - the same of a diagnosis, looked up once; empty: none */
static struct span title_of(struct work *w, struct dx *d)
{
    struct table_row row;

    if (!d->title.p) {
        d->title = (struct span){"", 0};
        if (dx_row(w, d->code, &row) == LOOKUP_FOUND)
            d->title = table_col(&row, "long");
    }
    return d->title;
}

/* form_of - X of a title "Acute X, …"; false: the title does not begin so */
static bool form_of(struct work *w, struct dx *d, const char *word, char *rest)
{
    size_t n = strlen(word), end = n;
    struct span title;

    if (!dx_listed(d) || work_uncertain(d))
        return false;
    title = title_of(w, d);
    if (title.n < n || memcmp(title.p, word, n) != 0)
        return false;
    while (end < title.n && title.p[end] != ',' && end - n < DX_TITLE - 1)
        end++;
    memcpy(rest, title.p + n, end - n);
    rest[end - n] = '\0';
    return true;
}

/* dx_chronic_of - as the header has it */
struct dx *dx_chronic_of(struct work *w, struct dx *acute, char *rest)
{
    char other[DX_TITLE];

    if (!form_of(w, acute, "Acute ", rest))
        return NULL;
    for (size_t i = 0; i < w->n_dx; i++)
        if (form_of(w, &w->dx[i], "Chronic ", other) && strcmp(rest, other) == 0)
            return &w->dx[i];
    return NULL;
}
