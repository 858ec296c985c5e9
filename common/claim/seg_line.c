/* seg_line.c - loop 2400: LX, SV1, SV2, and the loops below a line (billing §2.5, §3.1) */
#include <stdio.h>
#include <string.h>

#include "common/base/str.h"
#include "common/claim/guide.h"
#include "common/codes/codes.h"

enum { CODE_MAX = 48, DESCRIPTION_MAX = 80, MODIFIERS_MAX = 4, POINTERS_MAX = 4 };
enum { ADJUDICATIONS_MAX = 15, PLAIN_MAX = 64, FIRST_MODIFIER = 3, DESCRIPTION_COMPONENT = 7 };

/* write_lx - counts from 1 in every claim */
static void write_lx(struct put *p, const struct seg *r, size_t i)
{
    (void)r, (void)i;
    put_begin(p, "LX", NULL);
    put_number(p, p->number);
    put_end(p);
}

/* read_lx - LX01; a line that has none is counted */
static void read_lx(struct take *t, const struct seg *r)
{
    const uint32_t n = take_number(t, 1);

    (void)r;
    t->line->number = n ? n : (uint32_t)t->claim->n_lines;
}

/* guide_procedure_code - of the line; "" = none */
const char *guide_procedure_code(const CcServiceLine *l)
{
    if (l->procedure && l->procedure->code && l->procedure->code->code[0])
        return l->procedure->code->code;
    return l->rate;
}

/* code_qualifier - HC where the line does not say; a rate (HIPPS) is HP */
static const char *code_qualifier(const CcServiceLine *l)
{
    if (l->code_qualifier[0])
        return l->code_qualifier;
    return guide_procedure_code(l) == l->rate ? "HP" : "HC";
}

/* put_procedure - SV101, SV202: code, modifiers, description */
static void put_procedure(struct put *p)
{
    const CcServiceLine *l = p->line;
    char plain[PLAIN_MAX] = "";

    if (!guide_procedure_code(l)[0]) {
        x12_skip(&p->w, 1);
        return;
    }
    if (!code_plain(guide_procedure_code(l), plain, sizeof(plain)))
        put_fail(p, "limit", "", "the procedure code is too long");
    x12_put(&p->w, code_qualifier(l));
    put_sub(p, plain, CODE_MAX);
    if (l->n_modifiers > MODIFIERS_MAX)
        put_fail(p, "limit", "", "at most four modifiers");
    for (size_t k = 0; k < MODIFIERS_MAX; k++)
        put_sub(p, k < l->n_modifiers ? l->modifiers[k] : "", 2);
    put_sub(p, l->description, DESCRIPTION_MAX);
}

/* take_procedure - SV101, SV202 */
static void take_procedure(struct take *t, unsigned element)
{
    CcServiceLine *l = t->line;
    CcCodeAssignment *a;
    CcCode *c;

    if (x12_component(t->s, element, 2).n == 0)
        return;
    a = take_new(t, &cc_code_assignment__descriptor);
    c = take_new(t, &cc_code__descriptor);
    if (!a || !c)
        return;
    l->code_qualifier = take_part(t, element, 1);
    c->code = take_part(t, element, 2);
    c->system = cpt_form(c->code) ? CODE_SYSTEM_CPT : CODE_SYSTEM_HCPCS;
    a->code = c;
    a->status = CODE_STATUS_ACCEPTED;
    a->origin = ORIGIN_STRUCTURED;
    if (strcmp(l->code_qualifier, "HP") == 0)
        l->rate = c->code;
    else
        l->procedure = a;
    for (unsigned k = FIRST_MODIFIER; k < FIRST_MODIFIER + MODIFIERS_MAX; k++)
        if (x12_component(t->s, element, k).n > 0)
            take_push(t, l, modifiers, take_part(t, element, k));
    l->description = take_part(t, element, DESCRIPTION_COMPONENT);
}

/* put_pointers - SV107: places in the HI, found by rank */
static void put_pointers(struct put *p)
{
    const CcServiceLine *l = p->line;

    if (l->n_pointers == 0)
        put_fail(p, "missing", "07", "required: a diagnosis pointer");
    if (l->n_pointers > POINTERS_MAX)
        put_fail(p, "limit", "07", "at most four pointers");
    for (size_t k = 0; k < l->n_pointers; k++) {
        const unsigned at = hi_pointer(p, l->pointers[k]);
        char text[8];

        if (at == 0)
            put_fail(p, "pointer", "07", "points at a diagnosis that is not there");
        snprintf(text, sizeof(text), "%u", at % 100);
        if (k == 0)
            x12_put(&p->w, text);
        else
            x12_sub(&p->w, text);
    }
}

/* put_flag - Y, or nothing */
static void put_flag(struct put *p, bool on)
{
    x12_put(&p->w, on ? "Y" : "");
}

/* write_sv1 - SV1; place of service only where it is not the claim's */
static void write_sv1(struct put *p, const struct seg *r, size_t i)
{
    const CcServiceLine *l = p->line;
    const bool elsewhere = strcmp(l->place_of_service, p->claim->place_of_service) != 0;

    (void)r, (void)i;
    put_begin(p, "SV1", NULL);
    put_procedure(p);
    put_money(p, 2, l->charge_cents);
    put_code(p, 3, l->unit_code);
    put_units(p, 4, l->units_milli);
    put_text(p, elsewhere ? l->place_of_service : "", 2);
    x12_skip(&p->w, 1);
    put_pointers(p);
    x12_skip(&p->w, 1);
    put_flag(p, l->emergency);
    x12_skip(&p->w, 1);
    put_flag(p, l->epsdt);
    put_flag(p, l->family_planning);
    x12_skip(&p->w, 2);
    x12_put(&p->w, l->copay_exempt ? "0" : "");
    put_end(p);
    if (!guide_procedure_code(l)[0])
        put_fail(p, "missing", "01-2", "required");
}

/* read_pointers - SV107 */
static void read_pointers(struct take *t)
{
    for (unsigned k = 1; k <= POINTERS_MAX; k++) {
        const struct span s = x12_component(t->s, 7, k);
        const int64_t v = take_decimal(t, 7, s, 0);

        if (v > 0 && v < 100)
            t->full |=
                !event_push_u32(t->arena, &t->line->pointers, &t->line->n_pointers, (uint32_t)v);
        else if (s.n > 0)
            take_fault(t, 7, "not the number of a diagnosis");
    }
}

/* read_sv1 - SV1 */
static void read_sv1(struct take *t, const struct seg *r)
{
    CcServiceLine *l = t->line;

    (void)r;
    take_procedure(t, 1);
    l->charge_cents = take_money(t, 2);
    l->unit_code = take_text(t, 3);
    l->units_milli = take_units(t, 4);
    l->place_of_service = take_text(t, 5);
    read_pointers(t);
    l->emergency = take_is(t, 9, "Y");
    l->epsdt = take_is(t, 11, "Y");
    l->family_planning = take_is(t, 12, "Y");
    l->copay_exempt = take_is(t, 15, "0");
}

/* write_sv2 - SV2 */
static void write_sv2(struct put *p, const struct seg *r, size_t i)
{
    const CcServiceLine *l = p->line;

    (void)r, (void)i;
    put_begin(p, "SV2", NULL);
    put_code(p, 1, l->revenue);
    put_procedure(p);
    put_money(p, 3, l->charge_cents);
    put_code(p, 4, l->unit_code);
    put_units(p, 5, l->units_milli);
    x12_skip(&p->w, 1);
    if (l->noncovered_cents)
        put_money(p, 7, l->noncovered_cents);
    put_end(p);
}

/* read_sv2 - SV2 */
static void read_sv2(struct take *t, const struct seg *r)
{
    CcServiceLine *l = t->line;

    (void)r;
    l->revenue = take_text(t, 1);
    take_procedure(t, 2);
    l->charge_cents = take_money(t, 3);
    l->unit_code = take_text(t, 4);
    l->units_milli = take_units(t, 5);
    l->noncovered_cents = take_money(t, 7);
}

/* clang-format off */
const struct seg rows_2400[] = {
    {.segment = "LX",  .kinds = GUIDE_PI, .max = 1, .count = seg_always, .write = write_lx,  .read = read_lx},
    {.segment = "SV1", .kinds = GUIDE_P,  .max = 1, .count = seg_always, .write = write_sv1, .read = read_sv1},
    {.segment = "SV2", .kinds = GUIDE_I,  .max = 1, .count = seg_always, .write = write_sv2, .read = read_sv2},
    {.segment = NULL},
};
/* clang-format on */

/* put_line - one line and its loops */
static void put_line(struct put *p, const CcServiceLine *l)
{
    p->line = l;
    put_loop(p, LOOP_2400, NULL, l);
    if (l->drug && l->drug->ndc[0])
        put_loop(p, LOOP_2410, NULL, l);
    put_parties(p, LEVEL_LINE);
    if (l->n_adjudications > ADJUDICATIONS_MAX)
        put_fail(p, "limit", "", "at most fifteen decisions on a line");
    for (size_t k = 0; k < l->n_adjudications && !p->failed; k++) {
        p->adjudication = l->adjudications[k];
        put_loop(p, LOOP_2430, NULL, p->adjudication);
    }
    if (p->kind == GUIDE_P)
        put_loop(p, LOOP_2440, NULL, l);
    p->line = NULL;
}

/* put_lines - every line, within the guide's limit */
void put_lines(struct put *p)
{
    const size_t n = p->claim->n_lines;

    p->loop = guide_loops[LOOP_2400].name;
    p->segment = "LX";
    if (n == 0)
        put_fail(p, "missing", "", "required: a service line");
    if (p->kind == GUIDE_P && n > CLAIM_LINES_P)
        put_fail(p, "limit", "", "at most 50 service lines");
    if (p->kind == GUIDE_I && n > CLAIM_LINES_I)
        put_fail(p, "limit", "", "at most 999 service lines");
    for (size_t i = 0; i < n && !p->failed; i++) {
        p->number = (uint32_t)i + 1;
        put_line(p, p->claim->lines[i]);
    }
}
