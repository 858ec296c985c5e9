/* side.c - the same procedure right and left (B4.3): one code where the table has a value for both
 * sides, else one for each */
#include "services/coder/work.h"

#include <string.h>
#include <strings.h>

#include "services/coder/pcs/pcs.h"

enum { BODY_PART = 4, NAME = 120 };

/* What makes one of many ("Ovaries", "Testes", "Kidneys"). */
static const struct {
    const char *many, *one;
} endings[] = {{"ies", "y"}, {"es", "is"}, {"s", ""}};

/* name_of - what stands before ", Right" of a label; false: another label */
static bool name_of(struct span label, const char *side, char *out)
{
    size_t n = strlen(side);

    if (label.n <= n || label.n - n >= NAME || memcmp(label.p + label.n - n, side, n) != 0)
        return false;
    memcpy(out, label.p, label.n - n);
    out[label.n - n] = '\0';
    return true;
}

/* is_of - is the plural, or the same word, the name of both sides? */
static bool is_of(const char *both, const char *one)
{
    size_t n = strlen(both), m = strlen(one);

    if (strcasecmp(both, one) == 0)
        return true;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
        size_t k = strlen(endings[i].many), l = strlen(endings[i].one);

        if (n > k && m > l && n - k == m - l && strcasecmp(both + n - k, endings[i].many) == 0 &&
            strcasecmp(one + m - l, endings[i].one) == 0 && strncasecmp(both, one, n - k) == 0)
            return true;
    }
    return false;
}

/* pcs_is_both - see pcs.h */
bool pcs_is_both(struct span label, const char *site)
{
    char both[NAME];

    return name_of(label, ", Bilateral", both) && is_of(both, site);
}

/* pcs_both_of - see pcs.h */
const char *pcs_both_of(const char *site)
{
    static const char *const words[] = {"both ", "bilateral "};

    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (strncasecmp(site, words[i], strlen(words[i])) == 0)
            return site + strlen(words[i]);
    return site;
}

/* pcs_singular - see pcs.h */
const char *pcs_singular(const char *site, size_t way, char *out, size_t size)
{
    size_t n = strlen(site), k, l;

    if (way == 0)
        return site;
    if (way > sizeof(endings) / sizeof(endings[0]))
        return NULL;
    k = strlen(endings[way - 1].many);
    l = strlen(endings[way - 1].one);
    if (n <= k || n - k + l >= size || strcasecmp(site + n - k, endings[way - 1].many) != 0)
        return "";
    memcpy(out, site, n - k);
    memcpy(out + n - k, endings[way - 1].one, l + 1);
    return out;
}

/* pcs_both_sides - see pcs.h */
bool pcs_both_sides(const struct tables *t, const char *right, const char *left, int32_t on,
                    char *code)
{
    char table[4] = {right[0], right[1], right[2], '\0'}, a[NAME], b[NAME], both[NAME];
    struct table_row row;
    struct pcs_fault fault;

    if (!pcs_label(t, right, BODY_PART, on, &row) ||
        !name_of(table_col(&row, "text"), ", Right", a) ||
        !pcs_label(t, left, BODY_PART, on, &row) ||
        !name_of(table_col(&row, "text"), ", Left", b) || strcmp(a, b) != 0)
        return false;
    for (size_t cursor = 0; tables_next(t, TABLE_ICD10PCS_TABLE, table, on, &cursor, &row);) {
        struct span part = table_key(&row, 1);

        if (part.n != 2 || part.p[0] != '0' + BODY_PART ||
            !name_of(table_col(&row, "text"), ", Bilateral", both) || !is_of(both, a))
            continue;
        memcpy(code, right, PCS_CODE);
        code[BODY_PART - 1] = part.p[1];
        return pcs_check(t, code, on, &row, &fault) == PCS_LEGAL;
    }
    return false;
}

/* is_pair - the same but for the body part, on one day */
static bool is_pair(const struct service *a, const struct service *b)
{
    const char *x = a->as->code->code, *y = b->as->code->code;

    return a != b && pcs_ready(a) && pcs_ready(b) && a->from_date == b->from_date &&
           strncmp(x, y, BODY_PART - 1) == 0 && strcmp(x + BODY_PART, y + BODY_PART) == 0;
}

/* rule_pcs_bilateral - the first becomes the code of both */
void rule_pcs_bilateral(struct work *w, const struct rule *r)
{
    char code[PCS_CODE];

    for (size_t i = 0; i < w->n_services; i++)
        for (size_t k = 0; k < w->n_services; k++) {
            struct service *right = &w->services[i], *left = &w->services[k];
            struct service *first = i < k ? right : left, *second = i < k ? left : right;

            if (!is_pair(right, left) ||
                !pcs_both_sides(w->t, right->as->code->code, left->as->code->code, w->coding_date,
                                code))
                continue;
            first->as->code->code = work_text(w, code);
            first->as->origin = ORIGIN_DERIVED;
            work_evidence_of(w, first->as, second->as);
            work_cite_table(w, first->as, r,
                            tables_edition(w->t, TABLE_ICD10PCS_TABLE, w->coding_date));
            work_reject_service(w, r, second);
        }
}
