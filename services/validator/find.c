/* find.c - what a check says: a finding at a place, with the row's authority and fix */
#include "services/validator/edit.h"

#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"

#define ALNUM "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz."

/* What texts say instead of a value that is no code. */
#define NO_CODE "(no code)"

/* place_of - the common part */
static struct place place_of(enum claim_part part, size_t index, const char *element)
{
    struct place p = {.part = part, .index = index};

    str_copy(p.element, sizeof(p.element), element);
    return p;
}

/* at_claim - CLM, CL1, DTP, REF, HI of values and the like */
struct place at_claim(const char *element)
{
    return place_of(CLAIM_PART_CLAIM, 0, element);
}

/* at_patient - the patient's NM1, N3, N4, DMG */
struct place at_patient(const char *element)
{
    return place_of(CLAIM_PART_PATIENT, 0, element);
}

/* at_coverage - SBR, the subscriber's and payer's NM1, AMT, OI */
struct place at_coverage(size_t index, const char *element)
{
    return place_of(CLAIM_PART_COVERAGE, index, element);
}

/* at_provider - one of the claim's, or one of a line's (then the line is the place) */
struct place at_provider(const struct edit_run *r, const CcProvider *p, const char *element)
{
    const CcClaim *m = r->c->claim;

    for (size_t i = 0; i < m->n_providers; i++)
        if (m->providers[i] == p)
            return place_of(CLAIM_PART_PROVIDER, i, element);
    for (size_t i = 0; i < r->c->n_lines; i++)
        for (size_t k = 0; k < m->lines[i]->n_providers; k++)
            if (m->lines[i]->providers[k] == p)
                return at_line(&r->c->lines[i], element);
    return at_claim(element);
}

/* name_composite - "HI07-2", n below 100; places are named for every code, findings or not */
static void name_composite(char element[16], unsigned n)
{
    memcpy(element, "HI00-2", 7);
    element[2] = (char)('0' + n / 10 % 10);
    element[3] = (char)('0' + n % 10);
}

/* at_dx - the HI composite: 837P counts all diagnoses, 837I each qualifier by itself, twelve a
 * segment */
struct place at_dx(const struct edit_run *r, const struct edit_dx *d)
{
    unsigned n = 1;
    struct place p = place_of(CLAIM_PART_DIAGNOSIS, d->index, "");

    for (size_t i = 0; i < d->index; i++)
        n += r->c->professional || r->c->dx[i].dx->role == d->dx->role;
    name_composite(p.element, (n - 1) % 12 + 1);
    return p;
}

/* at_pcs - BBR is alone in its segment, BBQ twelve a segment */
struct place at_pcs(const struct edit_pcs *p)
{
    struct place at = place_of(CLAIM_PART_PROCEDURE, p->index, "");
    unsigned n = p->index ? (unsigned)((p->index - 1) % 12) : 0;

    name_composite(at.element, n + 1);
    return at;
}

/* at_line - a segment of loop 2400 */
struct place at_line(const struct edit_line *l, const char *element)
{
    struct place p = place_of(CLAIM_PART_LINE, l->index, element);

    p.line = l->number;
    return p;
}

/* at_code - the procedure code */
struct place at_code(const struct edit_run *r, const struct edit_line *l)
{
    return at_line(l, r->c->professional ? "SV101-2" : "SV202-2");
}

/* at_mods - the first modifier */
struct place at_mods(const struct edit_run *r, const struct edit_line *l)
{
    return at_line(l, r->c->professional ? "SV101-3" : "SV202-3");
}

/* at_units - the quantity */
struct place at_units(const struct edit_run *r, const struct edit_line *l)
{
    return at_line(l, r->c->professional ? "SV104" : "SV205");
}

/* at_charge - the line's charge */
struct place at_charge(const struct edit_run *r, const struct edit_line *l)
{
    return at_line(l, r->c->professional ? "SV102" : "SV203");
}

/* in_edition - the table edition that the verdict rests on */
struct place in_edition(struct place p, const struct edition_info *edition)
{
    p.edition = edition;
    return p;
}

/* put_words - a list with this separator into a repeated text field */
static void put_words(struct arena *a, const char *s, const char *separator, char ***out,
                      size_t *count)
{
    while (s && *s) {
        size_t n = strcspn(s, separator);
        char *word = arena_strndup(a, s, n);

        if (n && (!word || !event_push_pointer(a, (void ***)(void *)out, count, word)))
            return;
        s += n + (s[n] != '\0');
    }
}

/* judged - which of CMS's editors look at this claim: the MCE at acute stays of its edition, the
 * IOCE at outpatient bills; of a professional claim the names only say which rule it is */
static bool judged(const struct edit_run *r, const char *name)
{
    return r->c->professional || (name[0] == 'M' ? edit_mce(r) != NULL : r->c->kind == KIND_OUT);
}

/* put_same_as - the names of the editors that judge the claim */
static void put_same_as(struct edit_run *r, CcFinding *f, const char *list)
{
    size_t n = 0;

    f->n_same_as = 0;
    put_words(r->arena, list, ",", &f->same_as, &f->n_same_as);
    for (size_t i = 0; i < f->n_same_as; i++)
        if (judged(r, f->same_as[i]))
            f->same_as[n++] = f->same_as[i];
    f->n_same_as = n;
}

/* edit_same_as - another list than the row's */
CcFinding *edit_same_as(struct edit_run *r, CcFinding *f, const char *list)
{
    if (f != &r->spare)
        put_same_as(r, f, list);
    return f;
}

/* text_or_empty - protobuf text is never NULL */
static char *text_or_empty(struct arena *a, const char *s)
{
    static char empty[] = "";
    char *copy = s && *s ? arena_strdup(a, s) : NULL;

    return copy ? copy : empty;
}

/* put_table - which edition of which table */
static void put_table(struct arena *a, CcFinding *f, const struct edition_info *edition)
{
    CcTableUse *use = edition ? event_new(a, &cc_table_use__descriptor) : NULL;

    if (!use)
        return;
    use->table = text_or_empty(a, table_name(edition->table));
    use->edition = text_or_empty(a, edition->edition);
    use->sha256 = text_or_empty(a, edition->sha256);
    f->table = use;
}

/* position_of - of the segment that holds the element; where that is missing, of the line's LX or
 * the claim's CLM */
static uint32_t position_of(const struct edit_run *r, const struct place *p)
{
    uint32_t at = claim_place(r->o->places, p->part, p->index, p->element);

    if (!at && p->part == CLAIM_PART_LINE)
        at = claim_place(r->o->places, p->part, p->index, "LX01");
    return at ? at : claim_place(r->o->places, CLAIM_PART_CLAIM, 0, "CLM01");
}

/* add - the finding without its message */
static CcFinding *add(struct edit_run *r, CcSeverity severity, const struct place *p,
                      const char *codes)
{
    const struct edit *row = r->edit;
    CcFinding *f = event_new(r->arena, &cc_finding__descriptor);

    if (!f || !event_push(r->arena, r->out, findings, f))
        return NULL;
    f->edit = text_or_empty(r->arena, row->id);
    f->severity = severity;
    f->line = p->line;
    f->snip = row->snip;
    f->element =
        text_or_empty(r->arena, arena_strndup(r->arena, p->element, strcspn(p->element, "*")));
    f->authority = text_or_empty(r->arena, row->authority);
    f->fix = text_or_empty(r->arena, row->fix);
    put_same_as(r, f, row->same_as);
    if (codes && strcmp(codes, NO_CODE) != 0)
        put_words(r->arena, codes, " ", &f->codes, &f->n_codes);
    put_table(r->arena, f, p->edition);
    f->segment = position_of(r, p);
    return f;
}

/* spare_of - what a caller may still write to when the arena is exhausted */
static CcFinding *spare_of(struct edit_run *r)
{
    cc_finding__init(&r->spare);
    return &r->spare;
}

/* edit_found - with the row's severity */
CcFinding *edit_found(struct edit_run *r, struct place p, const char *codes, const char *fmt, ...)
{
    CcFinding *f = add(r, r->edit->severity, &p, codes);
    va_list ap;

    va_start(ap, fmt);
    if (f)
        f->message = text_or_empty(r->arena, arena_vprintf(r->arena, fmt, ap));
    va_end(ap);
    return f ? f : spare_of(r);
}

/* edit_found_as - with another one */
CcFinding *edit_found_as(struct edit_run *r, CcSeverity severity, struct place p, const char *codes,
                         const char *fmt, ...)
{
    CcFinding *f = add(r, severity, &p, codes);
    va_list ap;

    va_start(ap, fmt);
    if (f)
        f->message = text_or_empty(r->arena, arena_vprintf(r->arena, fmt, ap));
    va_end(ap);
    return f ? f : spare_of(r);
}

/* edit_in_table - for findings that rest on more than their place says */
void edit_in_table(struct edit_run *r, CcFinding *f, const struct edition_info *edition)
{
    put_table(r->arena, f, edition);
}

/* edit_code_shown - a code as texts show it; whatever is no code is not repeated */
const char *edit_code_shown(const char *code)
{
    if (strlen(code) > 11 || !code[0] || strspn(code, ALNUM) != strlen(code))
        return NO_CODE;
    return code;
}

/* edit_dx_shown - a diagnosis with its dot */
const char *edit_dx_shown(struct edit_run *r, const struct edit_dx *d)
{
    char out[16];
    const char *copy;

    if (!icd10cm_form(d->code))
        return edit_code_shown(d->code);
    copy = arena_strdup(r->arena, icd10cm_display(d->code, out));
    return copy ? copy : "";
}

/* edit_pair_of - two codes as a finding's list */
const char *edit_pair_of(struct edit_run *r, const char *a, const char *b)
{
    return arena_printf(r->arena, "%s %s", a, b);
}
