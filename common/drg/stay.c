/* stay.c - a claim's codes looked up: what they bring, which are excluded, which procedures make
 * clusters */
#include "common/drg/def.h"

#include <string.h>

enum { STATUS_DIED = 20, STATUS_AMA = 7 };

/* test_bit - of word 0 */
static uint64_t test_bit(enum test t, bool holds)
{
    return holds ? 1ull << t : 0;
}

/* status_is - one of a list that ends with 0 */
static bool status_is(int status, const int *list)
{
    for (; *list; list++)
        if (*list == status)
            return true;
    return false;
}

/* status_valid - 1-7, 20, 21, 30, 43, 50, 51, 61-66, 69, 70, 81-95 */
static bool status_valid(int s)
{
    static const int others[] = {20, 21, 30, 43, 50, 51, 69, 70, 0};

    return (s >= 1 && s <= 7) || (s >= 61 && s <= 66) || (s >= 81 && s <= 95) ||
           status_is(s, others);
}

/* status_tests - what the discharge status says */
static uint64_t status_tests(int s)
{
    static const int moved[] = {2, 5, 66, 82, 85, 94, 0};

    return test_bit(TEST_ALIVE, s != STATUS_DIED) | test_bit(TEST_DIED, s == STATUS_DIED) |
           test_bit(TEST_AMA, s == STATUS_AMA) | test_bit(TEST_XFRNBA, status_is(s, moved)) |
           test_bit(TEST_INVALID_DSTAT, !status_valid(s));
}

/* take_sex - the principal's MDC, and whether it would need a sex that is not known */
static void take_sex(struct stay *s)
{
    const struct dx_def *p = s->c->n_dx ? s->dx[0] : NULL;
    unsigned by_sex = 0;

    s->mdc = p ? p->mdc : 0;
    if (!p || !(p->male | p->female))
        return;
    if (s->c->sex == DRG_MALE)
        by_sex = p->male;
    else if (s->c->sex == DRG_FEMALE)
        by_sex = p->female;
    else
        s->fixed[0] |= test_bit(TEST_INVALID_SEX, true);
    s->mdc = by_sex ? by_sex : s->mdc;
}

/* is_ecode - an external cause by its letter */
static bool is_ecode(const char *code)
{
    return code[0] >= 'V' && code[0] <= 'Y';
}

/* in_collection - is a code among those that the principal excludes? */
static bool in_collection(const struct drg *d, unsigned collection, int32_t slot)
{
    const uint32_t *list = d->excluded;
    size_t low, high;

    if (!collection || collection >= d->n_collections)
        return false;
    low = d->collections[collection];
    high = d->collections[collection + 1];
    while (low < high) {
        size_t mid = (low + high) / 2;

        if (list[mid] < (uint32_t)slot)
            low = mid + 1;
        else
            high = mid;
    }
    return low < d->collections[collection + 1] && list[low] == (uint32_t)slot;
}

/* exclusion - does it count beside this principal, and with this end? */
static enum drg_excluded exclusion(const struct stay *s, size_t i)
{
    unsigned collection = s->dx[0] ? s->dx[0]->collection : 0;

    if (in_collection(s->d, collection, s->slot[i]))
        return DRG_EXCLUDED_BY_PRINCIPAL;
    return s->c->status == STATUS_DIED && s->dx[i]->flags & DX_ALIVE_ONLY ? DRG_EXCLUDED_ALIVE_ONLY
                                                                          : DRG_COUNTS;
}

/* look_dx - one diagnosis */
static void look_dx(struct stay *s, size_t i)
{
    s->slot[i] = code_slot(&s->d->dx, s->c->dx[i].code);
    s->dx[i] = s->slot[i] < 0 ? NULL : &s->d->dx_defs[code_def(&s->d->dx, s->slot[i])];
    s->excluded[i] = DRG_COUNTS;
    s->hac[i] = 0;
    s->hac_why[i] = DRG_HAC_NOT_LISTED;
    if (!s->dx[i])
        return;
    atoms_or(s->fixed, i ? s->d->secondary[s->dx[i]->set] : s->d->principal[s->dx[i]->set]);
    if (i)
        s->excluded[i] = (uint8_t)exclusion(s, i);
}

/* take_list - a member brings the first list it has that is not yet taken; true: two are taken now
 */
static bool take_list(uint8_t lists, uint8_t *taken, unsigned *n)
{
    unsigned free = lists & ~(unsigned)*taken;

    if (!free)
        return false;
    *taken = (uint8_t)(*taken | (free & -free));
    return ++*n >= 2;
}

/* look_all_dx - principal and secondary, and the tests over all of them */
static void look_all_dx(struct stay *s)
{
    bool incident = true, injured = false;
    uint8_t taken = 0;
    unsigned n = 0;

    for (size_t i = 0; i < s->c->n_dx; i++) {
        look_dx(s, i);
        if (!s->dx[i])
            continue;
        incident = incident && s->dx[i]->flags & DX_INCIDENT;
        injured = take_list(s->dx[i]->injuries, &taken, &n) || injured;
    }
    s->fixed[0] |= test_bit(TEST_MULTST, injured) |
                   test_bit(TEST_ONLY_INCIDENT, s->c->n_dx && s->dx[0] && incident) |
                   test_bit(TEST_INVALID_PDX, !s->c->n_dx || !s->dx[0]) |
                   test_bit(TEST_PDX_ECODE, s->c->n_dx && is_ecode(s->c->dx[0].code));
}

/* What is counted over the procedures, parts of clusters too whatever the MDC hides, clusters not.
 */
struct counts {
    unsigned fusions[FUSIONS], vessels, stents, sides;
    uint8_t taken;
    bool bilateral;
};

/* count_px - one procedure */
static void count_px(struct counts *n, const struct px_def *p)
{
    n->vessels += p->vessels;
    n->stents += p->stents;
    n->bilateral = take_list(p->sides, &n->taken, &n->sides) || n->bilateral;
    for (int k = 0; p->fusions && k < FUSIONS; k++)
        n->fusions[k] += p->fusions >> k & 1;
}

/* count_tests - the tests over procedures */
static uint64_t count_tests(const struct counts *n)
{
    const unsigned *f = n->fusions;

    return test_bit(TEST_BILATERAL, n->bilateral) | test_bit(TEST_FOUR_VESSELS, n->vessels >= 4) |
           test_bit(TEST_FOUR_STENTS, n->stents >= 4) |
           test_bit(TEST_SINGLEFUSIONCTR,
                    f[FUSION_ANT] && f[FUSION_POST] && f[FUSION_ANT] + f[FUSION_POST] > 2) |
           test_bit(TEST_MULTFUSE, f[FUSION_ANT] + f[FUSION_POST1] > 1) |
           test_bit(TEST_SGLANTCTR, f[FUSION_ANT] > 1) |
           test_bit(TEST_SGLPOST1CTR, f[FUSION_POST1] > 1) |
           test_bit(TEST_SGLANTSECTXCTR, f[FUSION_ANTSECTX] > 1) |
           test_bit(TEST_SGLPOSTFUSECTR, f[FUSION_POST] > 1);
}

/* look_all_px - procedures */
static void look_all_px(struct stay *s)
{
    struct counts n = {.vessels = 0};
    size_t parts = 0;

    for (size_t i = 0; i < s->c->n_px; i++) {
        int32_t slot = code_slot(&s->d->px, s->c->px[i]);

        s->px[i] = slot < 0 ? NULL : &s->d->px_defs[code_def(&s->d->px, slot)];
        s->hidden[i] = 0;
        s->part_of[i] = 0;
        parts += s->px[i] && s->px[i]->n;
        if (s->px[i])
            count_px(&n, s->px[i]);
    }
    s->fixed[0] |= count_tests(&n);
    if (parts)
        stay_clusters(s);
}

/* stay_look - everything that does not depend on the MDC in hand */
void stay_look(struct stay *s, const struct drg *d, const struct drg_claim *c)
{
    s->d = d;
    s->c = c;
    s->n_found = 0;
    s->any_hidden = 0;
    s->mdc_seen = MDC_MAX;
    s->met = false;
    memset(s->fixed, 0, sizeof(s->fixed));
    s->fixed[0] = status_tests(c->status) | test_bit(TEST_ANYDX, true);
    look_all_dx(s);
    take_sex(s);
    look_all_px(s);
    stay_weigh(s);
}

/* hides - is some procedure invisible in an MDC? */
static bool hides(uint64_t hidden, unsigned mdc)
{
    return mdc < 64 && hidden >> mdc & 1;
}

/* stay_see - the atoms of the stay as an MDC sees them */
void stay_see(struct stay *s, unsigned mdc)
{
    bool same = !hides(s->any_hidden, mdc) && !hides(s->any_hidden, s->mdc_seen);

    if (s->mdc_seen == mdc || (s->mdc_seen != MDC_MAX && same))
        return;
    s->mdc_seen = mdc;
    memcpy(s->visible, s->fixed, sizeof(s->visible));
    for (size_t i = 0; i < s->c->n_px; i++) {
        if (s->px[i] && !hides(s->hidden[i], mdc))
            atoms_or(s->visible, s->d->procedure[s->px[i]->set]);
    }
}

/* stay_counts - a secondary diagnosis that has a severity here */
bool stay_counts(const struct stay *s, size_t i)
{
    return i && s->dx[i] && s->dx[i]->severity && s->excluded[i] == DRG_COUNTS &&
           !(s->met && s->hac_why[i] == DRG_HAC_MET);
}

/* stay_weigh - the highest severity, and whether any suppression could change it */
void stay_weigh(struct stay *s)
{
    s->top = DRG_NONE;
    s->suppressible = 0;
    for (size_t i = 1; i < s->c->n_dx; i++) {
        if (!stay_counts(s, i))
            continue;
        s->suppressible |= s->dx[i]->suppress;
        s->top = s->dx[i]->severity > s->top ? s->dx[i]->severity : s->top;
    }
}

/* stay_severity - for a formula's suppression set; 0: none */
enum drg_severity stay_severity(const struct stay *s, unsigned suppress)
{
    uint8_t top = DRG_NONE;

    if (!suppress || !(s->suppressible >> suppress & 1))
        return (enum drg_severity)s->top;
    for (size_t i = 1; i < s->c->n_dx; i++)
        if (stay_counts(s, i) && !(s->dx[i]->suppress >> suppress & 1) && s->dx[i]->severity > top)
            top = s->dx[i]->severity;
    return (enum drg_severity)top;
}

/* stay_before - the more severe, then the code, then the place */
bool stay_before(const struct stay *s, size_t a, size_t b)
{
    int r = (int)s->dx[b]->severity - (int)s->dx[a]->severity;

    if (r == 0)
        r = strcmp(s->c->dx[a].code, s->c->dx[b].code);
    return r ? r < 0 : a < b;
}

/* stay_level_by - the first in that order of those that count */
int stay_level_by(const struct stay *s, unsigned suppress, int without)
{
    int best = -1;

    for (size_t i = 1; i < s->c->n_dx; i++)
        if ((int)i != without && stay_counts(s, i) &&
            !(suppress && s->dx[i]->suppress >> suppress & 1) &&
            (best < 0 || stay_before(s, i, (size_t)best)))
            best = (int)i;
    return best;
}
