/* lexicon.c - normal forms of words: a list first, then the rules of regular plurals and spelling
 */
#include "common/text/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/text/letters.h"
#include "common/text/lists.h"

enum { SLOTS_FIRST = 1 << 12, FORMS_FIRST = 1 << 10, CHAIN_MAX = 4 };

/* Words of one kind by their text: open addressing; `value` is a number of the caller's. */
struct words {
    uint32_t *slot; /* number + 1, 0 = free */
    size_t n_slots, n;
    uint32_t *at; /* where the text begins */
    struct buf text;
};

struct lexicon {
    struct words words; /* the vocabulary: number = id - 1 */
    struct words forms; /* left sides of forms.tsv */
    uint32_t *form_to;  /* id of the right side, by number in `forms` */
    size_t cap_forms;
    uint8_t *stop; /* by id; as long as the stop list reaches */
    uint32_t n_stop;
};

/* hash - FNV-1a */
static uint32_t hash(const char *p, size_t n)
{
    uint32_t h = 2166136261u;

    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * 16777619u;
    return h;
}

/* slot_of - where a text is, or would be */
static size_t slot_of(const struct words *w, const char *p, size_t n)
{
    size_t i = hash(p, n) & (w->n_slots - 1);

    while (w->slot[i]) {
        const char *have = w->text.data + w->at[w->slot[i] - 1];

        if (strncmp(have, p, n) == 0 && have[n] == '\0')
            return i;
        i = (i + 1) & (w->n_slots - 1);
    }
    return i;
}

/* words_find - number + 1, or 0 */
static uint32_t words_find(const struct words *w, const char *p, size_t n)
{
    return w->n_slots ? w->slot[slot_of(w, p, n)] : 0;
}

/* words_grow - twice as many slots */
static bool words_grow(struct words *w)
{
    size_t n = w->n_slots ? 2 * w->n_slots : SLOTS_FIRST;
    uint32_t *slot = calloc(n, sizeof(*slot)), *at = realloc(w->at, n * sizeof(*at));

    if (at)
        w->at = at;
    if (!slot || !at) {
        free(slot);
        return false;
    }
    free(w->slot);
    w->slot = slot;
    w->n_slots = n;
    for (uint32_t i = 0; i < w->n; i++) {
        const char *p = w->text.data + w->at[i];

        slot[slot_of(w, p, strlen(p))] = i + 1;
    }
    return true;
}

/* words_add - number + 1; 0: no memory */
static uint32_t words_add(struct words *w, const char *p, size_t n)
{
    uint32_t have = words_find(w, p, n);

    if (have)
        return have;
    if (2 * (w->n + 1) > w->n_slots && !words_grow(w))
        return 0;
    w->at[w->n] = (uint32_t)w->text.len;
    buf_add(&w->text, p, n);
    buf_addc(&w->text, '\0');
    if (w->text.failed)
        return 0;
    w->slot[slot_of(w, p, n)] = (uint32_t)++w->n;
    return (uint32_t)w->n;
}

/* words_release - frees */
static void words_release(struct words *w)
{
    free(w->slot);
    free(w->at);
    buf_release(&w->text);
}

/* add_form - a word and its form; the first one stays */
static bool add_form(struct lexicon *l, const char *p, size_t n, const char *to, size_t m)
{
    size_t before = l->forms.n;
    uint32_t number = words_add(&l->forms, p, n), id = words_add(&l->words, to, m);

    if (l->forms.n > l->cap_forms) {
        size_t cap = l->cap_forms ? 2 * l->cap_forms : FORMS_FIRST;
        uint32_t *more = realloc(l->form_to, cap * sizeof(*more));

        if (!more)
            return false;
        l->form_to = more;
        l->cap_forms = cap;
    }
    if (number > before)
        l->form_to[number - 1] = id;
    return number && id;
}

/* read_forms - forms.tsv; a right side is in normal form itself */
static bool read_forms(struct lexicon *l)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    list_begin(LIST_FORMS, &w);
    while (list_next(&w, f))
        if (!add_form(l, f[0].p, f[0].n, f[1].p, f[1].n))
            return false;
    return true;
}

/* read_stop - stop.tsv */
static bool read_stop(struct lexicon *l)
{
    struct list_walk w;
    struct span f[LIST_FIELDS];

    list_begin(LIST_STOP, &w);
    while (list_next(&w, f))
        l->n_stop = words_add(&l->words, f[0].p, f[0].n);
    l->n_stop = (uint32_t)l->words.n;
    l->stop = calloc((size_t)l->n_stop + 1, 1);
    list_begin(LIST_STOP, &w);
    while (l->stop && list_next(&w, f))
        l->stop[words_find(&l->words, f[0].p, f[0].n)] = 1;
    return l->stop != NULL;
}

/* lexicon_new - see lexicon.h */
struct lexicon *lexicon_new(void)
{
    struct lexicon *l = calloc(1, sizeof(*l));

    if (!l)
        return NULL;
    buf_init(&l->words.text);
    buf_init(&l->forms.text);
    if (read_forms(l) && read_stop(l))
        return l;
    lexicon_free(l);
    return NULL;
}

/* lexicon_free - see lexicon.h */
void lexicon_free(struct lexicon *l)
{
    if (!l)
        return;
    words_release(&l->words);
    words_release(&l->forms);
    free(l->form_to);
    free(l->stop);
    free(l);
}

/* ends - does the word end so, with at least two letters before? */
static bool ends(const char *w, size_t n, const char *with)
{
    size_t m = strlen(with);

    return n >= m + 2 && memcmp(w + n - m, with, m) == 0;
}

/* singular - of a regular plural, in place; returns the length */
static size_t singular(char *w, size_t n)
{
    static const char *const greek[] = {"oses", "ases", "eses", "yses"};

    if (n <= 4 || w[n - 1] != 's' || ends(w, n, "ss") || ends(w, n, "us") || ends(w, n, "is"))
        return n;
    if (ends(w, n, "ies")) {
        w[n - 3] = 'y';
        return n - 2;
    }
    if (ends(w, n, "sses") || ends(w, n, "xes") || ends(w, n, "ches") || ends(w, n, "shes"))
        return n - 2;
    for (size_t i = 0; i < sizeof(greek) / sizeof(greek[0]); i++)
        if (ends(w, n, greek[i])) {
            w[n - 2] = 'i';
            return n;
        }
    return n - 1;
}

/* may_be_british - has a word one of the pairs that the rows below rest on? Few have. */
static bool may_be_british(const char *w, size_t n)
{
    for (size_t i = 0; i + 1 < n; i++)
        if ((w[i + 1] == 'e' && (w[i] == 'a' || w[i] == 'o')) || (w[i] == 'o' && w[i + 1] == 'u') ||
            (w[i] == 'u' && w[i + 1] == 'k'))
            return true;
    return false;
}

/* american - "oedema" is "edema", "haematoma" "hematoma", "tumour" "tumor"; returns the length */
static size_t american(char *w, size_t n)
{
    static const struct {
        const char *from, *to;
    } rows[] = {{"oedema", "edema"}, {"haem", "hem"},     {"naem", "nem"},
                {"oesoph", "esoph"}, {"rrhoea", "rrhea"}, {"tumour", "tumor"},
                {"paed", "ped"},     {"gynaec", "gynec"}, {"ischaem", "ischem"},
                {"leuka", "leuke"},  {"caesar", "cesar"}, {"faec", "fec"}};

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && may_be_british(w, n); i++) {
        size_t from = strlen(rows[i].from), to = strlen(rows[i].to);
        char *at = memmem(w, n, rows[i].from, from);

        if (!at)
            continue;
        memmove(at + to, at + from, (size_t)(w + n - at) - from);
        memcpy(at, rows[i].to, to);
        n = n - from + to;
    }
    return n;
}

/* listed - the form that the list gives a word, and that the form itself has; returns the length, 0
 * when it has none */
static size_t listed(const struct lexicon *l, const char *w, size_t n, char out[WORD_MAX])
{
    uint32_t number = words_find(&l->forms, w, n);
    const char *to = NULL;

    for (int i = 0; number && i < CHAIN_MAX; i++) {
        to = lexicon_word(l, l->form_to[number - 1]);
        number = words_find(&l->forms, to, strlen(to));
    }
    return to && str_copy(out, WORD_MAX, to) ? strlen(out) : 0;
}

/* lower - lower case, letters without their signs, without 's; returns the length */
static size_t lower(const char *p, size_t n, char out[WORD_MAX])
{
    size_t m = 0;

    for (size_t i = 0; i < n && m < WORD_MAX - 2; i++) {
        bool ascii = (unsigned char)p[i] < 0x80;
        const char *plain = ascii ? NULL : letters_plain(p + i, n - i);

        if (p[i] == '\'' || (!ascii && letters_apostrophe(p + i, n - i)))
            break;
        if (!plain) {
            out[m++] = p[i] >= 'A' && p[i] <= 'Z' ? (char)(p[i] - 'A' + 'a') : p[i];
            continue;
        }
        while (*plain)
            out[m++] = *plain++;
        i++;
    }
    return m;
}

/* lexicon_form - see lexicon.h */
size_t lexicon_form(const struct lexicon *l, const char *p, size_t n, char out[WORD_MAX])
{
    char w[WORD_MAX] = "";
    size_t m = lower(p, n, w), to = listed(l, w, m, out);

    if (to)
        return to;
    m = american(w, singular(w, m));
    to = listed(l, w, m, out);
    if (!to) {
        memcpy(out, w, m);
        to = m;
    }
    out[to] = '\0';
    return to;
}

/* lexicon_same - see lexicon.h */
bool lexicon_same(struct lexicon *l, const char *a, size_t n, const char *b, size_t m)
{
    char to[WORD_MAX], from[WORD_MAX];
    size_t k = lexicon_form(l, a, n, to), j = lexicon_form(l, b, m, from);

    return (k == j && memcmp(to, from, k) == 0) || add_form(l, from, j, to, k);
}

/* lexicon_add - see lexicon.h */
uint32_t lexicon_add(struct lexicon *l, const char *form, size_t n)
{
    return words_add(&l->words, form, n);
}

/* lexicon_find - see lexicon.h */
uint32_t lexicon_find(const struct lexicon *l, const char *form, size_t n)
{
    return words_find(&l->words, form, n);
}

/* lexicon_size - see lexicon.h */
size_t lexicon_size(const struct lexicon *l)
{
    return l->words.n;
}

/* lexicon_word - see lexicon.h */
const char *lexicon_word(const struct lexicon *l, uint32_t id)
{
    return l->words.text.data + l->words.at[id - 1];
}

/* lexicon_is_stop - see lexicon.h */
bool lexicon_is_stop(const struct lexicon *l, uint32_t id)
{
    return id && id <= l->n_stop && l->stop[id];
}
