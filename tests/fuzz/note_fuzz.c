/* note_fuzz.c - any bytes as a note: refused with a reason, or read; every place lies in them,
 * every code has evidence and a rule, and reading twice gives the same bytes */
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/sys/digest.h"
#include "services/coder/coder.h"
#include "tests/support/care_tables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ON = 20260301, ARENA = 64 << 20, MOST = 1 << 16 };

static const char *const terms[] = {"Pneumonia!code!J189!!Pneumonia!!",
                                    "Chest pain!code!R079!!Pain > chest!!",
                                    "Hypertension!code!I10!!Hypertension!!",
                                    "Diabetes, type 2!code!E119!!Diabetes > type 2!!",
                                    "Sinusitis, acute, maxillary!code!J0100!!Sinusitis!!",
                                    "Otitis, media, suppurative, acute!code!H6600-!!Otitis!!",
                                    "Cold!see!!!Cold!!Sinusitis, acute, maxillary",
                                    NULL};

struct fuzz {
    struct tables *tables;
    struct text_shelf *shelf;
    struct arena *a;
};

/* fuzz_of - tables and memory, made once a process */
static struct fuzz *fuzz_of(void)
{
    static struct fuzz f;

    if (f.tables)
        return &f;
    f.tables = care_tables(TABLE_ICD10CM_INDEX);
    care_rows(f.tables, TABLE_ICD10CM_INDEX, terms);
    f.shelf = text_shelf_new();
    f.a = arena_new(ARENA);
    if (!f.shelf || !f.a)
        abort();
    return &f;
}

/* check_places - of every term that is found */
static void check_places(struct fuzz *f, const char *text, size_t n)
{
    struct text_reading said;
    struct err e = {0};
    const struct text_index *x = text_shelf_index(f->shelf, f->tables, ON, &e);

    if (text_read(x, text, n, text_shelf_desk(f->shelf), &said, &e) != 0) {
        if (e.class != ERR_REJECT || said.n_concepts)
            abort();
        return;
    }
    for (size_t i = 0; i < said.n_concepts; i++) {
        const struct text_concept *c = said.concepts[i];

        if (c->start >= c->end || c->end > n || !c->quote_len ||
            !utf8_valid(c->quote, c->quote_len) || (i && said.concepts[i - 1]->start > c->start))
            abort();
    }
}

/* check_code - evidence, its hash, a rule */
static void check_code(const CcCodeAssignment *as, const char *text)
{
    if (!as->n_evidence || !as->n_rules || !as->code->code[0] || !as->status)
        abort();
    for (size_t i = 0; i < as->n_evidence; i++) {
        const CcEvidence *ev = as->evidence[i];

        if (ev->quote_hash != digest_u64(text + ev->start, ev->end - ev->start))
            abort();
    }
}

/* packed - the digest of what the note is coded to */
static void packed(struct fuzz *f, const char *text, size_t n, char hex[DIGEST_TEXT])
{
    CcCodingResult *out;
    struct err e = {0};
    uint8_t *bytes;
    size_t len;

    arena_reset(f->a);
    if (coder_note(f->a, f->tables, f->shelf, ON, text, n, true, &out, &e) != 0 ||
        event_pack(f->a, &out->base, &bytes, &len, &e) != 0)
        abort();
    for (size_t i = 0; i < out->n_codes; i++)
        check_code(out->codes[i], text);
    for (size_t i = 0; i < out->n_review; i++)
        if (out->review[i]->n_options < 2 || !out->review[i]->question[0])
            abort();
    digest_hex(bytes, len, hex);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz *f = fuzz_of();
    char *text = malloc(size + 1), first[DIGEST_TEXT], second[DIGEST_TEXT];

    if (!text || size > MOST) {
        free(text);
        return 0;
    }
    memcpy(text, data, size);
    check_places(f, text, size);
    packed(f, text, size, first);
    packed(f, text, size, second);
    if (strcmp(first, second) != 0)
        abort();
    free(text);
    return 0;
}
