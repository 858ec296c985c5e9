/* merge.c - rows of one quarter and of others become one table: each row once, with the list of its
 * quarters
 *
 * Both sides are read in their order, pair by pair. What is written depends on the rows alone, not
 * on which side they came from: numbers of words are given in the order of the rows, equal days and
 * indicators by the text of the rationale. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/tables/edition.h"
#include "common/tables/pairs.h"

enum { JOINT_WORDS = 2 * WORDS_MAX, LISTS_MAX = 2 * WORDS_MAX };

/* A row on its way. */
struct row {
    struct pair_code key[2];
    int32_t from, to; /* 0 = open */
    char indicator;
    uint16_t word; /* in merger.words */
    uint64_t files;
};

/* Rows of a sheet or of an edition. */
struct side {
    const struct sheet *sheet;
    const struct edition *edition;
    size_t at;
    uint16_t words[WORDS_MAX]; /* number of each word of its own in merger.words */
    uint64_t files[WORDS_MAX], all;
    struct row row; /* the next one */
    bool there;
};

struct merger {
    struct sheet out;
    struct quarters quarters;
    struct span words[JOINT_WORDS];
    size_t n_words;
    struct {
        uint64_t files;
        size_t number;
    } lists[LISTS_MAX]; /* lists of files that the sheet has already */
    size_t n_lists;
    struct row rows[2 * SAID_MAX]; /* of the pair in hand */
    size_t n_rows;
    struct side a, b;
};

/* side_word - a text of a WORD column; p NULL: the last one is past */
static struct span side_word(const struct side *s, int column, size_t n)
{
    const char *end;
    size_t have = 0;

    if (s->sheet)
        return n < s->sheet->words[column].n ? span_of(s->sheet->words[column].text[n])
                                             : (struct span){NULL, 0};
    if (!s->edition->words[column].p)
        return (struct span){NULL, 0};
    end = s->edition->words[column].p + s->edition->words[column].n;
    for (const char *p = s->edition->words[column].p; p < end; p++)
        have += *p == '\t';
    return n <= have ? edition_word(s->edition, column, n) : (struct span){NULL, 0};
}

/* joint_word - number of a rationale among those of both sides */
static uint16_t joint_word(struct merger *m, struct span text)
{
    for (size_t i = 0; i < m->n_words; i++)
        if (m->words[i].n == text.n && memcmp(m->words[i].p, text.p, text.n) == 0)
            return (uint16_t)i;
    m->words[m->n_words] = text;
    return (uint16_t)m->n_words++;
}

/* learn_quarters - the files of a side, before the bits mean anything */
static bool learn_quarters(struct merger *m, const struct side *s)
{
    struct span list;
    bool fine = true;
    size_t n = 0;

    for (; (list = side_word(s, PAIR_FILES, n)).p && n < WORDS_MAX; n++)
        fine = fine && quarters_add(&m->quarters, list);
    if (!n && s->edition) { /* written before editions had lists: one quarter's */
        char text[12];

        snprintf(text, sizeof(text), "%08d",
                 s->edition->head.until ? s->edition->head.until : DAY_OPEN);
        fine = quarters_add(&m->quarters, span_of(text));
    }
    return fine;
}

/* learn_words - the numbers of a side in terms of both */
static void learn_words(struct merger *m, struct side *s)
{
    struct span text;

    for (size_t n = 0; n < WORDS_MAX && (text = side_word(s, PAIR_RATIONALE, n)).p; n++)
        s->words[n] = joint_word(m, text);
    for (size_t n = 0; n < WORDS_MAX && (text = side_word(s, PAIR_FILES, n)).p; n++) {
        s->files[n] = quarters_bits(&m->quarters, text);
        s->all |= s->files[n];
    }
    if (!s->all && s->edition) {
        struct quarters own = {{s->edition->head.until ? s->edition->head.until : DAY_OPEN}, 1};

        for (size_t i = 0; i < m->quarters.n; i++)
            s->all |= m->quarters.last[i] == own.last[0] ? UINT64_C(1) << i : 0;
    }
}

/* next_field - cuts a field off a sheet's row */
static struct span next_field(const char **p)
{
    size_t n = strcspn(*p, "\t\n");
    struct span v = {*p, n};

    *p += n + ((*p)[n] == '\t');
    return v;
}

/* number - decimal digits; none: NO_WORD */
static size_t number(struct span s)
{
    size_t v = 0;

    for (size_t i = 0; i < s.n; i++)
        v = v * 10 + (size_t)(s.p[i] - '0');
    return s.n ? v : NO_WORD;
}

/* take_key - a code; longer ones are cut, and the snapshot is refused when it is opened */
static void take_key(struct pair_code *out, struct span s)
{
    memset(out, 0, sizeof(*out));
    memcpy(out->text, s.p, s.n < sizeof(out->text) ? s.n : sizeof(out->text));
}

/* set_words - numbers of the side to what both call them */
static void set_words(struct side *s, size_t word, size_t files)
{
    s->row.word = word < WORDS_MAX ? s->words[word] : NO_CODE;
    s->row.files = files < WORDS_MAX ? s->files[files] : s->all;
}

/* step_sheet - the next row of a sheet */
static void step_sheet(struct side *s)
{
    const char *p;
    size_t word;

    s->there = s->at < s->sheet->n;
    if (!s->there)
        return;
    p = s->sheet->text.data + s->sheet->starts[s->at++];
    take_key(&s->row.key[0], next_field(&p));
    take_key(&s->row.key[1], next_field(&p));
    s->row.from = (int32_t)number(next_field(&p));
    s->row.to = *p == '\t' ? 0 : (int32_t)number((struct span){p, strcspn(p, "\t")});
    next_field(&p);
    s->row.indicator = *p;
    next_field(&p);
    word = number(next_field(&p));
    set_words(s, word, number(next_field(&p)));
}

/* step_edition - the next row of an edition */
static void step_edition(struct side *s)
{
    struct table_row r;

    s->there = pairs_row(s->edition, s->at++, &r);
    if (!s->there)
        return;
    for (int i = 0; i < 2; i++)
        s->row.key[i] = s->edition->pairs->codes[r.pair.code[i]];
    s->row.from = r.from;
    s->row.to = r.to;
    s->row.indicator = r.pair.indicator;
    set_words(s, r.pair.word, r.pair.files);
}

/* step - the next row of a side that some file still has */
static void step(struct side *s)
{
    do {
        if (s->sheet)
            step_sheet(s);
        else
            step_edition(s);
    } while (s->there && !s->row.files);
}

/* compare_keys - as rows are sorted */
static int compare_keys(const struct row *a, const struct row *b)
{
    return memcmp(a->key, b->key, sizeof(a->key));
}

/* add_row - of the pair in hand; one that is there already gets more files */
static bool add_row(struct merger *m, const struct row *r)
{
    for (size_t i = 0; i < m->n_rows; i++) {
        struct row *x = &m->rows[i];

        if (x->from == r->from && x->to == r->to && x->indicator == r->indicator &&
            x->word == r->word) {
            x->files |= r->files;
            return true;
        }
    }
    if (m->n_rows == 2 * SAID_MAX)
        return false;
    m->rows[m->n_rows++] = *r;
    return true;
}

/* take_pair - the rows that both sides have of the lower of their next pairs */
static bool take_pair(struct merger *m)
{
    bool fine = true;
    struct row first = !m->b.there || (m->a.there && compare_keys(&m->a.row, &m->b.row) <= 0)
                           ? m->a.row
                           : m->b.row;

    m->n_rows = 0;
    for (; m->a.there && compare_keys(&m->a.row, &first) == 0; step(&m->a))
        fine = fine && add_row(m, &m->a.row);
    for (; m->b.there && compare_keys(&m->b.row, &first) == 0; step(&m->b))
        fine = fine && add_row(m, &m->b.row);
    return fine;
}

/* compare_text - of rationales */
static int compare_text(struct span a, struct span b)
{
    int r = memcmp(a.p, b.p, a.n < b.n ? a.n : b.n);

    return r ? r : (a.n > b.n) - (a.n < b.n);
}

/* by_content - days, indicator, rationale's text */
static int by_content(const void *a, const void *b, void *merger)
{
    const struct row *x = a, *y = b;
    const struct merger *m = merger;

    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    if (x->to != y->to)
        return x->to < y->to ? -1 : 1;
    if (x->indicator != y->indicator)
        return x->indicator < y->indicator ? -1 : 1;
    if (x->word == NO_CODE || y->word == NO_CODE)
        return (x->word == NO_CODE) - (y->word == NO_CODE);
    return compare_text(m->words[x->word], m->words[y->word]);
}

/* list_number - of a list of files in the sheet */
static size_t list_number(struct merger *m, uint64_t files)
{
    struct buf text;
    size_t n;

    for (size_t i = 0; i < m->n_lists; i++)
        if (m->lists[i].files == files)
            return m->lists[i].number;
    buf_init(&text);
    quarters_text(&m->quarters, files, &text);
    n = sheet_word(&m->out, PAIR_FILES, (struct span){text.data, text.len});
    buf_release(&text);
    if (m->n_lists < LISTS_MAX)
        m->lists[m->n_lists].files = files, m->lists[m->n_lists++].number = n;
    return n;
}

struct line {
    char text[PAIR_TEXT];
    size_t n;
};

/* by_bytes - lines as a snapshot has them sorted */
static int by_bytes(const void *a, const void *b)
{
    const struct line *x = a, *y = b;

    return memcmp(x->text, y->text, x->n < y->n ? x->n : y->n);
}

/* write_pair - words are numbered in the order of the content; the lines then stand in that of
 * their bytes */
static void write_pair(struct merger *m)
{
    struct line lines[2 * SAID_MAX];

    if (m->n_rows > 1)
        qsort_r(m->rows, m->n_rows, sizeof(m->rows[0]), by_content, m);
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct row *r = &m->rows[i];
        struct pair_value v = {.from = r->from, .to = r->to, .indicator = r->indicator};

        v.word = r->word == NO_CODE
                     ? NO_WORD
                     : (uint8_t)sheet_word(&m->out, PAIR_RATIONALE, m->words[r->word]);
        v.files = (uint8_t)list_number(m, r->files);
        lines[i].n = pairs_text(r->key, &v, true, lines[i].text);
    }
    if (m->n_rows > 1)
        qsort(lines, m->n_rows, sizeof(lines[0]), by_bytes);
    for (size_t i = 0; i < m->n_rows; i++)
        sheet_line(&m->out, (struct span){lines[i].text, lines[i].n});
}

/* replace - the draft's own quarters are its own: other sides do not speak for them; false: nothing
 * is left of the other side */
static bool replace(struct side *own, struct side *other)
{
    other->all &= ~own->all;
    for (size_t i = 0; i < WORDS_MAX; i++)
        other->files[i] &= ~own->all;
    return other->all != 0;
}

/* merge - both sides into m->out */
static int merge(struct merger *m, struct err *e)
{
    const char *name = table_name(m->out.kind->id);

    step(&m->a);
    step(&m->b);
    while (m->a.there || m->b.there) {
        if (!take_pair(m))
            return err_set(e, ERR_REJECT, "rows", "%s: over %d rows of one pair", name,
                           2 * SAID_MAX);
        write_pair(m);
    }
    return m->out.failed || m->out.text.failed
               ? err_set(e, ERR_REJECT, "rows", "%s: out of memory, or too many different texts",
                         name)
               : 0;
}

/* merge_sides - the sheet of the draft is replaced by what both sides have */
static int merge_sides(struct sheet *s, struct sheet *other, const struct edition *d, struct err *e)
{
    struct merger *m = calloc(1, sizeof(*m));
    int r = 0;

    if (!m)
        return err_set(e, ERR_RETRY, "memory", "out of memory");
    m->a.sheet = s;
    m->b.sheet = other;
    m->b.edition = d;
    sheet_sort(s);
    if (other)
        sheet_sort(other);
    sheet_init(&m->out, s->kind->id);
    if (!learn_quarters(m, &m->a) || !learn_quarters(m, &m->b))
        r = err_set(e, ERR_REJECT, "rows", "%s: over %d quarters", table_name(s->kind->id),
                    QUARTERS_MAX);
    learn_words(m, &m->a);
    learn_words(m, &m->b);
    if (r == 0 && replace(&m->a, &m->b)) {
        r = merge(m, e);
        if (r == 0) {
            sheet_release(s);
            *s = m->out;
            sheet_init(&m->out, s->kind->id);
        }
    }
    sheet_release(&m->out);
    free(m);
    return r;
}

/* quarters_merge_edition - with what is published */
int quarters_merge_edition(struct sheet *s, const struct edition *d, struct err *e)
{
    return merge_sides(s, NULL, d, e);
}

/* quarters_merge_sheet - with another draft */
int quarters_merge_sheet(struct sheet *s, struct sheet *other, struct err *e)
{
    return merge_sides(s, other, NULL, e);
}
