/* pairs.c - the text of a table of code pairs into its compact form */
#include "common/tables/pairs.h"

#include <stdlib.h>
#include <string.h>

#include "common/tables/edition.h"
#include "common/tables/once.h"

/* A table being built. */
struct build {
    const struct edition *d;
    struct pairs *p;
    struct once codes, values, cells;
    struct quarters quarters;
    uint64_t files[WORDS_MAX]; /* of each list of files */
    uint64_t all;
    struct said said[SAID_MAX]; /* rows of the pair in hand */
    size_t n_said;
    uint16_t first, second; /* of the pair in hand */
    uint16_t last;          /* first codes up to here have their start */
    struct err *e;
};

/* bad - the one form of a refusal */
static int bad(struct build *b, const char *why)
{
    return err_set(b->e, ERR_REJECT, "snapshot", "%s@%s: %s", table_name(b->d->head.table),
                   b->d->head.edition, why);
}

/* no_memory - the other one */
static int no_memory(struct build *b)
{
    return err_set(b->e, ERR_RETRY, "memory", "out of memory");
}

/* next_field - cuts a field off a row; past its TAB, but not past its line end */
static struct span next_field(const char **p)
{
    const char *at = *p;
    size_t n = 0;

    while (at[n] != '\t' && at[n] != '\n')
        n++;
    *p = at + n + (at[n] == '\t');
    return (struct span){at, n};
}

/* take_code - into the codes; false: too long */
static bool take_code(struct pair_code *out, struct span code)
{
    memset(out, 0, sizeof(*out));
    if (code.n > PAIR_CODE_BYTES)
        return false;
    memcpy(out->text, code.p, code.n);
    return true;
}

/* by_text - codes in the order of the rows */
static int by_text(const void *a, const void *b)
{
    return memcmp(a, b, PAIR_CODE_BYTES);
}

/* gather_codes - every code once, sorted */
static int gather_codes(struct build *b)
{
    const char *p = b->d->text + b->d->rows_at, *end = b->d->text + b->d->len;
    struct pair_code code, before = {{0}};

    b->codes.size = sizeof(code);
    for (; p < end; p = strchr(p, '\n') + 1)
        for (int i = 0; i < 2; i++) {
            if (!take_code(&code, next_field(&p)))
                return bad(b, "a code of over eight characters");
            if (i == 0 && memcmp(&code, &before, sizeof(code)) == 0)
                continue;
            if (once_number(&b->codes, &code) == UINT32_MAX)
                return no_memory(b);
            if (i == 0)
                before = code;
        }
    if (b->codes.n >= NO_CODE)
        return bad(b, "over 65,534 different codes");
    b->p->n_codes = (uint32_t)b->codes.n;
    b->p->codes = (struct pair_code *)(void *)b->codes.items;
    b->codes.items = NULL;
    if (b->p->n_codes)
        qsort(b->p->codes, b->p->n_codes, sizeof(*b->p->codes), by_text);
    return pairs_index_codes(b->p, b->e);
}

/* count_words - of a column */
static size_t count_words(struct span words)
{
    size_t n = words.p != NULL;

    for (size_t i = 0; words.p && i < words.n; i++)
        n += words.p[i] == '\t';
    return n;
}

/* take_quarters - the lists of files; rows without one are of all files there are */
static int take_quarters(struct build *b)
{
    size_t n = count_words(b->d->words[PAIR_FILES]);

    if (n > WORDS_MAX)
        return bad(b, "too many different lists of quarters");
    for (size_t i = 0; i < n; i++)
        if (!quarters_add(&b->quarters, edition_word(b->d, PAIR_FILES, i)))
            return bad(b, "a list of quarters that is none, or over 64 quarters");
    if (!b->quarters.n)
        b->quarters.last[b->quarters.n++] = b->d->head.to ? b->d->head.to : DAY_OPEN;
    for (size_t i = 0; i < n; i++)
        b->files[i] = quarters_bits(&b->quarters, edition_word(b->d, PAIR_FILES, i));
    b->all = quarters_bits(&b->quarters, (struct span){"", 0});
    return 0;
}

/* word_number - a number below the bound as it is written; NO_WORD: empty; -1: neither */
static int word_number(struct span s)
{
    int n = 0;

    if (!s.n)
        return NO_WORD;
    if (s.n > 3 || (s.n > 1 && s.p[0] == '0'))
        return -1;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return -1;
        n = n * 10 + (s.p[i] - '0');
    }
    return n < WORDS_MAX ? n : -1;
}

/* day_of - a field that was checked */
static int32_t day_of(struct span s)
{
    int32_t v = 0;

    for (size_t i = 0; i < s.n; i++)
        v = v * 10 + (s.p[i] - '0');
    return v;
}

/* take_value - all behind the codes; false: it could not be written again as it is */
static bool take_value(const struct build *b, const char *p, struct pair_value *v)
{
    struct span from = next_field(&p), to = next_field(&p), indicator = next_field(&p);
    int word = word_number(next_field(&p));
    int files = b->d->position[PAIR_FILES] < 0 ? NO_WORD : word_number(next_field(&p));

    memset(v, 0, sizeof(*v));
    if (indicator.n != 1 || indicator.p[0] < '0' || indicator.p[0] > '9' || word < 0 || files < 0)
        return false;
    v->from = day_of(from);
    v->to = day_of(to);
    v->indicator = indicator.p[0];
    v->word = (uint8_t)word;
    v->files = (uint8_t)files;
    return true;
}

/* add_cell - windows of a pair onto its chain; UINT32_MAX: out of memory */
static uint32_t add_cell(struct build *b, const struct window *w, uint32_t older)
{
    struct pair_cell c;

    memset(&c, 0, sizeof(c));
    c.from = w->from;
    c.to = w->to;
    c.older = older;
    c.indicator = w->indicator;
    c.word = w->word;
    return once_number(&b->cells, &c);
}

/* end_pair - the rows in hand become windows, the windows a chain */
static int end_pair(struct build *b)
{
    const struct said *s = b->said;
    struct window windows[WINDOWS_MAX];
    size_t n = b->n_said;
    uint32_t chain = 0;

    if (!n)
        return 0;
    if (n == 1 && s->files == b->all)
        windows[0] = (struct window){s->from, s->to, s->from, s->indicator, s->word};
    else
        n = quarters_windows(&b->quarters, s, n, windows);
    for (size_t i = 0; i < n; i++) {
        chain = add_cell(b, &windows[i], chain);
        if (chain == UINT32_MAX)
            return no_memory(b);
    }
    b->n_said = 0;
    return n ? pairs_put(b->p, b->first, b->second, chain, b->e) : 0;
}

/* take_row - of the pair in hand, or the first of the next one */
static int take_row(struct build *b, uint16_t first, uint16_t second, const struct pair_value *v)
{
    if ((first != b->first || second != b->second) && end_pair(b) != 0)
        return -1;
    if (b->n_said == SAID_MAX)
        return bad(b, "over sixty rows of one pair");
    b->first = first;
    b->second = second;
    b->said[b->n_said++] = (struct said){v->from, v->to ? v->to : DAY_OPEN, v->indicator, v->word,
                                         v->files == NO_WORD ? b->all : b->files[v->files]};
    return 0;
}

/* code_at - number of the code that a row begins with */
static uint16_t code_at(const struct build *b, const char **p)
{
    struct span s = next_field(p);
    char text[PAIR_CODE_BYTES + 1];

    memcpy(text, s.p, s.n);
    text[s.n] = '\0';
    return pairs_code(b->p, text);
}

/* fill_rows - row by row */
static int fill_rows(struct build *b)
{
    const char *p = b->d->text + b->d->rows_at, *end = b->d->text + b->d->len;
    struct pairs *out = b->p;

    for (; p < end; p = strchr(p, '\n') + 1) {
        uint16_t first = code_at(b, &p), second = code_at(b, &p);
        struct pair_value v;
        uint32_t value;

        if (!take_value(b, p, &v))
            return bad(b, "a row whose indicator is no digit, or a number of a word that is none");
        value = once_number(&b->values, &v);
        if (value == UINT32_MAX)
            return no_memory(b);
        while (b->last < first)
            out->starts[++b->last] = (uint32_t)out->n_rows;
        out->seconds[out->n_rows] = second;
        out->said[out->n_rows++] = value;
        if (take_row(b, first, second, &v) != 0)
            return -1;
    }
    return end_pair(b);
}

/* make_room - arrays of a known size */
static int make_room(struct build *b)
{
    struct pairs *p = b->p;
    size_t rows = b->d->head.rows;

    p->starts = calloc((size_t)p->n_codes + 2, sizeof(*p->starts));
    p->seconds = edition_memory((rows + 1) * sizeof(*p->seconds));
    p->said = edition_memory((rows + 1) * sizeof(*p->said));
    b->values.size = sizeof(struct pair_value);
    b->cells.size = sizeof(struct pair_cell);
    return p->starts && p->seconds && p->said ? 0 : no_memory(b);
}

/* finish - what was gathered goes over to the table */
static void finish(struct build *b)
{
    struct pairs *p = b->p;

    p->values = (struct pair_value *)(void *)b->values.items;
    p->n_values = b->values.n;
    p->cells = (struct pair_cell *)(void *)b->cells.items;
    p->n_cells = b->cells.n;
    b->values.items = b->cells.items = NULL;
    for (uint32_t i = b->last; i < p->n_codes; i++)
        p->starts[i + 1] = (uint32_t)p->n_rows; /* codes that never come first */
    pairs_settle(p);
}

/* build_all - in order */
static int build_all(struct build *b, size_t keys)
{
    const struct pair_cell none = {0};

    bool listed = b->d->position[PAIR_FILES] == 6;

    if (b->d->position[0] != 4 || b->d->position[1] != 5 || b->d->fields != 6 + listed)
        return bad(b, "its columns are not in the order indicator, rationale, quarters");
    if (take_quarters(b) != 0 || gather_codes(b) != 0 || make_room(b) != 0 ||
        pairs_index(b->p, keys, b->e) != 0)
        return -1;
    if (once_number(&b->cells, &none) == UINT32_MAX) /* chain 0 is none */
        return no_memory(b);
    if (fill_rows(b) != 0)
        return -1;
    finish(b);
    return 0;
}

/* pairs_build - from checked rows */
int pairs_build(const struct edition *d, size_t keys, struct pairs **out, struct err *e)
{
    struct build *b = calloc(1, sizeof(*b));
    struct pairs *p = calloc(1, sizeof(*p));
    int r = -1;

    if (b && p) {
        *b = (struct build){.d = d, .p = p, .e = e};
        r = build_all(b, keys);
    } else {
        err_set(e, ERR_RETRY, "memory", "out of memory");
    }
    if (b) {
        once_release(&b->codes);
        once_release(&b->values);
        once_release(&b->cells);
        free(b);
    }
    if (r == 0)
        *out = p;
    else
        pairs_free(p);
    return r;
}

/* pairs_free - accepts NULL */
void pairs_free(struct pairs *p)
{
    if (!p)
        return;
    free(p->codes);
    free(p->slots);
    free(p->starts);
    free(p->seconds);
    free(p->said);
    free(p->values);
    free(p->cells);
    free(p->marks);
    free(p->blocks);
    free(p->chains);
    free(p->more);
    free(p);
}
