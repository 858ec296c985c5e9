/* term.c - the one place where words meet titles and index terms
 *
 * The form in which a phrase is a key is common/tables/phrase.h: here only what counts as exactly
 * one code. A heading, an incomplete index code ("C79.8-"), a second (manifestation) code or two
 * different codes are not. */
#include "services/coder/dx.h"

#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "common/rules/code_set.h"
#include "common/tables/phrase.h"

enum { PHRASE_SIZE = 1100 };

/* looked_up - many rules ask for the few codes of a visit: the last of each hash is kept */
static const struct work_code *looked_up(struct work *w, const char *code)
{
    uint64_t key = code_key(code);
    struct work_code *x = &w->codes[(key * 0x9E3779B97F4A7C15U >> 60) % WORK_CODES];

    if (x->key != key || !key) {
        x->found = tables_find(w->t, TABLE_ICD10CM, code, NULL, w->coding_date, &x->row);
        x->billable = x->found == LOOKUP_FOUND && table_col_is(&x->row, "billable", "Y");
        x->key = key;
    }
    return x;
}

/* dx_row - as the header has it */
enum lookup dx_row(struct work *w, const char *code, struct table_row *row)
{
    const struct work_code *x = looked_up(w, code);

    if (x->found == LOOKUP_FOUND)
        *row = x->row;
    return x->found;
}

/* dx_billable - three answers, and whether it may stand on a claim */
enum lookup dx_billable(struct work *w, const char *code, struct table_row *row, bool *billable)
{
    const struct work_code *x = looked_up(w, code);

    *billable = x->billable;
    if (x->found == LOOKUP_FOUND)
        *row = x->row;
    return x->found;
}

/* take_code - the code of a row, when it is billable and the same as what was found before */
static bool take_code(struct work *w, const struct table_row *row, char *code, enum term *term)
{
    char text[DX_CODE + 2], plain[DX_CODE];
    struct table_row icd;
    bool billable;

    table_col_text(row, "code", text, sizeof(text));
    if (!code_plain(text, plain, sizeof(plain)) ||
        dx_billable(w, plain, &icd, &billable) != LOOKUP_FOUND || !billable)
        return false;
    if (*term == TERM_NONE) {
        str_copy(code, DX_CODE, plain);
        *term = TERM_ONE;
        return true;
    }
    if (strcmp(code, plain) != 0)
        *term = TERM_SEVERAL;
    return false;
}

/* find - all rows of the phrase must name one code */
static enum term find(struct work *w, enum table_id table, const char *text, char *code,
                      struct table_row *hit)
{
    char key[PHRASE_SIZE];
    struct table_row row;
    size_t cursor = 0;
    enum term term = TERM_NONE;

    if (!tables_edition(w->t, table, w->coding_date))
        return TERM_NO_EDITION;
    if (!phrase_normal(text, strlen(text), key, sizeof(key)))
        return TERM_NONE;
    while (tables_next(w->t, table, key, w->coding_date, &cursor, &row)) {
        if (table == TABLE_ICD10CM_INDEX && !table_col_is(&row, "kind", "code"))
            continue;
        if (table == TABLE_ICD10CM_INDEX && table_col(&row, "manifestation").n)
            return TERM_SEVERAL;
        if (take_code(w, &row, code, &term))
            *hit = row;
    }
    return term;
}

/* term_by_title - by the titles of the codes */
enum term term_by_title(struct work *w, const char *text, char *code, struct table_row *row)
{
    return find(w, TABLE_ICD10CM_TITLE, text, code, row);
}

/* term_by_index - by the alphabetic index */
enum term term_by_index(struct work *w, const char *text, char *code, struct table_row *row)
{
    return find(w, TABLE_ICD10CM_INDEX, text, code, row);
}
