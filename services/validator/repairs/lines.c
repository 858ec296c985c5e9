/* lines.c - REP-13 to REP-19: codes, units and drugs of the service lines */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/str.h"
#include "common/codes/codes.h"
#include "services/validator/repair.h"

/* at_line - an element of line i; the second name is the institutional one */
static struct spot at_line(const struct repair_run *r, size_t i, const char *p, const char *inst)
{
    const bool professional = r->claim->kind != CLAIM_KIND_INSTITUTIONAL;

    return (struct spot){.part = CLAIM_PART_LINE,
                         .index = i,
                         .line = repair_line_number(r->claim, i),
                         .element = professional ? p : inst};
}

/* repair_procedure - REP-13 */
void repair_procedure(struct repair_run *r)
{
    for (size_t i = 0; i < r->claim->n_lines; i++) {
        CcCodeAssignment *a = r->claim->lines[i]->procedure;
        char bare[REPAIR_TEXT];

        if (a && a->code && !strchr(a->code->code, '.') && repair_bare(a->code->code, bare) &&
            (cpt_form(bare) || hcpcs2_form(bare)))
            repair_text(r, at_line(r, i, "SV101-2", "SV202-2"), &a->code->code, bare);
    }
}

/* repair_modifiers - REP-14 */
void repair_modifiers(struct repair_run *r)
{
    for (size_t i = 0; i < r->claim->n_lines; i++) {
        CcServiceLine *l = r->claim->lines[i];

        for (size_t k = 0; k < l->n_modifiers; k++) {
            char bare[REPAIR_TEXT], p[16], inst[16];

            snprintf(p, sizeof(p), "SV101-%zu", 3 + k % 4);
            snprintf(inst, sizeof(inst), "SV202-%zu", 3 + k % 4);
            if (repair_bare(l->modifiers[k], bare) && modifier_form(bare))
                repair_text(r, at_line(r, i, p, inst), &l->modifiers[k], bare);
        }
    }
}

/* repair_revenue - REP-15 */
void repair_revenue(struct repair_run *r)
{
    for (size_t i = 0; i < r->claim->n_lines; i++) {
        CcServiceLine *l = r->claim->lines[i];
        char four[5] = "0";

        if (!str_is_digits(l->revenue, 3, 3))
            continue;
        memcpy(four + 1, l->revenue, 4);
        repair_text(r, at_line(r, i, "SV201", "SV201"), &l->revenue, four);
    }
}

/* in_words - the unit in the guide's letters; NULL: it is none of them in any form */
static const char *in_words(const char *unit, const char *const *words)
{
    char bare[REPAIR_TEXT];

    if (!unit[0] || !repair_bare(unit, bare))
        return NULL;
    if (strcmp(bare, "EA") == 0)
        return "UN";
    for (; *words; words++)
        if (strcmp(bare, *words) == 0)
            return *words;
    return NULL;
}

/* repair_unit - REP-16 */
void repair_unit(struct repair_run *r)
{
    static const char *const p[] = {"UN", "MJ", NULL}, *const inst[] = {"UN", "DA", NULL};

    for (size_t i = 0; i < r->claim->n_lines; i++) {
        CcServiceLine *l = r->claim->lines[i];
        const char *word =
            in_words(l->unit_code, r->claim->kind == CLAIM_KIND_INSTITUTIONAL ? inst : p);

        if (word)
            repair_text(r, at_line(r, i, "SV103", "SV204"), &l->unit_code, word);
    }
}

/* repair_days - REP-17 */
void repair_days(struct repair_run *r)
{
    if (!repair_is_inpatient(r->claim))
        return;
    for (size_t i = 0; i < r->claim->n_lines; i++) {
        CcServiceLine *l = r->claim->lines[i];
        const long revenue = str_is_digits(l->revenue, 4, 4) ? strtol(l->revenue, NULL, 10) : 0;

        if (revenue >= 100 && revenue <= 219 && strcmp(l->unit_code, "UN") == 0)
            repair_text(r, at_line(r, i, "SV204", "SV204"), &l->unit_code, "DA");
    }
}

/* repair_ndc - REP-18 */
void repair_ndc(struct repair_run *r)
{
    for (size_t i = 0; i < r->claim->n_lines; i++) {
        CcDrug *d = r->claim->lines[i]->drug;
        char eleven[12];

        if (d && d->ndc[0] && !ndc11_form(d->ndc) && ndc_to_11(d->ndc, eleven))
            repair_text(r, at_line(r, i, "LIN03", "LIN03"), &d->ndc, eleven);
    }
}

/* repair_drug_unit - REP-19 */
void repair_drug_unit(struct repair_run *r)
{
    static const char *const words[] = {"F2", "GR", "ME", "ML", "UN", NULL};

    for (size_t i = 0; i < r->claim->n_lines; i++) {
        CcDrug *d = r->claim->lines[i]->drug;
        const char *word = d ? in_words(d->unit, words) : NULL;

        if (word)
            repair_text(r, at_line(r, i, "CTP05", "CTP05"), &d->unit, word);
    }
}
