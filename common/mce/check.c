/* check.c - the edits of an acute stay, in the words of the editor's manual
 *
 * Each code is looked up once; what the rules ask of all codes together (is there a diagnosis of
 * type 1 diabetes? a kidney transplant?) is the union of their flags. */
#include "common/mce/make.h"

#include <string.h>

enum { OLDEST = 124, OVER_60 = 60, NO_FLAGS = 0 };

static const uint32_t same_dx = MCE_NCOV6 | MCE_NCOV7 | MCE_NCOV_Z302,
                      hearts = MCE_HEART_A | MCE_HEART_B, births = MCE_CESAREAN | MCE_VAGINAL;

static const char *const names[] = {
    [1] = "invalid code",
    [2] = "external cause as principal",
    [3] = "repeats the principal",
    [4] = "age conflict",
    [5] = "sex conflict",
    [6] = "manifestation as principal",
    [8] = "questionable admission",
    [9] = "unacceptable principal",
    [11] = "non-covered procedure",
    [14] = "invalid age",
    [15] = "invalid sex",
    [16] = "invalid discharge status",
    [17] = "limited coverage",
    [18] = "wrong procedure performed",
    [19] = "procedure inconsistent with the length of stay",
    [20] = "unspecified code",
};

/* mce_edit_name - see mce.h */
const char *mce_edit_name(unsigned edit)
{
    return edit < sizeof(names) / sizeof(names[0]) && names[edit] ? names[edit] : "";
}

/* A stay being judged. */
struct judging {
    const struct mce *m;
    const struct mce_stay *s;
    struct mce_hit *out;
    int n;
    uint32_t dx[MCE_CODES_MAX], px[MCE_CODES_MAX]; /* flags of each code */
    struct mce_all all;
    uint32_t second_dx; /* of the secondary diagnoses */
};

/* mce_code - see mce.h */
bool mce_code(const struct mce *m, enum mce_list list, const char *code, int32_t on,
              uint32_t *flags)
{
    uint64_t number = code_number(list, code, strnlen(code, 8));
    size_t at = code_home(m, number);

    *flags = NO_FLAGS;
    for (; number && m->slots[at]; at = (at + 1) & (m->n_slots - 1)) {
        const struct span_def *d = &m->defs[m->slots[at] & ((1 << DEF_BITS) - 1)];

        if (m->slots[at] >> DEF_BITS == number && d->from <= on && on <= d->to) {
            *flags = d->flags;
            return true;
        }
    }
    return false;
}

/* hit - one more */
static void hit(struct judging *j, unsigned edit, enum mce_of of, size_t index, uint32_t flag)
{
    j->out[j->n++] = (struct mce_hit){edit, of, index, flag};
}

/* is_blank - nothing, or zeros only */
static bool is_blank(const char *code)
{
    return code[strspn(code, "0")] == '\0';
}

/* look_up - flags of each code of a list, and who is none (1); a blank principal is none either */
static void look_up(struct judging *j, enum mce_list list)
{
    const char *const *codes = list == MCE_DX ? j->s->dx : j->s->px;
    size_t n = list == MCE_DX ? j->s->n_dx : j->s->n_px;
    uint32_t *flags = list == MCE_DX ? j->dx : j->px, all = 0, behind = 0;

    for (size_t i = 0; i < n; i++) {
        bool known = mce_code(j->m, list, codes[i], j->s->discharge, &flags[i]);

        if (!known && j->m->all[list] && (!is_blank(codes[i]) || (list == MCE_DX && i == 0)))
            hit(j, 1, list == MCE_DX ? MCE_OF_DX : MCE_OF_PX, i, 0);
        all |= flags[i];
        behind |= i ? flags[i] : 0;
    }
    *(list == MCE_DX ? &j->all.dx : &j->all.px) = all;
    if (list == MCE_DX)
        j->second_dx = behind;
}

/* has_secondary - any that is not blank */
static bool has_secondary(const struct mce_stay *s)
{
    for (size_t i = 1; i < s->n_dx; i++)
        if (!is_blank(s->dx[i]))
            return true;
    return false;
}

/* mce_unacceptable - see mce.h */
uint32_t mce_unacceptable(uint32_t flags, bool has_secondary)
{
    if (flags & MCE_NEEDS_SECOND)
        return has_secondary ? NO_FLAGS : MCE_NEEDS_SECOND;
    return flags & MCE_UNACCEPTABLE;
}

/* principal - 2, 6, 8, 9 */
static void principal(struct judging *j)
{
    static const struct {
        unsigned edit;
        uint32_t flag;
    } rows[] = {{2, MCE_EXTERNAL}, {6, MCE_MANIFESTATION}, {8, MCE_QUESTIONABLE}};
    uint32_t flags = j->dx[0], nine = mce_unacceptable(flags, has_secondary(j->s));

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (flags & rows[i].flag)
            hit(j, rows[i].edit, MCE_OF_DX, 0, rows[i].flag);
    if (nine)
        hit(j, 9, MCE_OF_DX, 0, nine);
}

/* mce_age_conflict - see mce.h */
uint32_t mce_age_conflict(const struct mce *m, uint32_t flags, int age, int32_t on, int *low,
                          int *high)
{
    for (size_t i = 0; i < m->n_ages; i++) {
        const struct age_row *a = &m->ages[i];

        if ((flags & a->flag) && a->from <= on && on <= a->to && (age < a->low || age > a->high)) {
            *low = a->low;
            *high = a->high;
            return a->flag;
        }
    }
    return NO_FLAGS;
}

/* other_sex - the flag that conflicts with the patient's; 0: none does */
static uint32_t other_sex(const struct mce_stay *s)
{
    return s->sex == MCE_SEX_MALE ? MCE_FEMALE : s->sex == MCE_SEX_FEMALE ? MCE_MALE : 0;
}

/* each_dx - 3, 4, 5, 18, 20 */
static void each_dx(struct judging *j)
{
    uint32_t sex = other_sex(j->s);

    for (size_t i = 0; i < j->s->n_dx; i++) {
        int low, high;
        uint32_t flags = j->dx[i],
                 age = mce_age_conflict(j->m, flags, j->s->age, j->s->discharge, &low, &high);

        if (i && !is_blank(j->s->dx[i]) && strcmp(j->s->dx[i], j->s->dx[0]) == 0)
            hit(j, 3, MCE_OF_DX, i, 0);
        if (age)
            hit(j, 4, MCE_OF_DX, i, age);
        if (flags & sex)
            hit(j, 5, MCE_OF_DX, i, flags & sex);
        if (flags & MCE_WRONG_PROCEDURE)
            hit(j, 18, MCE_OF_DX, i, MCE_WRONG_PROCEDURE);
        if (flags & MCE_UNSPECIFIED)
            hit(j, 20, MCE_OF_DX, i, MCE_UNSPECIFIED);
    }
}

/* lowest - one bit of several; 0: none */
static uint32_t lowest(uint32_t flags)
{
    return flags & -flags;
}

/* heart_of - half of an artificial heart operation whose other half is there too; 0: none */
static uint32_t heart_of(uint32_t flags, const struct mce_all *all)
{
    return (all->px & hearts) == hearts ? lowest(flags & hearts) : 0;
}

/* mce_not_covered - see mce.h */
uint32_t mce_not_covered(uint32_t flags, const struct mce_all *all)
{
    if (flags & MCE_NONCOVERED)
        return MCE_NONCOVERED;
    if ((flags & MCE_NCOV45) && !(all->px & MCE_KIDNEY) && !(all->dx & MCE_DIABETES_1))
        return MCE_NCOV45;
    if ((flags & MCE_NCOV_OVER_60) && all->age > OVER_60)
        return MCE_NCOV_OVER_60;
    if (flags & all->dx & same_dx)
        return lowest(flags & all->dx & same_dx);
    return all->dx & MCE_TRIAL ? NO_FLAGS : heart_of(flags, all);
}

/* mce_limited - see mce.h */
uint32_t mce_limited(uint32_t flags, const struct mce_all *all)
{
    if (mce_not_covered(flags, all))
        return NO_FLAGS;
    return flags & MCE_LIMITED ? MCE_LIMITED : heart_of(flags, all);
}

/* coverage - 11, else 17 */
static void coverage(struct judging *j, size_t i)
{
    uint32_t never = mce_not_covered(j->px[i], &j->all), limited = mce_limited(j->px[i], &j->all);

    if (never)
        hit(j, 11, MCE_OF_PX, i, never);
    if (limited)
        hit(j, 17, MCE_OF_PX, i, limited);
}

/* each_px - 5, 8, 11, 17, 19 */
static void each_px(struct judging *j)
{
    uint32_t sex = other_sex(j->s);

    for (size_t i = 0; i < j->s->n_px; i++) {
        uint32_t flags = j->px[i];

        if (!flags)
            continue;
        if (flags & sex)
            hit(j, 5, MCE_OF_PX, i, flags & sex);
        if ((flags & births) && !(j->second_dx & MCE_DELIVERY_OUTCOME))
            hit(j, 8, MCE_OF_PX, i, lowest(flags & births));
        coverage(j, i);
        if ((flags & MCE_STAY) && j->s->days >= 0 && j->s->days < MCE_LONG_STAY)
            hit(j, 19, MCE_OF_PX, i, MCE_STAY);
    }
}

/* mce_status_valid - see mce.h */
bool mce_status_valid(const struct mce *m, int status, int32_t on)
{
    for (size_t i = 0; i < m->n_statuses; i++)
        if (m->statuses[i].status == status && m->statuses[i].from <= on && on <= m->statuses[i].to)
            return true;
    return m->n_statuses == 0;
}

/* claim - 14, 15, 16 */
static void claim(struct judging *j)
{
    const struct mce_stay *s = j->s;

    if (s->age < 0 || s->age > OLDEST)
        hit(j, 14, MCE_OF_CLAIM, 0, 0);
    if (s->sex == MCE_SEX_INVALID ||
        (s->sex == MCE_SEX_UNKNOWN && s->discharge < MCE_UNKNOWN_SEX_FROM))
        hit(j, 15, MCE_OF_CLAIM, 0, 0);
    if (!mce_status_valid(j->m, s->status, s->discharge))
        hit(j, 16, MCE_OF_CLAIM, 0, 0);
}

/* mce_check - see mce.h */
int mce_check(const struct mce *m, const struct mce_stay *s, struct mce_hit *out, struct err *e)
{
    struct judging j;

    if (s->n_dx < 1 || s->n_dx > MCE_CODES_MAX || s->n_px > MCE_CODES_MAX)
        return err_set(e, ERR_REJECT, "size",
                       "a stay has 1 to %d diagnoses and at most %d procedures", MCE_CODES_MAX,
                       MCE_CODES_MAX);
    j.m = m;
    j.s = s;
    j.out = out;
    j.n = 0;
    j.all.age = s->age;
    look_up(&j, MCE_DX);
    look_up(&j, MCE_PX);
    principal(&j);
    each_dx(&j);
    each_px(&j);
    claim(&j);
    return j.n;
}
