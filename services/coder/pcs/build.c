/* build.c - the codes that the words of a procedure name
 *
 * One walk over the day's tables: the meanings of a table's values stand before its rows. What the
 * words say picks values; a part that the record does not say leaves all of them. */
#include <string.h>

#include "common/tables/phrase.h"
#include "services/coder/pcs/pcs.h"

enum { OPERATION, BODY_PART, APPROACH, DEVICE, PARTS, PHRASE = 200 };

/* What surgeons call an approach, and what the tables do. */
static const struct {
    const char *said, *value;
} approaches[] = {
    {"LAPAROSCOPIC", "ENDOSCOPIC PERCUTANEOUS"}, {"THORACOSCOPIC", "ENDOSCOPIC PERCUTANEOUS"},
    {"ARTHROSCOPIC", "ENDOSCOPIC PERCUTANEOUS"}, {"APPROACH OPEN", "OPEN"},
    {"APPROACH PERCUTANEOUS", "PERCUTANEOUS"},
};

/* The words in the form in which phrases are the same; "" = not said. */
struct wanted {
    char phrase[PARTS][PHRASE];
    char key[PHRASE]; /* the body part by the key */
};

/* What a table's labels gave so far. */
struct table_state {
    char table[4];
    bool operation;
    char values[PARTS][PCS_VALUES];
};

/* normal - false: said, and too long to be a value */
static bool normal(const char *text, char *out)
{
    out[0] = '\0';
    return !text[0] || phrase_normal(text, strlen(text), out, PHRASE);
}

/* by_key - what the body part key says to use */
static void by_key(const struct tables *t, const char *word, int32_t on, char *out)
{
    char key[PHRASE];
    struct table_row row;
    struct span use;

    out[0] = '\0';
    if (!tables_plain_key(span_of(word), key, sizeof(key)) ||
        tables_find(t, TABLE_ICD10PCS_KEY, key, NULL, on, &row) != LOOKUP_FOUND)
        return;
    use = table_col(&row, "use");
    phrase_normal(use.p, use.n, out, PHRASE);
}

/* want - the words of the record */
static bool want(const struct tables *t, const struct pcs_words *words, int32_t on,
                 struct wanted *w)
{
    if (!words->operation[0] || !normal(words->operation, w->phrase[OPERATION]) ||
        !normal(words->body_part, w->phrase[BODY_PART]) ||
        !normal(words->approach, w->phrase[APPROACH]) || !normal(words->device, w->phrase[DEVICE]))
        return false;
    by_key(t, words->body_part, on, w->key);
    for (size_t i = 0; i < sizeof(approaches) / sizeof(approaches[0]); i++)
        if (strcmp(w->phrase[APPROACH], approaches[i].said) == 0)
            memcpy(w->phrase[APPROACH], approaches[i].value, strlen(approaches[i].value) + 1);
    return true;
}

/* means - is that what the record says? */
static bool means(const struct wanted *w, int part, const char *meaning)
{
    if (!w->phrase[part][0])
        return part != OPERATION;
    return strcmp(w->phrase[part], meaning) == 0 ||
           (part == BODY_PART && w->key[0] && strcmp(w->key, meaning) == 0);
}

/* take_label - "4J" and its meaning */
static void take_label(struct table_state *s, const struct wanted *w, const struct table_row *row)
{
    struct span key = table_key(row, 1), text = table_col(row, "text");
    int part = key.n == 2 ? key.p[0] - '3' : PARTS;
    char meaning[PHRASE];
    size_t n;

    if (part < 0 || part >= PARTS || !phrase_normal(text.p, text.n, meaning, sizeof(meaning)) ||
        !means(w, part, meaning))
        return;
    if (part == OPERATION)
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
        if (!allowed || strchr(allowed, row.p[*at])) {
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

    for (size_t a = 0; next_value(v[0], s->values[BODY_PART], &a, &code[3]);)
        for (size_t b = 0; next_value(v[1], s->values[APPROACH], &b, &code[4]);)
            for (size_t c = 0; next_value(v[2], s->values[DEVICE], &c, &code[5]);)
                for (size_t d = 0; next_value(v[3], NULL, &d, &code[6]);)
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

/* pcs_build - see pcs.h */
enum pcs_answer pcs_build(const struct tables *t, const struct pcs_words *words, int32_t on,
                          struct pcs_found *out)
{
    struct table_state s = {0};
    struct wanted w;
    struct table_row row;

    *out = (struct pcs_found){.edition = tables_edition(t, TABLE_ICD10PCS_TABLE, on)};
    if (!out->edition)
        return PCS_NO_EDITION;
    if (!want(t, words, on, &w))
        return PCS_ILLEGAL;
    for (size_t cursor = 0; tables_each(t, TABLE_ICD10PCS_TABLE, on, &cursor, &row);) {
        enter(&s, table_key(&row, 0));
        if (table_key(&row, 1).n == 2)
            take_label(&s, &w, &row);
        else if (s.operation)
            take_values(&s, &row, out);
    }
    return out->n ? PCS_LEGAL : PCS_ILLEGAL;
}
