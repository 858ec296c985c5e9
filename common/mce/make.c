/* make.c - an edition of the editor's tables, from rows to a table of eight bytes a code */
#include "common/mce/make.h"

#include <stdlib.h>
#include <string.h>

enum { CODE_CHARS = 7, BASE = 37 };

/* clang-format off */
static const struct {
    const char *word;
    uint32_t bit;
} words[] = {
    {"newborn", MCE_NEWBORN},            {"pediatric", MCE_PEDIATRIC},         {"maternity", MCE_MATERNITY},
    {"adult", MCE_ADULT},                {"male", MCE_MALE},                   {"female", MCE_FEMALE},
    {"ecodepdx", MCE_EXTERNAL},          {"manifestation", MCE_MANIFESTATION}, {"qadm", MCE_QUESTIONABLE},
    {"unacceptable", MCE_UNACCEPTABLE},  {"reqsdx", MCE_NEEDS_SECOND},         {"unspecified", MCE_UNSPECIFIED},
    {"wrngproc", MCE_WRONG_PROCEDURE},   {"delout", MCE_DELIVERY_OUTCOME},     {"diabtypeI", MCE_DIABETES_1},
    {"clintrial", MCE_TRIAL},            {"noncovered", MCE_NONCOVERED},       {"lcov", MCE_LIMITED},
    {"los", MCE_STAY},                   {"csect", MCE_CESAREAN},              {"vagdel", MCE_VAGINAL},
    {"kidneyxp", MCE_KIDNEY},            {"ncov45", MCE_NCOV45},               {"ncov12agele60", MCE_NCOV_OVER_60},
    {"ncov6", MCE_NCOV6},                {"ncov7", MCE_NCOV7},                 {"ncov_z302", MCE_NCOV_Z302},
    {"lcov_artheartxpa", MCE_HEART_A},   {"lcov_artheartxpb", MCE_HEART_B},
};
/* clang-format on */
enum { WORDS = sizeof(words) / sizeof(words[0]) };

/* mce_flag_name - see mce.h */
const char *mce_flag_name(uint32_t flag)
{
    for (size_t i = 0; i < WORDS; i++)
        if (words[i].bit == flag)
            return words[i].word;
    return "";
}

/* mce_flags_of - see mce.h */
uint32_t mce_flags_of(struct span list)
{
    uint32_t bits = 0;

    while (list.n) {
        struct span word = span_cut(&list, ',');

        for (size_t i = 0; i < WORDS; i++)
            if (span_is(word, words[i].word))
                bits |= words[i].bit;
    }
    return bits;
}

/* digit_of - 1 to 36; 0: no character of a code */
static unsigned digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0') + 1;
    return c >= 'A' && c <= 'Z' ? (unsigned)(c - 'A') + 11 : 0;
}

/* code_number - see make.h */
uint64_t code_number(enum mce_list list, const char *code, size_t n)
{
    uint64_t number = 0;

    if (n == 0 || n > CODE_CHARS)
        return 0;
    for (size_t i = 0; i < CODE_CHARS; i++) {
        unsigned digit = i < n ? digit_of(code[i]) : 0;

        if (i < n && !digit)
            return 0;
        number = number * BASE + digit;
    }
    return number * 2 + (list == MCE_PX);
}

/* code_home - see make.h */
size_t code_home(const struct mce *m, uint64_t number)
{
    return (size_t)(number * 0x9E3779B97F4A7C15u >> 40) & (m->n_slots - 1);
}

/* mce_new - see mce.h */
struct mce *mce_new(void)
{
    return calloc(1, sizeof(struct mce));
}

/* mce_free - see mce.h */
void mce_free(struct mce *m)
{
    if (!m)
        return;
    free(m->slots);
    free(m->rows);
    free(m->defs);
    free(m);
}

/* mce_bytes - see mce.h */
size_t mce_bytes(const struct mce *m)
{
    return sizeof(*m) + m->n_slots * sizeof(*m->slots) + m->cap_defs * sizeof(*m->defs);
}

/* no_memory - the one way to say it */
static int no_memory(struct err *e)
{
    return err_set(e, ERR_RETRY, "memory", "out of memory");
}

/* grow - room for one more; false: no memory */
static bool grow(void *list, size_t n, size_t *cap, size_t size)
{
    size_t more = *cap ? *cap * 2 : 256;
    void *grown, *old;

    if (n < *cap)
        return true;
    memcpy(&old, list, sizeof(old));
    grown = realloc(old, more * size);
    if (!grown)
        return false;
    memcpy(list, &grown, sizeof(grown));
    *cap = more;
    return true;
}

/* def_of - the number of a window, kept once; -1: no memory, or more than a slot can name */
static int def_of(struct mce *m, const struct span_def *d)
{
    for (size_t i = m->n_defs; i-- > 0;)
        if (m->defs[i].from == d->from && m->defs[i].to == d->to && m->defs[i].flags == d->flags)
            return (int)i;
    if (m->n_defs >> DEF_BITS || !grow(&m->defs, m->n_defs, &m->cap_defs, sizeof(*m->defs)))
        return -1;
    m->defs[m->n_defs] = *d;
    return (int)m->n_defs++;
}

/* mce_add_code - see mce.h */
int mce_add_code(struct mce *m, enum mce_list list, struct span code, int32_t from, int32_t to,
                 struct span flags, struct err *e)
{
    struct span_def d = {from, to ? to : INT32_MAX, mce_flags_of(flags)};
    uint64_t number = code_number(list, code.p, code.n);
    int def;

    if (!number)
        return err_set(e, ERR_REJECT, "mce", "\"%.*s\" is no code",
                       (int)(code.n < 16 ? code.n : 16), code.p);
    def = def_of(m, &d);
    if (def < 0 || !grow(&m->rows, m->n_rows, &m->cap_rows, sizeof(*m->rows)))
        return no_memory(e);
    m->rows[m->n_rows++] = number << DEF_BITS | (uint64_t)def;
    return 0;
}

/* group_flag - of an age group's name; 0: none of the four */
static uint32_t group_flag(struct span group)
{
    static const struct {
        const char *name;
        uint32_t flag;
    } groups[] = {{"NEWBORN", MCE_NEWBORN},
                  {"PEDIATRIC", MCE_PEDIATRIC},
                  {"MATERNITY", MCE_MATERNITY},
                  {"ADULT", MCE_ADULT}};

    for (size_t i = 0; i < sizeof(groups) / sizeof(groups[0]); i++)
        if (span_is(group, groups[i].name))
            return groups[i].flag;
    return 0;
}

/* mce_add_age - see mce.h */
int mce_add_age(struct mce *m, struct span group, int low, int high, int32_t from, int32_t to,
                struct err *e)
{
    uint32_t flag = group_flag(group);

    if (!flag || m->n_ages == AGE_ROWS_MAX)
        return err_set(e, ERR_REJECT, "mce", "\"%.*s\" is no age group, or one too many",
                       (int)(group.n < 16 ? group.n : 16), group.p);
    m->ages[m->n_ages++] = (struct age_row){flag, low, high, from, to ? to : INT32_MAX};
    return 0;
}

/* mce_add_status - see mce.h */
int mce_add_status(struct mce *m, struct span status, int32_t from, int32_t to, struct err *e)
{
    int v = 0;

    for (size_t i = 0; i < status.n && v >= 0; i++)
        v = status.n <= 2 && status.p[i] >= '0' && status.p[i] <= '9' ? v * 10 + status.p[i] - '0'
                                                                      : -1;
    if (!status.n || v < 0 || m->n_statuses == STATUS_ROWS_MAX)
        return err_set(e, ERR_REJECT, "mce", "\"%.*s\" is no discharge status, or one too many",
                       (int)(status.n < 16 ? status.n : 16), status.p);
    m->statuses[m->n_statuses++] = (struct status_row){v, from, to ? to : INT32_MAX};
    return 0;
}

/* mce_all_codes - see mce.h */
void mce_all_codes(struct mce *m, enum mce_list list)
{
    m->all[list] = true;
}

/* mce_finish - at most six slots of ten are filled; windows of one code lie behind each other */
int mce_finish(struct mce *m, struct err *e)
{
    size_t slots = 64;

    while (slots * 6 < m->n_rows * 10)
        slots *= 2;
    m->slots = calloc(slots, sizeof(*m->slots));
    if (!m->slots)
        return no_memory(e);
    m->n_slots = slots;
    for (size_t i = 0; i < m->n_rows; i++) {
        size_t at = code_home(m, m->rows[i] >> DEF_BITS);

        while (m->slots[at])
            at = (at + 1) & (slots - 1);
        m->slots[at] = m->rows[i];
    }
    free(m->rows);
    m->rows = NULL;
    m->n_rows = m->cap_rows = 0;
    return 0;
}
