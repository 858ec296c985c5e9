/* digest_lines.c - service lines digested: days, modifiers, providers, and groups of the same code
 *
 * Groups are sorted by day, provider and code, so that what happened on one day by one provider
 * stands together and a check that compares codes walks a short stretch. */
#include "services/validator/digest.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/date.h"
#include "common/base/money.h"
#include "common/base/str.h"

/* hash_of - FNV-1a; never 0 for a text */
static uint64_t hash_of(const char *s)
{
    uint64_t h = 14695981039346656037u;

    for (; *s; s++)
        h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h ? h : 1;
}

/* four_digits - a revenue code as a number; 9999 when it is none */
static unsigned four_digits(const char *s)
{
    return str_is_digits(s, 4, 4) ? edit_two_digits(s) * 100 + edit_two_digits(s + 2) : 9999;
}

/* same_provider - one number for the same NPI, or the same group and specialty */
static uint64_t same_provider(const struct edit_claim *c, const struct edit_line *l)
{
    const CcProvider *p = edit_line_provider(c, l, PROVIDER_ROLE_RENDERING);

    if (!c->professional)
        return 0; /* a facility's claim is one provider's */
    if (!p)
        p = c->billing;
    if (p && c->rendering && !p->taxonomy[0] && strcmp(p->npi, c->rendering->npi) == 0)
        p = c->rendering;
    if (!p)
        return 0;
    return hash_of(p != c->billing && p->taxonomy[0] ? p->taxonomy : p->npi);
}

/* digest_line - one service line */
static void digest_line(const struct edit_claim *c, size_t i, struct edit_line *l, struct arena *a)
{
    const CcServiceLine *m = c->claim->lines[i];

    l->line = m;
    l->index = i;
    l->number = m->number ? m->number : (uint32_t)i + 1;
    l->code = edit_plain_code(edit_code_of(m->procedure), a);
    l->key = l->code ? code_key(l->code) : 0;
    l->from = m->from_date ? m->from_date : c->from;
    l->thru = m->thru_date ? m->thru_date : l->from;
    l->days = date_valid(l->from) && date_valid(l->thru) && l->thru > l->from
                  ? (unsigned)date_diff(l->thru, l->from) + 1
                  : 1;
    l->revenue = m->revenue[0] ? four_digits(m->revenue) : 0;
    l->pos =
        edit_two_digits(m->place_of_service[0] ? m->place_of_service : c->claim->place_of_service);
    for (size_t k = 0; k < m->n_modifiers; k++)
        l->mods |= edit_modifier_bits(m->modifiers[k]);
    l->provider = same_provider(c, l);
}

/* edit_digest_lines - all of them */
bool edit_digest_lines(struct edit_claim *c, struct arena *a)
{
    c->lines = arena_array(a, c->n_lines + 1, sizeof(*c->lines));
    for (size_t i = 0; c->lines && i < c->n_lines; i++)
        digest_line(c, i, &c->lines[i], a);
    return c->lines && !arena_exhausted(a);
}

/* by_group - day, provider, code, then the claim's order */
static int by_group(const void *a, const void *b, void *lines)
{
    const struct edit_line *base = lines;
    const struct edit_line *x = &base[*(const size_t *)a], *y = &base[*(const size_t *)b];

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->provider != y->provider)
        return x->provider < y->provider ? -1 : 1;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->index < y->index ? -1 : 1;
}

/* into_group - the line goes into the last group or opens one */
static void into_group(struct edit_claim *c, size_t at)
{
    struct edit_line *l = &c->lines[c->order[at]];
    struct edit_group *g = c->n_groups ? &c->groups[c->n_groups - 1] : NULL;

    if (!g || g->key != l->key || g->from != l->from || g->provider != l->provider) {
        g = &c->groups[c->n_groups++];
        *g = (struct edit_group){
            .key = l->key, .provider = l->provider, .from = l->from, .thru = l->thru, .first = at};
    }
    g->n++;
    if (l->thru > g->thru)
        g->thru = l->thru;
    l->group = (unsigned)c->n_groups - 1;
}

/* edit_digest_groups - lines with a code, sorted and grouped; those without one stand at no group
 */
bool edit_digest_groups(struct edit_claim *c, struct arena *a)
{
    c->order = arena_array(a, c->n_lines + 1, sizeof(*c->order));
    c->groups = arena_array(a, c->n_lines + 1, sizeof(*c->groups));
    if (!c->order || !c->groups)
        return false;
    for (size_t i = 0; i < c->n_lines; i++)
        c->order[i] = i;
    qsort_r(c->order, c->n_lines, sizeof(*c->order), by_group, c->lines);
    for (size_t i = 0; i < c->n_lines; i++)
        into_group(c, i);
    return true;
}

/* past_provider - as same_provider, of a remembered line */
static uint64_t past_provider(const CcBilledLine *l)
{
    if (l->kind == CLAIM_KIND_INSTITUTIONAL)
        return 0;
    if (l->taxonomy[0])
        return hash_of(l->taxonomy);
    return hash_of(l->rendering_npi[0] ? l->rendering_npi : l->billing_npi);
}

/* edit_says_unrelated - as the header has it */
bool edit_says_unrelated(const CcClaim *claim)
{
    for (size_t i = 0; i < claim->n_conditions; i++)
        if (strcmp(claim->conditions[i], "51") == 0)
            return true;
    return false;
}

/* stands - billed, and the payer has not refused or denied it, nor was it taken back */
static bool stands(const CcBilledLine *l)
{
    static const char *const fallen[] = {"REJECTED", "DENIED",      "REVERSED",
                                         "VOIDED",   "WRITTEN_OFF", NULL};

    return !str_in(l->state, fallen);
}

/* edit_digest_past - earlier lines of the same patient that stand, without the claim's own versions
 */
bool edit_digest_past(struct edit_claim *c, const struct validator_options *o, struct arena *a)
{
    c->past = arena_array(a, o->n_history + 1, sizeof(*c->past));
    for (size_t i = 0; c->past && i < o->n_history; i++) {
        const CcBilledLine *l = o->history[i];

        if (strcmp(l->claim_id, c->claim->claim_id) != 0 && stands(l))
            c->past[c->n_past++] = (struct edit_past){l, code_key(l->code), past_provider(l)};
    }
    return c->past != NULL;
}
