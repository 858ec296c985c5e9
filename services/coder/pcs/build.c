/* build.c - the codes that the words of a procedure name
 *
 * One walk over the day's tables: the meanings of a table's values stand before its rows. What the
 * words say picks values; a part that the record does not say leaves all of them. */
#include <string.h>

#include "services/coder/pcs/words.h"

/* A way of the endoscopic approach: who does not say it did not do it so (B5.2b). */
static const char hand_assisted[] = "Hand-Assisted";

/* How the words are taken in one walk. */
struct way_of_walk {
    enum pcs_pass pass;
    bool timed; /* the fifth character is a span that holds the time the procedure ran */
};

/* What a table's labels gave so far. */
struct table_state {
    char table[4];
    bool operation;
    char values[PCS_PARTS][PCS_VALUES];
};

/* allowed - may the part have this meaning? */
static bool allowed(const struct table_state *s, const struct pcs_wanted *w,
                    const struct way_of_walk *how, enum pcs_part part, struct span meaning)
{
    struct pcs_span span;

    if (part == PCS_APPROACH && how->timed)
        return pcs_span(meaning, &span) && pcs_span_holds(&span, w->time_ms);
    if (!pcs_said(w, part))
        return part != PCS_OPERATION && !span_is(meaning, hand_assisted);
    if (how->pass == PCS_OVER_JOINT && !pcs_like(s->table, "0[HJ]"))
        return pcs_means(w, part, PCS_AS_SAID, meaning);
    return pcs_means(w, part, how->pass, meaning);
}

/* take_label - "4J" and its meaning */
static void take_label(struct table_state *s, const struct pcs_wanted *w,
                       const struct way_of_walk *how, const struct table_row *row)
{
    struct span key = table_key(row, 1);
    int part = key.n == 2 ? key.p[0] - '3' : PCS_PARTS;
    size_t n;

    if (part < 0 || part >= PCS_PARTS ||
        !allowed(s, w, how, (enum pcs_part)part, table_col(row, "text")))
        return;
    if (part == PCS_OPERATION)
        s->operation = true;
    n = strlen(s->values[part]);
    if (n + 1 < PCS_VALUES) {
        s->values[part][n] = key.p[1];
        s->values[part][n + 1] = '\0';
    }
}

/* add - one more code, each once */
static void add(struct pcs_found *out, const char *code)
{
    for (size_t i = 0; i < out->n && i < PCS_CANDIDATES; i++)
        if (strcmp(out->codes[i], code) == 0)
            return;
    if (out->n < PCS_CANDIDATES)
        memcpy(out->codes[out->n], code, PCS_CODE);
    out->n++;
}

/* next_value - of a row's position, among those that the words allow */
static bool next_value(struct span row, const char *allowed, size_t *at, char *out)
{
    for (; *at < row.n; (*at)++)
        if (strchr(allowed, row.p[*at])) {
            *out = row.p[(*at)++];
            return true;
        }
    return false;
}

/* take_values - all codes of a row that the words allow */
static void take_values(const struct table_state *s, const struct table_row *row,
                        struct pcs_found *out)
{
    char code[PCS_CODE] = {s->table[0], s->table[1], s->table[2], 0, 0, 0, 0, 0};
    struct span v[4] = {table_col(row, "values4"), table_col(row, "values5"),
                        table_col(row, "values6"), table_col(row, "values7")};

    for (size_t a = 0; next_value(v[0], s->values[PCS_BODY_PART], &a, &code[3]);)
        for (size_t b = 0; next_value(v[1], s->values[PCS_APPROACH], &b, &code[4]);)
            for (size_t c = 0; next_value(v[2], s->values[PCS_DEVICE], &c, &code[5]);)
                for (size_t d = 0; next_value(v[3], s->values[PCS_QUALIFIER], &d, &code[6]);)
                    add(out, code);
}

/* enter - another table begins */
static void enter(struct table_state *s, struct span table)
{
    if (table.n != 3 || memcmp(s->table, table.p, 3) == 0)
        return;
    *s = (struct table_state){0};
    memcpy(s->table, table.p, 3);
}

/* walk - all tables; false: no code has this meaning */
static bool walk(const struct tables *t, const struct pcs_wanted *w, const struct way_of_walk *how,
                 int32_t on, struct pcs_found *out)
{
    struct table_state s = {0};
    struct table_row row;

    for (size_t cursor = 0; tables_each(t, TABLE_ICD10PCS_TABLE, on, &cursor, &row);) {
        enter(&s, table_key(&row, 0));
        if (table_key(&row, 1).n == 2)
            take_label(&s, w, how, &row);
        else if (s.operation)
            take_values(&s, &row, out);
    }
    return out->n > 0;
}

/* has_pass - does the record's body part have a way of its own in this one? */
static bool has_pass(const struct pcs_wanted *w, enum pcs_pass pass)
{
    for (size_t i = 0; i < w->n[PCS_BODY_PART]; i++)
        if (w->ways[PCS_BODY_PART][i].pass == pass)
            return true;
    return pass == PCS_AS_SAID;
}

/* pcs_build - see pcs.h */
enum pcs_answer pcs_build(const struct tables *t, const struct pcs_words *words, int32_t on,
                          struct pcs_found *out)
{
    struct pcs_wanted w;

    *out = (struct pcs_found){.edition = tables_edition(t, TABLE_ICD10PCS_TABLE, on)};
    if (!out->edition)
        return PCS_NO_EDITION;
    if (!pcs_want(t, words, on, &w))
        return PCS_ILLEGAL;
    for (int timed = w.time_ms >= 0; timed >= 0; timed--)
        for (int pass = PCS_AS_SAID; pass < PCS_PASSES; pass++) {
            struct way_of_walk how = {(enum pcs_pass)pass, timed > 0};

            if (has_pass(&w, how.pass) && walk(t, &w, &how, on, out))
                return PCS_LEGAL;
        }
    return PCS_ILLEGAL;
}
