/* validate_history.c - earlier claims for `validate --history`, kept by patient */
#include "services/cleanclaim/validate.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/claim/read837.h"

enum { HISTORY_LIMIT = 1 << 30 };

struct entry {
    const char *patient;
    const CcBilledLine *line;
};

struct validate_history {
    struct arena *a;
    struct entry *entries; /* sorted by patient */
    size_t n;
};

/* patient_of - what tells patients apart */
static const char *patient_of(const CcClaim *c, struct arena *a)
{
    const CcPatient *p = c->patient;
    const CcClaimCoverage *v = NULL;

    if (c->patient_key[0])
        return c->patient_key;
    for (size_t i = 0; i < c->n_coverages && !v; i++)
        v = c->coverages[i]->destination || c->n_coverages == 1 ? c->coverages[i] : NULL;
    return arena_printf(a, "%s|%" PRId32 "|%s|%s", v ? v->member_id : "", p ? p->birth_date : 0,
                        p && p->name ? p->name->last : "", p && p->name ? p->name->first : "");
}

/* add_line - a copy that outlives the claim */
static void add_line(struct validate_history *h, const char *patient, const CcBilledLine *l)
{
    struct entry *grown = arena_grow(h->a, h->entries, h->n, sizeof(*grown));

    if (!grown)
        return;
    h->entries = grown;
    h->entries[h->n++] = (struct entry){patient, event_copy(h->a, &l->base)};
}

/* on_claim - its lines are remembered */
static int on_claim(void *arg, const struct claim_read *r)
{
    struct validate_history *h = arg;
    struct err e = {0};
    struct validator_billed billed;
    const char *patient;

    if (!r->claim || validator_billed(r->claim, "billed", 0, r->arena, &billed, &e) != 0)
        return 0;
    patient = patient_of(r->claim, h->a);
    patient = patient ? arena_strdup(h->a, patient) : NULL;
    for (size_t i = 0; patient && i < billed.n; i++)
        add_line(h, patient, billed.lines[i]);
    return 0;
}

/* on_file - every claim of a file */
static int on_file(void *arg, const struct cmd_file *f)
{
    struct err e = {0};

    return claim_read_837(f->data, f->size, 0, on_claim, arg, &e) == 0 ? 0 : cmd_fail(&e);
}

/* by_patient - for qsort and bsearch */
static int by_patient(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->patient, ((const struct entry *)b)->patient);
}

/* validate_history_new - all files */
struct validate_history *validate_history_new(int n, char **files, int *result)
{
    struct validate_history *h = calloc(1, sizeof(*h));

    *result = 0;
    if (!h || !(h->a = arena_new(HISTORY_LIMIT))) {
        free(h);
        return NULL;
    }
    *result = cmd_files(n, files, on_file, h);
    if (h->n)
        qsort(h->entries, h->n, sizeof(*h->entries), by_patient);
    return h;
}

/* validate_history_free - accepts NULL */
void validate_history_free(struct validate_history *h)
{
    if (!h)
        return;
    arena_free(h->a);
    free(h);
}

/* validate_history_of - a stretch of the sorted entries */
const CcBilledLine *const *validate_history_of(const struct validate_history *h, const CcClaim *c,
                                               struct arena *a, size_t *n)
{
    struct entry key = {patient_of(c, a), NULL};
    const struct entry *at, *end = h->entries + h->n;
    const CcBilledLine **list;

    *n = 0;
    at = h->n && key.patient ? bsearch(&key, h->entries, h->n, sizeof(key), by_patient) : NULL;
    if (!at)
        return NULL;
    while (at > h->entries && strcmp(at[-1].patient, key.patient) == 0)
        at--;
    list = arena_array(a, (size_t)(end - at), sizeof(*list));
    for (; list && at < end && strcmp(at->patient, key.patient) == 0; at++)
        list[(*n)++] = at->line;
    return list;
}
