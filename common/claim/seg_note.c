/* seg_note.c - loop 2300: K3 and NTE (billing §2.3, §3.1) */
#include <string.h>

#include "common/claim/guide.h"

enum { NOTE_MAX = 80, NOTES_MAX = 10, K3_MAX = 10 };

/* is_claim_note - with the code ADD, or none, it is the billing note of an institutional claim */
static bool is_claim_note(const struct put *p, const char *code)
{
    return p->kind == GUIDE_P || (code[0] && strcmp(code, "ADD") != 0);
}

/* claim_notes - notes that are the claim's own: the first, then those after it */
static size_t claim_notes(const struct put *p, size_t i, const char **code, const char **text)
{
    const CcClaim *c = p->claim;
    size_t n = 0;

    if (c->note[0] && is_claim_note(p, c->note_code) && n++ == i) {
        *code = c->note_code[0] ? c->note_code : "ADD";
        *text = c->note;
    }
    for (size_t k = 0; p->kind == GUIDE_I && k < c->n_more_notes; k++)
        if (n++ == i) {
            *code = c->more_notes[k]->code;
            *text = c->more_notes[k]->text;
        }
    return n;
}

/* count_notes - NTE */
static size_t count_notes(const struct put *p, const struct seg *r)
{
    const char *code, *text;

    (void)r;
    return claim_notes(p, (size_t)-1, &code, &text);
}

/* write_note - NTE */
static void write_note(struct put *p, const struct seg *r, size_t i)
{
    const char *code = "", *text = "";

    (void)r;
    claim_notes(p, i, &code, &text);
    put_begin(p, "NTE", NULL);
    put_code(p, 1, code);
    put_need(p, 2, text, NOTE_MAX);
    put_end(p);
}

/* read_note - NTE; of an institutional claim there may be several */
static void read_note(struct take *t, const struct seg *r)
{
    CcClaimNote *n;

    (void)r;
    if (!t->claim->note[0]) {
        t->claim->note_code = take_text(t, 1);
        t->claim->note = take_text(t, 2);
        return;
    }
    n = take_new(t, &cc_claim_note__descriptor);
    if (!n)
        return;
    n->code = take_text(t, 1);
    n->text = take_text(t, 2);
    take_push(t, t->claim, more_notes, n);
}

/* billing_note - NTE ADD of an institutional claim */
static const char *billing_note(const struct put *p)
{
    const CcClaim *c = p->claim;

    if (c->billing_note[0])
        return c->billing_note;
    return is_claim_note(p, c->note_code) ? "" : c->note;
}

/* count_billing_note - NTE ADD */
static size_t count_billing_note(const struct put *p, const struct seg *r)
{
    (void)r;
    return billing_note(p)[0] != '\0';
}

/* write_billing_note - NTE ADD */
static void write_billing_note(struct put *p, const struct seg *r, size_t i)
{
    (void)i;
    put_begin(p, "NTE", r->qualifier);
    put_need(p, 2, billing_note(p), NOTE_MAX);
    put_end(p);
}

/* clang-format off */
const struct seg rows_2300_notes[] = {
    {.segment = "K3",                     .kinds = GUIDE_PI, .max = K3_MAX,    .count = k3_count,           .write = k3_write,           .read = k3_read},
    {.segment = "NTE",                    .kinds = GUIDE_P,  .max = 1,         .count = count_notes,        .write = write_note,         .read = read_note},
    {.segment = "NTE", .qualifier = "ADD", .kinds = GUIDE_I, .max = 1, .read = seg_read_text, .field = offsetof(CcClaim, billing_note)},
    {.segment = "NTE",                    .kinds = GUIDE_I,  .max = NOTES_MAX, .count = count_notes,        .write = write_note,         .read = read_note},
    {.segment = "NTE", .qualifier = "ADD", .kinds = GUIDE_I, .max = 1,         .count = count_billing_note, .write = write_billing_note},
    {.segment = NULL},
};
/* clang-format on */
